/**
 * How the desk looks: the thin line of progress, the places, and what is said
 * about all of them.
 *
 * @import {Acts, Desk} from './desk.js'
 * @import {Item} from './item.js'
 * @import {Frame} from './itemview.js'
 * @import {Suggestion} from '../staff/types.js'
 * @import {Work} from './work.js'
 */
import { formatDate, langTag, localeDir, localeName, SOURCE, t, tn } from '../i18n/messages.js'
import { html, nothing, repeat } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { page } from '../staff/shell.js'
import { pathOf as aloudAt } from './aloud.js'
import { SUGGESTIONS } from './helpview.js'
import { doneButton, itemView } from './itemview.js'
import { showKeys } from './keys.js'

/** How many places stand on a wide screen at once. */
const PAGE = 50

/** @param {Desk} desk @param {Acts} acts */
export function template(desk, acts) {
  const { work, title, locale, items, error, looking, said } = desk
  return page({
    title,
    up: { href: '/translate', label: t('translate.queue.title') },
    body: html`
      ${progress(work, locale, controls(desk, acts))}
      ${work.at ? html`<p class="savestate bad" role="status" data-part="offline">${icon('wifi-off')}<span>${t('translate.offline.desk', { Time: formatDate(work.at, 'heard') })}</span></p>` : nothing}
      ${stuck(desk, acts)}
      ${error ? html`<p class="notice bad" role="alert">${icon('triangle-alert')}<span>${error}</span></p>` : nothing}
      <p class="visually-hidden" role="status" data-part="said">${said}</p>
      ${looking ? reusedView(desk, acts) : html`
        ${work.reused.length > 1 ? reusedNotice(work.reused.length, desk.wide, acts) : nothing}
        ${items.length === 0 ? html`<p>${t('translate.nothing')}</p>` : desk.wide ? pairs(desk, acts) : single(desk, acts)}`}`,
  })
}

/** What she wrote at another place and the server doesn't have. @param {Desk} desk @param {Acts} acts */
function stuck({ work, items, here, wide }, acts) {
  const sending = work.sending.length
  const found = items.filter((item) => item !== here && item.isStuck && !item.isSending)
  const first = found.find((item) => item.theirs) ?? found[0]
  const waits = sending > 0
    ? html`<p class="savestate bad" role="status" data-part="waiting" data-count=${sending}>${icon('cloud-off')}<span>${tn('translate.waiting', sending)}</span></p>` : nothing
  if (!first || wide) return waits
  if (found.every(({ autosave }) => autosave.reason === 'offline')) {
    return sending ? waits : html`<p class="savestate bad" role="status" data-part="stuck">${icon('cloud-off')}<span>${t('translate.stuck.offline')}</span></p>`
  }
  return html`${waits}
    <div class="notice late" role="status" data-part="stuck">${icon(first.theirs ? 'merge' : 'cloud-off')}
      <div class="stack tight"><p>${first.theirs ? t('translate.stuck.conflict') : t('translate.stuck.unsent')}</p>
        <div><button type="button" class="button small" data-action="show-stuck" @click=${() => acts.go(first)}>${t('translate.stuck.show')}</button></div></div>
    </div>`
}

/** @param {Work} work @param {string} locale @param {import('../lib/html.js').Template} right */
const progress = ({ done, items }, locale, right) => html`
  <div class="progress stack tight">
    <progress max=${items.length || 1} value=${done} aria-labelledby="progress-words"></progress>
    <div class="row apart">
      <p class="quiet"><bdi lang=${langTag(locale)}>${localeName(locale)}</bdi> · <span id="progress-words" data-done=${done} data-total=${items.length}>${t('translate.progress', { Done: done, Total: items.length })}</span></p>
      ${right}
    </div>
  </div>`

/** @param {Desk} desk @param {Acts} acts */
const controls = ({ work, locale, order, wide }, acts) => html`
  <div class="row controls">
    ${work.owner.kind === 'letters' && (wide || work.done === work.items.length) ? html`<a class="button small" data-action="aloud" href=${aloudAt(work.owner.id, locale)}>${icon('mic')}${t('translate.aloud.title')}</a>` : nothing}
    <select class="order" name="order" aria-label=${t('translate.order')}
      @change=${(/** @type {Event} */ e) => acts.order(/** @type {'missing'|'reading'} */ (/** @type {HTMLSelectElement} */ (e.target).value))}>
      ${/** @type {const} */ (['missing', 'reading']).map((name) => html`<option value=${name} ?selected=${order === name}>${t(`translate.order.${name}`)}</option>`)}
    </select>
    ${wide ? html`<button type="button" class="button small" data-action="keys" aria-keyshortcuts="?" @click=${showKeys}>${icon('keyboard')}${t('translate.keys.show')}</button>` : nothing}
  </div>`

/** @param {Desk} desk @param {Item} item @param {Acts} acts @returns {Frame} */
function frameOf(desk, item, acts) {
  const { work, aid, locale, here, wide, unchecked } = desk
  const at = work.items.indexOf(item)
  const { segment } = item.place
  return {
    locale, before: work.items[at - 1], after: work.items[at + 1], paired: wide, active: here === item, checked: !unchecked.has(item),
    example: exampleOf(work, item, locale),
    suggestions: here === item ? suggestionsFor(desk, item) : [],
    aid: here === item && item.place.text === null ? aid : null,
    terms: here === item || !wide ? work.help.terms[segment] ?? [] : [],
    done: acts.done, draft: acts.draft, here: acts.here, typed: acts.typed, resolve: acts.resolve,
  }
}

