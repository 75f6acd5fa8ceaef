/**
 * One place in the translator's hands: the original, her field, what helps with
 * it, and what can be done.
 *
 * @import {SchoolWord, Suggestion} from '../staff/types.js'
 * @import {BrowserHelp} from './browserhelp.js'
 * @import {Item} from './item.js'
 */
import { langTag, localeDir, SOURCE, t, tn } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { live } from '../lib/live.js'
import { askToSignIn } from '../staff/session.js'
import { saveState } from '../staff/letter/savestate.js'
import { isHard } from './check.js'
import { aidView, faultsView, insert, placeholdersView, previousView, suggestionsView, termsView } from './helpview.js'
import { stateMark } from './states.js'

/**
 * @typedef {object} Frame
 * @property {string} locale
 * @property {Item|undefined} before the sentence before it
 * @property {Item|undefined} after
 * @property {boolean} paired on a wide screen, beside all others
 * @property {boolean} active she is working on this one
 * @property {boolean} checked what the checks find is shown
 * @property {number|undefined} example a number that takes the message's plural form
 * @property {Suggestion[]} suggestions
 * @property {BrowserHelp|null} aid where the browser may translate the sentence
 * @property {SchoolWord[]} terms
 * @property {(item: Item) => void} done her text is right; on to the next
 * @property {(item: Item) => void} draft it stays a draft; on to the next
 * @property {(item: Item) => void} here she is working on this one
 * @property {(item: Item) => void} typed
 * @property {(item: Item) => void} resolve the readers' reports are dealt with
 */

