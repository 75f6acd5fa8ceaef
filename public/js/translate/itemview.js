/**
 * One place in the translator's hands: the original, her field, and what can
 * be done.
 *
 * @import {Item} from './item.js'
 */
import { langTag, localeDir, SOURCE, t, tn } from '../i18n/messages.js'
import { html, live, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { askToSignIn } from '../staff/session.js'
import { saveState } from '../staff/letter/savestate.js'
import { stateMark } from './states.js'

/**
 * @typedef {object} Frame
 * @property {string} locale
 * @property {Item|undefined} before the sentence before it
 * @property {Item|undefined} after
 * @property {boolean} paired on a wide screen, beside all others
 * @property {boolean} active she is working on this one
 * @property {(item: Item) => void} done her text is right; on to the next
 * @property {(item: Item) => void} here she is working on this one
 * @property {(item: Item) => void} resolve the readers' reports are dealt with
 */

/** @param {Item} item @param {Frame} frame */
export const itemView = (item, frame) => html`
  <article class="place ${frame.paired ? 'paired' : ''}" data-segment=${item.place.segment} data-context=${item.place.context} data-state=${item.autosave.state} aria-labelledby="source.${item.key}">
    <div class="from stack tight">
      <p class="label small">${t(`translate.kind.${item.place.kind}`)}</p>
      ${frame.paired ? nothing : neighbour(frame.before)}
      <p class="source" id="source.${item.key}" lang=${SOURCE} dir="ltr">${item.place.source}</p>
      ${frame.paired ? nothing : neighbour(frame.after)}
      ${item.reports.count ? reports(item, frame.resolve) : nothing}
    </div>
    <div class="target stack tight">
      ${item.theirs ? conflict(item, frame.locale) : field(item, frame)}
    </div>
  </article>`

/** What stands before and after says what a short sentence means. @param {Item|undefined} item */
const neighbour = (item) => item ? html`<p class="neighbour quiet small" lang=${SOURCE} dir="ltr">${item.place.source}</p>` : nothing

/** What readers said who did not understand it. @param {Item} item @param {(item: Item) => void} resolve */
const reports = (item, resolve) => html`
  <div class="notice late reports" data-part="reports">${icon('flag')}
    <div class="stack tight">
      <p><strong>${tn('translate.reports', item.reports.count)}</strong></p>
      ${item.reports.notes.length ? html`<ul class="bullets">${item.reports.notes.map((note) => html`<li><bdi>${note}</bdi></li>`)}</ul>` : nothing}
      <p class="small">${t('translate.reports.hint')}</p>
      <div><button type="button" class="button small" data-action="resolve" @click=${() => resolve(item)}>${icon('check')}${t('translate.reports.resolve')}</button></div>
    </div>
  </div>`

/** @param {Item} item @param {Frame} frame */
function field(item, frame) {
  const { locale } = frame
  const name = `text.${item.key}`
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    frame.done(item)
  }
  return html`
    <div class="growing" data-text=${item.text}>
      <textarea rows="2" name=${name} lang=${langTag(locale)} dir=${localeDir(locale)} spellcheck="true" aria-label=${t('translate.field')} aria-describedby="source.${item.key}"
        .value=${live(item.text)} @keydown=${key} @focus=${() => frame.here(item)}
        @input=${(/** @type {Event} */ e) => item.type(/** @type {HTMLTextAreaElement} */ (e.target).value)}></textarea>
    </div>
    <div class="row apart">
      ${stateMark(item.state)}
      ${item.autosave.state === 'saved' ? nothing
        : saveState(item.autosave, { fresh: false, signIn: () => askToSignIn().then(() => item.autosave.flush()), retry: () => item.autosave.flush() })}
    </div>
    ${item.state === 'typed' && item.autosave.state === 'saved' ? html`<p class="quiet small">${t('translate.not_shown')}</p>` : nothing}
    ${frame.active || item.only ? onlyHere(item) : nothing}
    ${frame.paired && actionOf(item) !== 'next' ? html`<div class="row">${doneButton(item, frame)}</div>` : nothing}`
}

/** @param {Item} item */
const onlyHere = (item) => html`
    <label class="check small"><input type="checkbox" name="only.${item.key}" .checked=${item.only} @change=${() => item.setOnly(!item.only)}>
      <span>${t('translate.only')}</span></label>
    ${item.only ? html`<p class="quiet small">${t('translate.only_hint')}</p>` : nothing}`

/** The one thing to do with a place now. @param {Item} item @param {Frame} frame */
export function doneButton(item, { done }) {
  const action = actionOf(item)
  return html`<button type="button" class="button primary" data-action=${action} aria-keyshortcuts="Control+Enter" @click=${() => done(item)}>${action === 'next' ? nothing : icon('check')}${t(`translate.${action}`)}</button>`
}

/** @param {Item} item @returns {'save'|'right'|'confirm'|'leave_empty'|'remove'|'next'} */
function actionOf(item) {
  if (item.theirs) return 'next'
  if (item.state === 'reused') return 'confirm'
  if (item.state === 'machine') return 'right'
  if (!item.isTyped) return 'next'
  if (item.text.trim()) return 'save'
  return item.only ? 'leave_empty' : 'remove'
}

/** @param {Item} item @param {string} locale */
function conflict(item, locale) {
  const text = (/** @type {string} */ words) => html`<p class="typed" lang=${langTag(locale)} dir=${localeDir(locale)}>${words || '–'}</p>`
  return html`
    <div class="notice late" role="alert">${icon('merge')}<p>${t('translate.conflict')}</p></div>
    <div class="card stack tight"><strong>${t('staff.conflict.mine')}</strong>${text(item.text)}
      <button type="button" class="button" data-action="keep-mine" @click=${() => item.keepMine()}>${t('translate.keep_mine')}</button></div>
    <div class="card stack tight"><strong>${t('staff.conflict.theirs')}</strong>${text(item.theirs?.draft ?? item.theirs?.text ?? '')}
      <button type="button" class="button" data-action="take-theirs" @click=${() => item.takeTheirs()}>${t('translate.take_theirs')}</button></div>`
}
