import { Problem } from '/js/staff/problem.js'
import { fold, Item } from '/js/translate/item.js'
import { same } from './assert.js'

const place = (more) => ({ block: 'b', kind: 'paragraph', segment: 's', context: 'c', source: 'Hej.', text: null, draft: null, state: 'missing', only: false, version: '', ...more })

/** A translator's place over a server that answers with what `put` returns. */
function over(first, put = ({ text, draft }, at) => (draft ? { ...at, draft: fold(text), version: 'v1' } : { ...at, text: fold(text), draft: null, state: 'reviewed', version: 'v2' }), locale = 'en', text = '') {
  const sent = []
  const kept = []
  const item = new Item(first, {
    locale,
    put: async (item, body) => { sent.push(body); return put(body, item.place) },
    confirm: async (item) => ({ ...item.place, state: 'reviewed' }),
    keep: (_, typed) => kept.push(typed),
    changed: () => {},
    stored: () => {},
    resolve: async (item) => item.clear(),
  })
  if (text) item.text = text
  return { item, sent, kept }
}

export default {
  async 'typing is a draft until it is finished'() {
    const { item, sent, kept } = over(place())
    item.type('Hi ')
    same(item.state, 'typed')
    same(await item.autosave.flush(), true)
    same(sent[0], { text: 'Hi ', base: '', context: '', draft: true })
    same(item.state, 'typed')
    same(kept.pop(), null, 'the draft is on the server')
    same(await item.finish(), true)
    same(sent[1], { text: 'Hi ', base: 'v1', context: '', draft: false })
    same(item.state, 'reviewed')
    item.autosave.stop()
  },
  async 'a machine\'s text that is right is saved as a person\'s'() {
    const { item, sent } = over(place({ text: 'Hi.', state: 'machine', version: 'm' }))
    same(item.isTyped, false)
    await item.finish()
    same(sent, [{ text: 'Hi.', base: 'm', context: '', draft: false }])
    same(item.state, 'reviewed')
  },
  async 'a reused text is confirmed, not sent'() {
    const { item, sent } = over(place({ text: 'Hi.', state: 'reused', version: 'm' }))
    await item.finish()
    same(sent, [])
    same(item.state, 'reviewed')
  },
  async 'nothing to finish sends nothing'() {
    const { item, sent } = over(place())
    same(await item.finish(), true)
    same(sent, [])
  },
  async 'a wording for this place carries its context'() {
    const { item, sent } = over(place())
    item.setOnly(true)
    item.type('Hi')
    await item.autosave.flush()
    same(sent[0].context, 'c')
    item.autosave.stop()
  },
  async 'another\'s text is shown beside hers, and she chooses'() {
    const theirs = place({ text: 'Hello.', state: 'reviewed', version: 'x' })
    const { item, sent } = over(place(), ({ text, base }, at) => {
      if (base !== 'x') throw new Problem(409, 'error.translation_conflict', '', { current: theirs })
      return { ...at, draft: text, version: 'y' }
    })
    item.type('Hi.')
    same(await item.autosave.flush(), false)
    same([item.autosave.state, item.text, item.theirs?.text], ['conflict', 'Hi.', 'Hello.'])
    item.keepMine()
    same(await item.autosave.flush(), true)
    same(sent.pop().base, 'x')
    item.autosave.stop()
  },
  async 'she may take the other\'s'() {
    const theirs = place({ text: 'Hello.', state: 'reviewed', version: 'x' })
    const { item } = over(place(), () => { throw new Problem(409, '', '', { current: theirs }) })
    item.type('Hi.')
    await item.autosave.flush()
    item.takeTheirs()
    same([item.text, item.state, item.autosave.state], ['Hello.', 'reviewed', 'saved'])
    item.autosave.stop()
  },
  async 'a repeat of what the server has already is no conflict'() {
    let times = 0
    const { item } = over(place(), ({ text, base }, at) => {
      if (times++ === 0) throw new Problem(409, '', '', { current: place({ draft: 'Hi.', version: 'z' }) })
      same(base, 'z')
      return { ...at, draft: text, version: 'z' }
    })
    item.type('Hi.')
    same(await item.autosave.flush(), true)
    item.autosave.stop()
  },
  async 'without a network the text stays typed and kept'() {
    const { item, kept } = over(place(), () => { throw new Problem(0, '', '') })
    item.type('Hi.')
    same(await item.autosave.flush(), false)
    same([item.autosave.state, item.autosave.reason], ['unsaved', 'offline'])
    same(kept.pop(), { text: 'Hi.', only: false, base: '', segment: 's', context: 'c' })
    item.autosave.stop()
  },
  async 'what was typed before a reload is taken up, or put beside a newer text'() {
    const fresh = over(place({ version: 'v' })).item
    fresh.restore({ text: 'Hi', only: false, base: 'v' })
    same([fresh.text, fresh.autosave.state], ['Hi', 'unsaved'])
    fresh.autosave.stop()
    const older = over(place({ text: 'Hello', version: 'w' })).item
    older.restore({ text: 'Hi', only: false, base: 'v' })
    same([older.text, older.theirs?.text], ['Hi', 'Hello'])
    older.autosave.stop()
  },
  async 'a text begun where nothing was takes the place of an engine\'s'() {
    const { item, sent } = over(place({ text: 'Hello', state: 'machine', version: 'm' }))
    item.restore({ text: 'Hi', only: false, base: '' })
    same([item.text, item.theirs], ['Hi', null])
    same(await item.autosave.flush(), true)
    same(sent[0].base, 'm')
    item.autosave.stop()
    const begun = over(place({ text: 'Hello', draft: 'Hel', state: 'machine', version: 'n' })).item
    begun.restore({ text: 'Hi', only: false, base: '' })
    same(begun.theirs?.draft, 'Hel', 'a colleague has begun')
    begun.autosave.stop()
  },
  async 'a finished text that readers did not understand needs somebody'() {
    const { item } = over(place({ text: 'Hi.', state: 'reviewed', version: 'v', reports: { count: 3, notes: ['?'] } }))
    same([item.isOpen, item.need, item.reports.count], [true, 1, 3])
    await item.resolve()
    same([item.isOpen, item.need, item.reports], [false, 3, { count: 0, notes: [] }])
  },
  async 'reports stay while the text is changed, until they are dealt with'() {
    const { item } = over(place({ text: 'Hi.', state: 'reviewed', version: 'v', reports: { count: 1, notes: [] } }), ({ text }, at) => {
      const { reports, ...rest } = at
      return { ...rest, text, draft: null, state: 'reviewed', version: 'w' }
    })
    item.type('Hello.')
    await item.finish()
    same([item.place.text, item.reports.count, item.isOpen], ['Hello.', 1, true])
    item.autosave.stop()
  },
  'the forms for none, one and two may say the count in words': () => {
    const codes = (context, text) => over(place({ kind: 'message', context, source: '{{.Count}} svar till {{.Name}}.' }), undefined, 'ar', text).item.faults.map(({ code, at }) => [code, at])
    same(codes('two', 'إجابتان إلى {{.Name}}.'), [])
    same(codes('two', 'إجابتان.'), [['placeholder', '{{.Name}}']])
    same(codes('few', 'إجابات إلى {{.Name}}.'), [['placeholder', '{{.Count}}']])
  },
  'a message that is too long for its room can\'t be called right, a letter\'s sentence can': () => {
    const hard = (more, text) => over(place({ source: 'Spara', ...more }), undefined, 'en', text).item.isFaulty
    const long = 'Save everything that you have written so far'
    same([hard({ kind: 'message', context: '' }, long), hard({}, long), hard({ kind: 'message', context: '' }, 'Save it all')], [true, false, false])
  },
}
