/**
 * The translator's desk: one place at a time on a phone, all of them beside
 * their original on a wide screen.
 *
 * @import {Person, TextOwner} from '../staff/types.js'
 * @import {Item} from './item.js'
 * @import {Work} from './work.js'
 */
import { t } from '../i18n/messages.js'
import { render } from '../lib/html.js'
import { navigate, onLeave } from '../router.js'
import { draftsOf } from '../staff/drafts.js'
import { tell } from '../staff/dialog.js'
import { Problem } from '../staff/problem.js'
import { BrowserHelp } from './browserhelp.js'
import { suggestionsFor, template } from './deskview.js'
import { fieldOf, sourceOf, take } from './itemview.js'
import { press } from './keys.js'
import { openWork } from './work.js'

const WIDE = matchMedia('(min-width: 60em)')

/** After this pause in her typing the checks are shown, in ms. */
const PAUSE = 700

/** @type {Work|null} */
let open = null

/**
 * @typedef {object} Desk
 * @property {Work} work
 * @property {BrowserHelp|null} aid null where the texts are messages, whose placeholders it would translate
 * @property {string} title
 * @property {string} locale
 * @property {boolean} wide
 * @property {'missing'|'reading'} order
 * @property {Item[]} items in her order, which holds until she changes it
 * @property {Item|undefined} here
 * @property {boolean} looking she looks through the reused sentences
 * @property {Set<Item>} unchecked those that she is typing in
 * @property {string} error
 * @property {string} said to screen readers
 */

/**
 * @param {HTMLElement} root
 * @param {TextOwner} owner
 * @param {string} locale
 * @param {Person} person
 */
export async function view(root, owner, locale, person) {
  root.dataset.view = 'translate-desk'
  root.dataset.owner = owner.id
  await open?.leave()
  const { title, work } = await openWork(owner, locale, person)
  open = work
  const items = work.ordered('missing')
  /** @type {Desk} */
  const desk = { work, aid: null, title, locale, wide: WIDE.matches, order: 'missing', items, here: items[0], looking: false, unchecked: new Set(), error: '', said: '' }
  const draw = () => {
    if (open !== work) return // another text lies open by now
    desk.wide = WIDE.matches
    render(template(desk, acts), root)
  }
  const acts = actsOf(desk, draw)
  work.onchange(draw)
  WIDE.onchange = draw
  onLeave(() => draftsOf(person.id).pending)
  listen(root, work, acts)
  draw()
  work.learn()
  if (owner.kind !== 'messages') desk.aid = aided(work, locale, draw)
}

/** The browser's own translator, for as long as the work lies open. @param {Work} work @param {string} locale @param {() => void} draw */
function aided(work, locale, draw) {
  const aid = new BrowserHelp(locale, draw)
  work.onleave(() => aid.close())
  aid.learn()
  return aid
}

/** One listener for as long as the work lies open. @param {HTMLElement} root @param {Work} work @param {Acts} acts */
function listen(root, work, acts) {
  const heard = new AbortController()
  document.addEventListener('keydown', (event) => {
    if (open !== work || !root.isConnected || root.dataset.view !== 'translate-desk') return heard.abort()
    if (document.querySelector('dialog[open]')) return
    press(event, acts.keys())
  }, { signal: heard.signal })
}

/** @typedef {ReturnType<typeof actsOf>} Acts */

