/**
 * The interpreters that a meeting needs, each with what was done about it:
 * what staff say here the families who asked for it see.
 *
 * @import {Answers, Booking, BookingState, Interpreter, Mode} from '../types.js'
 * @import {Acts, State} from './answers.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t, tn } from '../../i18n/messages.js'
import { formatTag } from '../../i18n/numbers.js'
import { languageWords } from './languages.js'
import { deadlineWords, passed, whenWords } from './when.js'

/** @type {BookingState[]} */
const STATES = ['requested', 'booked', 'none_found', 'cancelled']

/** @type {Record<Mode, string>} */
const MODES = { on_site: 'user-round', phone: 'phone', video: 'video' }

/** @type {Record<BookingState, string>} */
const SIGNS = { requested: 'clock', booked: 'circle-check', none_found: 'triangle-alert', cancelled: 'x' }

const CONTACT = 200

/** What one booking is for. @param {Pick<Booking, 'language'|'mode'>} booking */
export const keyOf = ({ language, mode }) => `${mode}.${language}`

/** @param {State} state @param {Acts} acts */
export function interpreterList(state, acts) {
  const { answers, busy } = state
  if (answers.interpreters.length === 0) {
    return html`<section class="stack" data-part="interpreters"><h2>${t('staff.booking.title')}</h2><p class="quiet">${t('staff.booking.none')}</p></section>`
  }
  return html`
    <section class="stack" data-part="interpreters">
      <h2>${t('staff.booking.title')}</h2>
      ${facts(answers)}
      <ul class="stack">${byName(answers.interpreters).map((i) => card(i, state, acts))}</ul>
      <p class="quiet small narrow">${t('staff.booking.told')}</p>
      <div><button type="button" class="button" data-action="export" aria-disabled=${busy === 'export'} @click=${acts.save}>${icon('arrow-down')}${t('staff.booking.export')}</button></div>
    </section>`
}

/** As the reader looks for them: by the name that is shown. @param {Interpreter[]} all */
function byName(all) {
  const collator = new Intl.Collator(formatTag())
  return all.map((i) => ({ i, name: languageWords(i.language) })).sort((a, b) => collator.compare(a.name, b.name)).map(({ i }) => i)
}

/** What whoever books has to say: when, where, whom to reach, until when. @param {Answers} answers */
const facts = ({ starts, ends, place, contact, bookBy, cancelBy }) => html`
  <dl class="facts card">
    ${fact(t('staff.booking.when'), whenWords({ starts, ends }))}
    ${fact(t('staff.meeting.place'), place)}
    ${fact(t('staff.meeting.contact'), contact)}
    ${bookBy ? fact(t('staff.meeting.book_by'), deadline(bookBy)) : nothing}
    ${cancelBy ? fact(t('staff.meeting.cancel_by'), deadline(cancelBy)) : nothing}
  </dl>`

/** @param {string} name @param {any} value */
const fact = (name, value) => value ? html`<div><dt>${name}</dt><dd dir="auto">${value}</dd></div>` : nothing

/** @param {string} time */
const deadline = (time) => html`${deadlineWords(time)}${passed(time) ? html` <span class="state late">${icon('clock')}${t('staff.booking.passed')}</span>` : nothing}`

/** @param {Interpreter} interpreter @param {State} state @param {Acts} acts */
function card(interpreter, { meeting, answers, edits, busy }, acts) {
  const key = keyOf(interpreter)
  const edit = edits.get(key) ?? { state: interpreter.state, contact: interpreter.contact }
  const changed = edit.state !== interpreter.state || edit.contact.trim() !== interpreter.contact
  const id = `booking-${key.replace(/[^\w]/g, '_')}`
  const set = (/** @type {Partial<typeof edit>} */ part) => acts.edit(key, { ...edit, ...part })
  const { language, mode, families, late } = interpreter
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    event.preventDefault()
    if (changed) acts.book({ language, mode, state: edit.state, contact: edit.contact.trim() })
  }
  return html`
    <li class="card stack tight interpreter" data-language=${language} data-mode=${mode} data-state=${interpreter.state}>
      <div class="row apart">
        <h3 id=${id}><bdi>${languageWords(language)}</bdi></h3>
        <span class="state ${interpreter.state}" data-state=${interpreter.state}>${icon(SIGNS[interpreter.state])}<span>${t(`staff.booking.state.${interpreter.state}`)}</span></span>
      </div>
      <p>${icon(MODES[mode])} ${t(`staff.booking.mode.${mode}`)} · ${tn('staff.booking.families', families)}${late ? html` <span class="state late">${icon('clock')}${tn('staff.booking.late', late)}</span>` : nothing}</p>
      ${advice(meeting.cancelled ? 0 : families, interpreter.state, answers)}
      <form class="row booking" novalidate @submit=${submit} aria-labelledby=${id}>
        <div class="field"><label for="${id}-state">${t('staff.booking.state')}</label>
          <select id="${id}-state" name="state" @change=${(/** @type {Event} */ e) => set({ state: /** @type {BookingState} */ (/** @type {HTMLSelectElement} */ (e.target).value) })}>
            ${STATES.map((s) => html`<option value=${s} .selected=${s === edit.state}>${t(`staff.booking.state.${s}`)}</option>`)}
          </select></div>
        <div class="field grow"><label for="${id}-contact">${t('staff.booking.contact')}</label>
          <input id="${id}-contact" name="contact" maxlength=${CONTACT} dir="auto" autocomplete="off" .value=${edit.contact} @input=${(/** @type {Event} */ e) => set({ contact: /** @type {HTMLInputElement} */ (e.target).value })}></div>
        <button class=${changed ? 'button primary' : 'button'} data-action="book" aria-disabled=${!changed || busy === key}>${busy === key ? t('staff.saving') : t('staff.booking.save')}</button>
      </form>
    </li>`
}

/**
 * What has to be done about it, if anything.
 * @param {number} families that need it
 * @param {BookingState} state
 * @param {Answers} answers
 */
function advice(families, state, { bookBy, cancelBy }) {
  if (families === 0) return state === 'booked' ? told('calendar-x', unneeded(cancelBy)) : nothing
  return state === 'requested' && passed(bookBy) ? told('clock', t('staff.booking.too_late', { Time: deadlineWords(bookBy) })) : nothing
}

/** @param {string} cancelBy */
function unneeded(cancelBy) {
  if (!cancelBy) return t('staff.booking.unneeded')
  return t(passed(cancelBy) ? 'staff.booking.unneeded_late' : 'staff.booking.unneeded_by', { Time: deadlineWords(cancelBy) })
}

/** @param {string} sign @param {string} words */
const told = (sign, words) => html`<p class="notice late" data-part="advice">${icon(sign)}<span>${words}</span></p>`