/** @param {Item} item @param {Frame} frame */
export const itemView = (item, frame) => html`
  <article class="place ${frame.paired ? 'paired' : ''}" data-segment=${item.place.segment} data-context=${item.place.context} data-state=${item.autosave.state} aria-labelledby="source.${item.key}">
    <div class="from stack tight">
      <p class="label small">${t(`translate.kind.${item.place.kind}`)}</p>
      ${item.place.note ? html`<p class="small" data-part="note">${icon('info')} <span lang="en" dir="auto">${item.place.note}</span></p>` : nothing}
      ${frame.paired ? nothing : neighbour(frame.before)}
      <p class="source" id="source.${item.key}" tabindex="-1" lang=${SOURCE} dir="ltr">${item.place.source}</p>
      ${frame.example === undefined ? nothing : html`<p class="small" data-part="form">${t('translate.form', { Example: frame.example })}</p>`}
      ${frame.paired ? nothing : neighbour(frame.after)}
      ${item.reports.count ? reports(item, frame.resolve) : nothing}
      ${previousView(item, frame.locale, (text) => take(item, frame, text))}
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

/** The place's field on the page. @param {Item} item */
export const fieldOf = (item) => /** @type {HTMLTextAreaElement|null} */ (document.getElementById(`text.${item.key}`))

/** The place's original on the page. @param {Item} item */
export const sourceOf = (item) => document.getElementById(`source.${item.key}`)

/** A whole text becomes hers, and she goes on with it. @param {Item} item @param {Pick<Frame, 'typed'>} frame @param {string} text */
export function take(item, frame, text) {
  frame.typed(item)
  item.type(text)
  fieldOf(item)?.focus()
}

/** @param {Item} item @param {Frame} frame */
function field(item, frame) {
  const { locale } = frame
  const name = `text.${item.key}`
  const faults = frame.checked ? item.faults : []
  const hard = isHard(faults)
  const add = (/** @type {string} */ words) => insert(fieldOf(item), words)
  return html`
    ${termsView(frame.terms, locale, add)}
    ${item.place.kind === 'message' ? placeholdersView([...new Set(item.place.source.match(/\{\{[^{}]*\}\}/g) ?? [])], add) : nothing}
    <div class="growing" data-text=${item.text}>
      <textarea rows="2" id=${name} name=${name} lang=${langTag(locale)} dir=${localeDir(locale)} spellcheck="true" aria-label=${t('translate.field')} aria-describedby="source.${item.key} faults.${item.key}"
        enterkeyhint=${frame.paired ? nothing : 'next'} @beforeinput=${(/** @type {InputEvent} */ e) => thumbed(e, item, frame)}
        aria-invalid=${hard ? 'true' : nothing} .value=${live(item.text)} @focus=${() => frame.here(item)}
        @input=${(/** @type {Event} */ e) => { frame.typed(item); item.type(/** @type {HTMLTextAreaElement} */ (e.target).value) }}></textarea>
    </div>
    ${item.place.kind === 'message' && localeDir(locale) === 'rtl' && item.text.includes('{{') ? readable(item.text, locale) : nothing}
    ${faultsView(`faults.${item.key}`, faults, hard, () => frame.draft(item))}
    <div class="row apart">
      ${stateMark(item.state)}
      ${item.autosave.state === 'saved' || item.isSending ? nothing
        : saveState(item.autosave, { fresh: false, signIn: () => askToSignIn().then(() => item.autosave.flush()), retry: () => item.autosave.flush() })}
      ${frame.paired && actionOf(item) !== 'next' ? doneButton(item, frame) : nothing}
    </div>
    ${item.isSending && item.autosave.reason === 'signed_out' ? signIn(item) : nothing}
    ${item.state === 'typed' && item.autosave.state === 'saved' ? html`<p class="quiet small">${t('translate.not_shown')}</p>` : nothing}
    ${item.state === 'second' ? html`<p class="quiet small" data-part="second">${secondText(item)}</p>` : nothing}
    ${suggestionsView(frame.suggestions, item.place.source, locale, frame.active && frame.paired, (text) => take(item, frame, text))}
    ${aidView(frame.aid)}
    ${item.place.kind !== 'message' && (frame.active || item.only) ? onlyHere(item) : nothing}`
}

/** Who wrote a text that waits for a second person. @param {Item} item */
function secondText(item) {
  const by = item.place.elsewhere
  if (by && item.mayConfirm) return t('translate.elsewhere', { By: by })
  return t(item.mayConfirm ? 'translate.second.other' : 'translate.second.own')
}

/** From right to left a field turns a placeholder's parts around: below it stands how it really reads. @param {string} text @param {string} locale */
const readable = (text, locale) => html`
    <p class="small" data-part="readable" aria-hidden="true" lang=${langTag(locale)} dir="rtl">${text.split(/(\{\{[^{}]*\}\})/).map((part, i) => (i % 2 ? html`<bdi dir="ltr">${part}</bdi>` : part))}</p>`

/**
 * On a phone the keyboard hides the button: its own Enter is Done. A text has
 * no lines.
 * @param {InputEvent} event
 * @param {Item} item
 * @param {Frame} frame
 */
function thumbed(event, item, frame) {
  if (frame.paired || event.inputType !== 'insertLineBreak') return
  event.preventDefault()
  if (item.text.trim()) frame.done(item)
}

/** @param {Item} item */
const signIn = (item) => html`
    <div class="row"><button type="button" class="button small" data-action="signin-again" @click=${() => askToSignIn().then(() => item.autosave.flush())}>${t('staff.signin.submit')}</button></div>`

/** @param {Item} item */
const onlyHere = (item) => html`
    <label class="check small"><input type="checkbox" name="only.${item.key}" .checked=${item.only} @change=${() => item.setOnly(!item.only)}>
      <span>${t('translate.only')}</span></label>
    ${item.only ? html`<p class="quiet small">${t('translate.only_hint')}</p>` : nothing}`

/** The one thing to do with a place now; a text that would mislead can't be called right. @param {Item} item @param {Frame} frame */
export function doneButton(item, { done, checked, paired, active }) {
  const action = actionOf(item)
  const refused = checked && action !== 'next' && item.isFaulty
  return html`<button type="button" class="button ${paired ? 'small' : ''} ${paired && !active ? '' : 'primary'}" data-action=${action} aria-keyshortcuts="Control+Enter" aria-disabled=${refused ? 'true' : nothing} aria-describedby=${refused ? `faults.${item.key}` : nothing}
    @click=${() => done(item)}>${action === 'next' ? nothing : icon('check')}${t(`translate.${action}`)}</button>`
}

/** @param {Item} item @returns {'save'|'right'|'confirm'|'leave_empty'|'remove'|'next'} */
function actionOf(item) {
  if (item.theirs || item.isSending) return 'next'
  if (item.state === 'reused') return 'confirm'
  if (item.state === 'machine' || item.state === 'second' && item.mayConfirm) return 'right'
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