/** @param {Desk} desk @param {() => void} draw */
function actsOf(desk, draw) {
  /** @type {WeakMap<Item, ReturnType<typeof setTimeout>>} */
  const pauses = new WeakMap()
  /** Those whose faults she was told. @type {WeakSet<Item>} */
  const told = new WeakSet()

  /** @param {Item|undefined} item */
  function go(item) {
    desk.here = item
    draw()
    if (!item) return tell(t('translate.all_done'))
    const area = fieldOf(item)
    const place = area?.closest('.place') ?? document.querySelector('.place')
    // What she only reads and says yes to needs no keyboard, which would cover half of a phone.
    const reads = !desk.wide && item.text.trim() && item.state !== 'typed'
    if (reads) sourceOf(item)?.focus({ preventScroll: true })
    else area?.focus({ preventScroll: true })
    place?.scrollIntoView({ block: desk.wide ? 'center' : 'start' })
  }

  /** @template T @param {() => Promise<T>} work @returns {Promise<T|undefined>} */
  async function run(work) {
    desk.error = ''
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      desk.error = error.message
    } finally {
      draw()
    }
  }

  /** Says to screen readers what became of a text. @param {Item} item @param {boolean|undefined} saved */
  function say(item, saved) {
    const { done, items } = desk.work
    if (saved) desk.said = t('translate.saved', { Done: done, Total: items.length })
    else if (item.isSending) desk.said = t('translate.saved_here')
    else return
    draw()
  }

  /** @param {Item} item */
  function showFaults(item) {
    clearTimeout(pauses.get(item))
    desk.unchecked.delete(item)
    if (item.faults.length) told.add(item)
    else told.delete(item)
    draw()
  }

  const acts = {
    go,
    here: (/** @type {Item} */ item) => {
      if (desk.here === item) return
      desk.here = item
      draw()
    },
    typed: (/** @type {Item} */ item) => {
      clearTimeout(pauses.get(item))
      // What she was told follows her typing; what is new waits until she pauses.
      if (!told.has(item)) desk.unchecked.add(item)
      pauses.set(item, setTimeout(() => showFaults(item), PAUSE))
    },
    done: async (/** @type {Item} */ item) => {
      if (item.isFaulty && !item.theirs) {
        showFaults(item)
        fieldOf(item)?.focus()
        return document.getElementById(`faults.${item.key}`)?.scrollIntoView({ block: 'nearest' })
      }
      const finished = run(() => item.finish())
      go(next(desk, item))
      say(item, await finished)
    },
    draft: (/** @type {Item} */ item) => {
      run(() => item.autosave.flush())
      go(next(desk, item))
    },
    resolve: (/** @type {Item} */ item) => run(async () => {
      await item.resolve()
      if (!item.isOpen) go(next(desk, item))
    }),
    order: (/** @type {'missing'|'reading'} */ order) => {
      desk.order = order
      desk.items = desk.work.ordered(order)
      desk.here ??= desk.items[0]
      draw()
    },
    /** She looks through the reused sentences, or goes on with the others. */
    look: (/** @type {boolean} */ looking) => {
      desk.looking = looking
      draw()
      if (!looking) go(desk.here && desk.here.isOpen ? desk.here : desk.items.find((item) => item.isOpen))
      else document.getElementById('reused-title')?.focus()
    },
    confirm: (/** @type {Item[]} */ items) => run(async () => {
      for (const item of items) say(item, await item.finish())
      if (desk.work.reused.length === 0) acts.look(false)
    }),
    change: (/** @type {Item} */ item) => {
      desk.looking = false
      go(item)
      fieldOf(item)?.focus()
    },
    move: (/** @type {-1|1} */ by) => {
      const { here, items } = desk
      // The first press goes where she was.
      const writing = here && document.activeElement === fieldOf(here)
      const to = here && writing ? items[items.indexOf(here) + by] : here ?? items[0]
      if (to) go(to)
    },
    keys: () => ({
      done: () => { if (desk.here && !desk.looking) acts.done(desk.here) },
      single: desk.work.owner.kind === 'messages',
      move: (/** @type {-1|1} */ by) => { if (!desk.looking) acts.move(by) },
      suggest: (/** @type {number} */ n) => {
        const { here } = desk
        const found = here && suggestionsFor(desk, here)[n]
        if (found && !here.theirs && !desk.looking) take(here, acts, found.text)
      },
      leave: () => (desk.looking ? acts.look(false) : navigate('/translate')),
    }),
  }
  return acts
}

/**
 * The next place that needs somebody, round past the end; undefined where none
 * does. One that readers did not understand stays until she says it is dealt with.
 * @param {Desk} desk
 * @param {Item} from
 */
function next({ items }, from) {
  const at = items.indexOf(from)
  const other = [...items.slice(at + 1), ...items.slice(0, at)].find((item) => item.isOpen)
  return other ?? (from.reports.count > 0 ? from : undefined)
}