/**
 * What others wrote for similar sentences, and what the browser makes of one
 * that nobody has translated.
 * @param {Desk} desk
 * @param {Item} item
 * @returns {Suggestion[]}
 */
export function suggestionsFor({ work, aid }, { place: { segment, source, text } }) {
  const found = (work.help.suggestions[segment] ?? []).slice(0, SUGGESTIONS)
  const own = text === null && aid?.of(source)
  return own ? [...found, { source, text: own, score: 0, state: 'machine', diff: [] }] : found
}

/** Counts that between them take every form of every language. */
const COUNTS = [1, 2, 5, 0, 3, 11, 21, 100, 1.5]

/** A number for which a message takes this form, where it has several. @param {Work} work @param {Item} item @param {string} locale */
function exampleOf({ owner, items }, { place: { segment, context } }, locale) {
  if (owner.kind !== 'messages' || items.filter(({ place }) => place.segment === segment).length < 2) return undefined
  const rules = new Intl.PluralRules(langTag(locale))
  return COUNTS.find((count) => rules.select(count) === context)
}

/** @param {Desk} desk @param {Acts} acts */
function pairs(desk, acts) {
  const { items, here } = desk
  const at = Math.max(here ? items.indexOf(here) : 0, 0)
  const first = at - at % PAGE
  const shown = items.slice(first, first + PAGE)
  return html`
    <div class="places stack">${repeat(shown, (item) => item.key, (item) => itemView(item, frameOf(desk, item, acts)))}</div>
    ${items.length > PAGE ? html`
      <div class="row apart" data-part="pages">
        <button type="button" class="button" data-action="page-before" ?disabled=${first === 0} @click=${() => acts.go(items[first - PAGE])}>${icon('chevron-left')}${t('translate.page.before')}</button>
        <p class="quiet small">${t('translate.page.here', { From: first + 1, To: first + shown.length, Total: items.length })}</p>
        <button type="button" class="button" data-action="page-after" ?disabled=${first + PAGE >= items.length} @click=${() => acts.go(items[first + PAGE])}>${t('translate.page.after')}${icon('chevron-right')}</button>
      </div>` : nothing}`
}

/** @param {Desk} desk @param {Acts} acts */
function single(desk, acts) {
  const { here, items } = desk
  if (!here) return allDone(desk, acts)
  const at = items.indexOf(here)
  const frame = frameOf(desk, here, acts)
  return html`
    ${repeat([here], (item) => item.key, (item) => itemView(item, frame))}
    <div class="actionbar">
      <button type="button" class="button" data-action="previous" ?disabled=${at === 0} @click=${() => acts.go(items[at - 1])}>${icon('chevron-left')}<span class="visually-hidden">${t('translate.previous')}</span></button>
      ${doneButton(here, frame)}
      <button type="button" class="button" data-action="forward" ?disabled=${at === items.length - 1} @click=${() => acts.go(items[at + 1])}>${icon('chevron-right')}<span class="visually-hidden">${t('translate.forward')}</span></button>
    </div>`
}

/** On a phone one line, which leaves the room to her field. @param {number} count @param {boolean} wide @param {Acts} acts */
const reusedNotice = (count, wide, acts) => !wide ? html`
  <button type="button" class="button small known" data-action="look" @click=${() => acts.look(true)}>${icon('refresh-cw')}<span class="grow">${tn('translate.reused.known', count)}</span>${icon('chevron-right')}</button>` : html`
  <div class="notice" data-part="reused">${icon('refresh-cw')}
    <div class="stack tight"><p>${tn('translate.reused.known', count)}</p>
      <div><button type="button" class="button small" data-action="look" @click=${() => acts.look(true)}>${t('translate.reused.look')}</button></div></div>
  </div>`

/** All of them below each other; one button at the end of the list takes them all. @param {Desk} desk @param {Acts} acts */
const reusedView = ({ work: { reused }, locale }, acts) => html`
  <section class="stack" data-part="reused-list" aria-labelledby="reused-title">
    <div class="stack tight">
      <h2 id="reused-title" tabindex="-1">${t('translate.reused.title')}</h2>
      <p class="quiet small">${t('translate.reused.text')}</p>
    </div>
    <ul class="stack">${repeat(reused, (item) => item.key, (item) => html`
      <li class="card stack tight" data-segment=${item.place.segment}>
        <p class="small" lang=${SOURCE} dir="ltr">${item.place.source}</p>
        <p class="said" lang=${langTag(locale)} dir=${localeDir(locale)}>${item.place.text}</p>
        <div class="row">
          <button type="button" class="button small" data-action="confirm-one" @click=${() => acts.confirm([item])}>${icon('check')}${t('translate.reused.right')}</button>
          <button type="button" class="button small" data-action="change" @click=${() => acts.change(item)}>${icon('pencil')}${t('translate.reused.change')}</button>
        </div>
      </li>`)}</ul>
    <div class="row">
      <button type="button" class="button primary" data-action="confirm-all" @click=${() => acts.confirm(reused)}>${icon('check')}${tn('translate.reused.all', reused.length)}</button>
      <button type="button" class="button" data-action="look-away" @click=${() => acts.look(false)}>${t('translate.reused.later')}</button>
    </div>
  </section>`

/** @param {Desk} desk @param {Acts} acts */
const allDone = ({ items }, acts) => html`
  <div class="empty" data-part="all-done">
    ${icon('circle-check')}
    <p>${t('translate.all_done')}</p>
    <a class="button primary" href="/translate">${t('translate.queue.title')}</a>
    <button type="button" class="button" data-action="again" @click=${() => acts.go(items[0])}>${t('translate.again')}</button>
  </div>`
