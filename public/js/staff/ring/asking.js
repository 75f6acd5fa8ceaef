/**
 * The question before something goes out to parents: what will happen, and
 * when their phones ring.
 *
 * @import {Readiness} from '../types.js'
 * @import {Template} from '../../lib/html.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatDate, t } from '../../i18n/messages.js'
import { serverTime } from '../clock.js'
import { openDialog } from '../dialog.js'
import { errorLine, field } from '../field.js'
import { languageName } from '../letter/readiness.js'
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
 * @property {Unready} [unready] what phones may wait for
 *
 * @typedef {object} Unready
 * @property {Readiness[]} languages that can't be read yet, or only as a machine wrote them
 * @property {string[]} wanted which of them are offered
 * @property {string} latest the latest moment that is offered
 *
 * @typedef {'soon'|'later'|'ready'} When
 * @typedef {{when: When, typed: string, latest: string, awaits: string[], fault: string}} Choice typed, latest: moments; fault: a message id, or ""
 * @typedef {{hold: string, awaits: string[]}} Ring hold: before which no phone rings, "" for at once; awaits: the languages that end it sooner
 */

/** What she is offered when she wants phones to wait. */
const MORNING = '08:00'

/**
 * @param {Question} question
 * @returns {Promise<Ring|null>} null where she thought better of it
 */
export function askToRing(question) {
  return new Promise((resolve) => {
    /** @type {Ring|null} */
    let answer = null
    /** @type {Choice} */
    const choice = {
      when: 'soon', typed: `${addDays(local(serverTime()).date, 1)}T${MORNING}`,
      latest: question.unready?.latest ?? '', awaits: question.unready?.wanted ?? [], fault: '',
    }
    const change = (/** @type {Partial<Choice>} */ part) => {
      Object.assign(choice, { fault: '' }, part)
      dialog.draw()
    }
    const agree = () => {
      const { hold, fault } = chosen(choice)
      if (!fault) {
        answer = { hold, awaits: choice.when === 'ready' ? choice.awaits : [] }
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

/** The moment that is chosen now, and what is wrong with it. @param {Choice} choice */
function chosen({ when, typed, latest, awaits }) {
  if (when === 'soon') return { hold: '', fault: '' }
  if (when === 'ready' && awaits.length === 0) return { hold: '', fault: 'staff.ring.no_language' }
  return holdOf(when === 'later' ? typed : latest, serverTime())
}

/** What the server had against the moment is said by itself: its field is gone with the question. @param {unknown} error */
export function atHold(error) {
  const hold = error instanceof Problem && error.fields.hold
  return hold ? new Problem(error.status, error.code, hold.message) : error
}

/** @param {Question} question @param {Choice} choice @param {{change: (part: Partial<Choice>) => void, agree: () => void, leave: () => void}} acts */
const template = ({ title, text, yes, action, unready }, choice, { change, agree, leave }) => html`
  <div class="stack">
    <h2 id="dialog-title">${title}</h2>
    ${text.map((part) => (typeof part === 'string' ? html`<p>${part}</p>` : part))}
    <fieldset class="stack tight" data-part="ring">
      <legend class="label">${t('staff.ring.choose')}</legend>
      ${option('soon', choice, change)}
      ${option('later', choice, change)}
      ${choice.when === 'later' ? moment(choice, change) : nothing}
      ${unready ? option('ready', choice, change) : nothing}
      ${unready && choice.when === 'ready' ? languagesAnd(unready, choice, change) : nothing}
      <div role="status">${says(choice)}</div>
    </fieldset>
    <div class="row end">
      <button type="button" class="button" data-action="cancel" @click=${leave}>${t('staff.cancel')}</button>
      <button type="button" class="button primary" data-action=${action} @click=${agree}>${yes}</button>
    </div>
  </div>`

/** @param {When} when @param {Choice} choice @param {(part: Partial<Choice>) => void} change */
const option = (when, choice, change) => html`
  <label class="check"><input type="radio" name="ring" value=${when} .checked=${choice.when === when} @change=${() => change({ when })}><span>${t(`staff.ring.${when}`)}</span></label>`

/** @param {Choice} choice @param {(part: Partial<Choice>) => void} change */
const moment = ({ typed, fault }, change) => field({
  name: 'hold', type: 'datetime-local', label: t('staff.ring.time'), hint: t('staff.ring.time_hint'), value: typed,
  error: fault ? t(fault, { Days: LONGEST }) : undefined, required: true, input: (typed) => change({ typed }),
})

/**
 * Which languages phones wait for, and how long at most.
 * @param {Unready} unready
 * @param {Choice} choice
 * @param {(part: Partial<Choice>) => void} change
 */
function languagesAnd({ languages }, { awaits, latest, fault }, change) {
  const toggle = (/** @type {string} */ tag) => change({ awaits: awaits.includes(tag) ? awaits.filter((a) => a !== tag) : [...awaits, tag] })
  const none = fault === 'staff.ring.no_language'
  return html`
    <fieldset class="stack tight" data-part="awaits" aria-invalid=${none ? 'true' : nothing} tabindex="-1" aria-describedby=${none ? 'awaits-error' : nothing}>
      <legend class="label small">${t('staff.ring.which')}</legend>
      ${languages.map(({ tag }) => html`
        <label class="check"><input type="checkbox" name="awaits" value=${tag} .checked=${awaits.includes(tag)} @change=${() => toggle(tag)}>${languageName(tag)}</label>`)}
      ${errorLine('awaits', none ? t(fault) : undefined)}
    </fieldset>
    ${field({
      name: 'latest', type: 'datetime-local', label: t('staff.ring.latest'), hint: t('staff.ring.latest_hint'), value: latest,
      error: fault && !none ? t(fault, { Days: LONGEST }) : undefined, required: true, input: (latest) => change({ latest }),
    })}`
}

/** When phones ring as it is chosen now, and why not sooner. @param {Choice} choice */
function says(choice) {
  const now = serverTime()
  const { hold, fault } = chosen(choice)
  if (fault) return nothing
  if (choice.when === 'ready') return html`<p class="state rings" data-part="rings">${icon('languages')}<span>${t('staff.ring.when_ready', { Time: formatDate(ringsAt(parse(hold)), 'datetime') })}</span></p>`
  const from = hold ? parse(hold) : now
  const rings = ringsAt(from)
  return html`<p class="state rings" data-part="rings">${icon(rings > now ? 'clock' : 'smartphone')}<span>${ringWords(rings, now)}</span></p>
    ${rings > from ? html`<p class="quiet small">${t('staff.ring.quiet')}</p>` : nothing}`
}
