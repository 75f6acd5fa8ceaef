/**
 * The translator's desk: one place at a time on a phone, all of them beside
 * their original on a wide screen.
 *
 * @import {Owner, Person} from '../staff/types.js'
 * @import {Item} from './item.js'
 * @import {Work} from './work.js'
 * @import {Frame} from './itemview.js'
 */
import { langTag, localeName, t } from '../i18n/messages.js'
import { html, nothing, render, repeat } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { onLeave } from '../router.js'
import { draftsOf } from '../staff/drafts.js'
import { tell } from '../staff/dialog.js'
import { Problem } from '../staff/problem.js'
import { page } from '../staff/shell.js'
import { doneButton, itemView } from './itemview.js'
import { openWork } from './work.js'

const WIDE = matchMedia('(min-width: 60em)')

/** @type {Work|null} */
let open = null

/**
 * @typedef {object} Desk
 * @property {Work} work
 * @property {string} title
 * @property {string} locale
 * @property {'missing'|'reading'} order
 * @property {Item[]} items in her order, which holds until she changes it
 * @property {Item|undefined} here
 * @property {string} error
 */

/**
 * @param {HTMLElement} root
 * @param {Owner} owner the letter or meeting
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
  const desk = { work, title, locale, order: 'missing', items, here: items[0], error: '' }
  const draw = () => render(template(desk, acts), root)
  const acts = actsOf(desk, root, draw)
  work.onchange(draw)
  WIDE.onchange = draw
  onLeave(() => draftsOf(person.id).pending)
  draw()
}

/** @param {Desk} desk @param {HTMLElement} root @param {() => void} draw */
function actsOf(desk, root, draw) {
  /** @param {Item|undefined} item */
  function go(item) {
    desk.here = item
    draw()
    const area = item && /** @type {HTMLElement|null} */ (root.querySelector(`[name="text.${item.key}"]`))
    area?.focus()
    if (WIDE.matches) area?.closest('.place')?.scrollIntoView({ block: 'center' })
    if (!item) tell(t('translate.all_done'))
  }

  /** @param {() => Promise<unknown>} work */
  async function run(work) {
    desk.error = ''
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      desk.error = error.message
    }
    draw()
  }

  return {
    go,
    here: (/** @type {Item} */ item) => {
      if (desk.here === item) return
      desk.here = item
      draw()
    },
    done: (/** @type {Item} */ item) => {
      run(() => item.finish())
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
  }
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

/** @param {Desk} desk @param {ReturnType<typeof actsOf>} acts */
function template(desk, acts) {
  const { work, title, locale, items, error } = desk
  return page({
    title,
    up: { href: '/translate', label: t('translate.queue.title') },
    body: html`
      ${progress(work, locale, orderChoice(desk, acts.order))}
      ${stuck(desk, acts)}
      ${error ? html`<p class="notice bad" role="alert">${icon('triangle-alert')}<span>${error}</span></p>` : nothing}
      ${items.length === 0 ? html`<p>${t('translate.nothing')}</p>` : WIDE.matches ? pairs(desk, acts) : single(desk, acts)}`,
  })
}

/** What she wrote at another place and the server doesn't have. @param {Desk} desk @param {ReturnType<typeof actsOf>} acts */
function stuck({ items, here }, acts) {
  const found = items.filter((item) => item !== here && item.isStuck)
  const first = found.find((item) => item.theirs) ?? found[0]
  if (!first || WIDE.matches) return nothing
  if (found.every(({ autosave }) => autosave.reason === 'offline')) {
    return html`<p class="savestate bad" role="status" data-part="stuck">${icon('cloud-off')}<span>${t('translate.stuck.offline')}</span></p>`
  }
  return html`
    <div class="notice late" role="status" data-part="stuck">${icon(first.theirs ? 'merge' : 'cloud-off')}
      <div class="stack tight"><p>${first.theirs ? t('translate.stuck.conflict') : t('translate.stuck.unsent')}</p>
        <div><button type="button" class="button small" data-action="show-stuck" @click=${() => acts.go(first)}>${t('translate.stuck.show')}</button></div></div>
    </div>`
}

/** @param {Work} work @param {string} locale @param {import('../lib/html.js').Template} order */
const progress = ({ done, items }, locale, order) => html`
  <div class="progress stack tight">
    <progress max=${items.length || 1} value=${done} aria-labelledby="progress-words"></progress>
    <div class="row apart">
      <p class="quiet"><bdi lang=${langTag(locale)}>${localeName(locale)}</bdi> · <span id="progress-words" data-done=${done} data-total=${items.length}>${t('translate.progress', { Done: done, Total: items.length })}</span></p>
      ${order}
    </div>
  </div>`

/** @param {Desk} desk @param {(order: 'missing'|'reading') => void} choose */
const orderChoice = ({ order }, choose) => html`
  <select class="order" name="order" aria-label=${t('translate.order')}
    @change=${(/** @type {Event} */ e) => choose(/** @type {'missing'|'reading'} */ (/** @type {HTMLSelectElement} */ (e.target).value))}>
    ${/** @type {const} */ (['missing', 'reading']).map((name) => html`<option value=${name} ?selected=${order === name}>${t(`translate.order.${name}`)}</option>`)}
  </select>`

/** @param {Desk} desk @param {Item} item @param {ReturnType<typeof actsOf>} acts @param {boolean} paired @returns {Frame} */
function frameOf({ work, locale, here }, item, acts, paired) {
  const at = work.items.indexOf(item)
  return { locale, before: work.items[at - 1], after: work.items[at + 1], paired, active: here === item, done: acts.done, here: acts.here, resolve: acts.resolve }
}

/** @param {Desk} desk @param {ReturnType<typeof actsOf>} acts */
const pairs = (desk, acts) => html`
  <div class="places stack">${repeat(desk.items, (item) => item.key, (item) => itemView(item, frameOf(desk, item, acts, true)))}</div>`

/** @param {Desk} desk @param {ReturnType<typeof actsOf>} acts */
function single(desk, acts) {
  const { here, items } = desk
  if (!here) return allDone(desk, acts)
  const at = items.indexOf(here)
  const frame = frameOf(desk, here, acts, false)
  return html`
    ${repeat([here], (item) => item.key, (item) => itemView(item, frame))}
    <div class="actionbar">
      <button type="button" class="button" data-action="previous" ?disabled=${at === 0} @click=${() => acts.go(items[at - 1])}>${icon('chevron-left')}<span class="visually-hidden">${t('translate.previous')}</span></button>
      ${doneButton(here, frame)}
      <button type="button" class="button" data-action="forward" ?disabled=${at === items.length - 1} @click=${() => acts.go(items[at + 1])}>${icon('chevron-right')}<span class="visually-hidden">${t('translate.forward')}</span></button>
    </div>`
}

/** @param {Desk} desk @param {ReturnType<typeof actsOf>} acts */
const allDone = ({ items }, acts) => html`
  <div class="empty" data-part="all-done">
    ${icon('circle-check')}
    <p>${t('translate.all_done')}</p>
    <a class="button primary" href="/translate">${t('translate.queue.title')}</a>
    <button type="button" class="button" data-action="again" @click=${() => acts.go(items[0])}>${t('translate.again')}</button>
  </div>`
