/**
 * The question before something goes out to parents: what will happen, and
 * when their phones ring.
 *
 * @import {Template} from '../../lib/html.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t } from '../../i18n/messages.js'
import { serverTime } from '../clock.js'
import { openDialog } from '../dialog.js'
import { field } from '../field.js'
import { Problem } from '../problem.js'
import { addDays, local, parse } from '../time.js'
import { holdOf, LONGEST, ringsAt, ringWords } from './when.js'

/**
 * @typedef {object} Question
 * @property {string} name of the dialog
 * @property {string} title
 * @property {(string|Template)[]} text what will happen
 * @property {string} yes what the button says that does it
 * @property {string} action its data-action
 *
 * @typedef {{later: boolean, typed: string, fault: string}} Choice fault: a message id, or ""
 */

/** What she is offered when she wants phones to wait. */
const MORNING = '08:00'

/**
 * @param {Question} question
 * @returns {Promise<{hold: string}|null>} before which no phone rings, "" for at once; null where she thought better of it
 */
export function askToRing(question) {
  return new Promise((resolve) => {
    /** @type {{hold: string}|null} */
    let answer = null
    /** @type {Choice} */
    const choice = { later: false, typed: `${addDays(local(serverTime()).date, 1)}T${MORNING}`, fault: '' }
    const change = (/** @type {Partial<Choice>} */ part) => {
      Object.assign(choice, { fault: '' }, part)
      dialog.draw()
    }
    const agree = () => {
      const { hold, fault } = choice.later ? holdOf(choice.typed, serverTime()) : { hold: '', fault: '' }
      if (!fault) {
        answer = { hold }
        return dialog.close()
      }
      change({ fault })
      /** @type {HTMLElement|null} */
      const field = dialog.element.querySelector('[aria-invalid="true"]')
      field?.focus()
    }
    const dialog = openDialog(question.name, () => template(question, choice, { change, agree, leave: () => dialog.close() }), () => resolve(answer))
  })
}

/** What the server had against the moment is said by itself: its field is gone with the question. @param {unknown} error */
export function atHold(error) {
  const hold = error instanceof Problem && error.fields.hold
  return hold ? new Problem(error.status, error.code, hold.message) : error
}

/** @param {Question} question @param {Choice} choice @param {{change: (part: Partial<Choice>) => void, agree: () => void, leave: () => void}} acts */
const template = ({ title, text, yes, action }, choice, { change, agree, leave }) => html`
  <div class="stack">
    <h2 id="dialog-title">${title}</h2>
    ${text.map((part) => (typeof part === 'string' ? html`<p>${part}</p>` : part))}
    <fieldset class="stack tight" data-part="ring">
      <legend class="label">${t('staff.ring.choose')}</legend>
      ${option(false, t('staff.ring.soon'), choice, change)}
      ${option(true, t('staff.ring.later'), choice, change)}
      ${choice.later ? moment(choice, change) : nothing}
      <div role="status">${says(choice)}</div>
    </fieldset>
    <div class="row end">
      <button type="button" class="button" data-action="cancel" @click=${leave}>${t('staff.cancel')}</button>
      <button type="button" class="button primary" data-action=${action} @click=${agree}>${yes}</button>
    </div>
  </div>`

/** @param {boolean} later @param {string} words @param {Choice} choice @param {(part: Partial<Choice>) => void} change */
const option = (later, words, choice, change) => html`
  <label class="check"><input type="radio" name="ring" value=${later ? 'later' : 'soon'} .checked=${choice.later === later} @change=${() => change({ later })}><span>${words}</span></label>`

/** @param {Choice} choice @param {(part: Partial<Choice>) => void} change */
const moment = ({ typed, fault }, change) => field({
  name: 'hold', type: 'datetime-local', label: t('staff.ring.time'), hint: t('staff.ring.time_hint'), value: typed,
  error: fault ? t(fault, { Days: LONGEST }) : undefined, required: true, input: (typed) => change({ typed }),
})

/** When phones ring as it is chosen now, and why not sooner. @param {Choice} choice */
function says({ later, typed }) {
  const now = serverTime()
  const { hold, fault } = later ? holdOf(typed, now) : { hold: '', fault: '' }
  if (fault) return nothing
  const from = hold ? parse(hold) : now
  const rings = ringsAt(from)
  return html`<p class="state rings" data-part="rings">${icon(rings > now ? 'clock' : 'smartphone')}<span>${ringWords(rings, now)}</span></p>
    ${rings > from ? html`<p class="quiet small">${t('staff.ring.quiet')}</p>` : nothing}`
}
