import { same } from './assert.js'

// Somebody is signed in, before the modules look.
const part = (value) => btoa(JSON.stringify(value)).replaceAll('=', '')
localStorage.setItem('pocketbase_auth', JSON.stringify({ token: `${part({})}.${part({ exp: 4e9 })}.x`, record: { id: 'p', roles: ['editor'] } }))
const { Planning } = await import('/js/staff/meeting/planning.js')
const { empty, inputOf } = await import('/js/staff/meeting/input.js')

const record = (more) => ({
  id: 'm', kind: 'qpm', unit: 'u', groups: ['g'], starts: '2026-12-26 16:30:00.000Z', ends: '', place: 'A', information: '', question: '',
  contact: '', childcare: false, answerBy: '', bookBy: '', cancelBy: '', base: 1, published: '', cancelled: '', updated: 'then', ...more,
})
const conflict = (current) => [409, { status: 409, message: 'conflict', data: { current } }]

/**
 * A meeting under somebody's hands, over a server that answers saves with what
 * `answer` gives: a status and a body, or nothing where the answer is lost.
 */
function over(meeting, { kept = new Map(), wish = null, answer = (body) => [200, record({ ...body, base: body.base + 1 })] } = {}) {
  const sent = []
  window.fetch = async (address, { method = 'GET', body } = {}) => {
    const path = new URL(address, location.origin).pathname
    if (path.endsWith('auth-refresh')) return Response.json({ token: JSON.parse(localStorage.getItem('pocketbase_auth')).token, record: { id: 'p', roles: ['editor'] } })
    const asked = body ? JSON.parse(body) : {}
    if (method !== 'GET') sent.push({ method, path, ...asked })
    const got = answer(asked, method, path)
    if (!got) throw new TypeError('no network')
    return Response.json(got[1], { status: got[0] })
  }
  const drafts = {
    pending: false,
    get: async (id) => kept.get(id),
    keep: (draft) => { kept.set(draft.id, structuredClone(draft)) },
    forget: async (id) => { kept.delete(id) },
  }
  const input = meeting ? inputOf(meeting) : { ...empty('g'), date: '2026-12-26', to: '', place: 'A' }
  return { planning: new Planning({ id: 'd', unit: 'u', meeting, input, wish }, drafts), sent, kept }
}

export default {
  async 'a new meeting whose answer was lost is found again, not doubled'() {
    const { planning, sent, kept } = over(null, { answer: () => null })
    planning.change({ place: 'Matsalen' })
    same(await planning.save(), null)
    same([planning.busy, planning.error !== ''], [false, true])
    const again = over(null, {
      kept,
      answer: (_, method) => (method === 'POST' ? [400, { status: 400, data: { id: { code: 'validation_not_unique', message: '' } } }] : [200, record({ id: sent[0].id, place: 'Matsalen' })]),
    })
    await again.planning.restore()
    same([again.planning.restored, again.planning.input.place], [true, 'Matsalen'])
    same((await again.planning.save()).id, sent[0].id)
    same([again.sent.length, again.sent[0].id === sent[0].id, kept.size], [1, true, 0])
  },
  async 'another save is met with both versions, and saved over when she says so'() {
    const { planning, sent } = over(record(), {
      answer: (body) => (body.base === 1 ? conflict(record({ base: 2, place: 'C', contact: 'K' })) : [200, record({ ...body, base: 3 })]),
    })
    planning.change({ place: 'B' })
    same(await planning.save(), null)
    same(planning.differences.map((d) => [d.name, d.clash]), [['place', true], ['contact', false]])
    same([planning.input.place, planning.input.contact, planning.theirTime], ['B', 'K', 'then'])
    same((await planning.save()).base, 3)
    same([sent[1].base, sent[1].place, sent[1].contact], [2, 'B', 'K'])
  },
  async 'her own save whose answer was lost is no conflict'() {
    const { planning, kept } = over(record(), { answer: () => conflict(record({ base: 2, place: 'B' })) })
    planning.change({ place: 'B' })
    same((await planning.save()).base, 2)
    same([planning.differences.length, kept.size], [0, 0])
  },
  async 'a draft from before another save is a conflict at once'() {
    const kept = new Map([['d', { id: 'd', input: inputOf(record({ place: 'B' })), before: record() }]])
    const { planning } = over(record({ base: 5, place: 'Z', question: 'Hur?' }), { kept })
    await planning.restore()
    same([planning.input.place, planning.input.question, planning.meeting.base], ['B', 'Hur?', 5])
    same(planning.differences.map((d) => [d.name, d.clash]), [['place', true], ['question', false]])
    await planning.startOver()
    same([planning.input.place, planning.differences.length, planning.restored, kept.size], ['Z', 0, false, 0])
  },
  async 'a draft of an earlier version of the form is taken up'() {
    const kept = new Map([['d', { id: 'd', input: { groups: ['g'], date: '2026-12-26', from: '17:30', to: '', place: 'Q', information: '', question: '' } }]])
    const { planning } = over(null, { kept })
    await planning.restore()
    same([planning.input.place, planning.input.childcare, planning.check()], ['Q', false, true])
  },
  async 'a wish is the question where there is none, and is used when that is saved'() {
    const wish = { id: 'w', text: 'Kan vi prata om maten?', day: '2026-11-20', state: 'open' }
    const { planning, sent } = over(null, { wish })
    same(planning.input.question, wish.text)
    await planning.save()
    same(sent.map(({ path }) => path).at(-1), '/api/folje/v1/staff/wishes/w')
    same(sent.at(-1).state, 'used')
    const asked = over(record({ question: 'Hur?' }), { wish })
    same(asked.planning.input.question, 'Hur?', 'her own question stays')
  },
  async 'what is wrong is not sent'() {
    const { planning, sent } = over(null)
    planning.change({ date: '2026-03-29', from: '02:30' })
    same([planning.check(), Object.keys(planning.fields), sent.length], [false, ['from'], 0])
  },
}
