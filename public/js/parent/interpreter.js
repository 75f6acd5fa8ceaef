/**
 * Asking for an interpreter: any spoken language or dialect, also one that the
 * app has no texts in, or a sign language; on site, by phone or by video.
 *
 * @import {Interpreter, OwnAnswer} from '../data/types.js'
 * @import {Answering} from './answer.js'
 */
import { SOURCE, t } from '../i18n/messages.js'
import { SIGNED, languageName, ownLanguages, spokenLanguages } from '../i18n/spoken.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { linkify } from '../lib/linkify.js'
import { live } from '../lib/live.js'

/** The choice that opens a field for a language in words. */
const OTHER = 'other'
const LONGEST = 60

/** @type {{mode: Interpreter['mode'], sign: string}[]} */
const MODES = [{ mode: 'on_site', sign: 'users' }, { mode: 'phone', sign: 'phone' }, { mode: 'video', sign: 'video' }]

/** @type {Record<string, {sign: string, look: string}>} */
const BOOKINGS = {
  requested: { sign: 'clock', look: 'pending' },
  booked: { sign: 'circle-check', look: 'reviewed' },
  none_found: { sign: 'circle-x', look: 'failed' },
  cancelled: { sign: 'circle-x', look: 'failed' },
}

/**
 * @typedef {object} Asking
 * @property {Interpreter | null} wanted as it is kept
 * @property {Answering} state
 * @property {() => Promise<void>} redraw
 * @property {(interpreter: Interpreter | null) => Promise<void>} set resolves when it is kept
 */

/** @param {Asking} asking */
export function interpreterFields(asking) {
  const { wanted, state, redraw, set } = asking
  const on = wanted !== null || state.asking
  const toggle = () => {
    const [own] = ownLanguages()
    state.words = null
    state.asking = !on && !own
    if (on) set(null)
    else if (own) set({ language: own, mode: 'on_site' })
    else redraw()
  }
  return html`<div class="field"><label class="check"><input type="checkbox" name="interpreter" .checked=${live(on)} @change=${toggle}
      ><span>${t('interpreter.need')}</span></label>
    <span class="hint">${t('interpreter.free')}</span></div>
    ${on ? languageField(asking) : nothing}
    ${modeField(asking)}`
}

/**
 * How far the booking has come, as staff have told.
 * @param {OwnAnswer} answer
 */
export function bookingLine({ booking, contact, state }) {
  const step = BOOKINGS[booking] && state !== 'pending' ? booking : ''
  if (!step) return nothing
  const { sign, look } = BOOKINGS[step]
  return html`<p class="stack tight" data-booking=${step}><span class="state ${look}">${icon(sign)}<span>${t(`interpreter.${step}`)}</span></span>
    <span class="small">${t(`interpreter.${step}_next`)}</span>${contact ? html`<span class="small"><bdi lang=${SOURCE}>${linkify(contact)}</bdi></span>` : nothing}</p>`
}

/** @param {Asking} asking */
function languageField({ wanted, state, redraw, set }) {
  const own = ownLanguages()
  const listed = spokenLanguages(own)
  const language = wanted?.language ?? ''
  const inWords = language !== '' && ![...own, ...SIGNED].includes(language) && !listed.some((l) => l.tag === language)
  const shown = state.words !== null || inWords ? OTHER : language
  /** @param {Event} event */
  const choose = (event) => {
    const tag = /** @type {HTMLSelectElement} */ (event.target).value
    state.words = tag === OTHER ? '' : null
    if (tag === OTHER) redraw().then(() => document.getElementById('language-words')?.focus())
    else if (tag) set({ language: tag, mode: fitting(tag, wanted?.mode) })
  }
  /** @param {string} tag @param {string} name */
  const option = (tag, name) => html`<option value=${tag} ?selected=${shown === tag}>${name}</option>`
  return html`<div class="field">
      <label for="interpreter-language">${t('interpreter.language')}</label>
      <select id="interpreter-language" .value=${live(shown)} @change=${choose}>
        ${shown === '' ? option('', t('interpreter.choose')) : nothing}
        ${own.map((tag) => option(tag, languageName(tag)))}
        ${option(OTHER, t('interpreter.other'))}
        <optgroup label=${t('interpreter.signed')}>${SIGNED.map((tag) => option(tag, languageName(tag)))}</optgroup>
        <optgroup label=${t('interpreter.spoken')}>${listed.map(({ tag, name }) => option(tag, name))}</optgroup>
      </select>
    </div>
    ${shown === OTHER ? wordsField(state.words ?? language, { wanted, state, redraw, set }) : nothing}`
}

/**
 * Nobody signs on the phone.
 * @param {string} language
 * @param {Interpreter['mode']} [mode]
 */
const fitting = (language, mode = 'on_site') => (SIGNED.includes(language) && mode === 'phone' ? 'on_site' : mode)

/**
 * @param {string} words
 * @param {Asking} asking
 */
function wordsField(words, { wanted, state, set }) {
  /** @param {Event} event */
  const typed = (event) => { state.words = /** @type {HTMLInputElement} */ (event.target).value }
  const done = async () => {
    const language = (state.words ?? '').trim().replace(/\s+/g, ' ')
    if (!language) return
    await set({ language, mode: wanted?.mode ?? 'on_site' })
    Object.assign(state, { words: null, asking: false })
  }
  return html`<div class="field">
    <label for="language-words">${t('interpreter.words')}</label>
    <input id="language-words" dir="auto" maxlength=${LONGEST} aria-describedby="language-words-hint" .value=${live(words)} @input=${typed} @change=${done}>
    <span class="hint" id="language-words-hint">${t('interpreter.words_hint')}</span>
  </div>`
}

/** @param {Asking} asking */
function modeField({ wanted, set }) {
  if (!wanted) return nothing
  const offered = SIGNED.includes(wanted.language) ? MODES.filter(({ mode }) => mode !== 'phone') : MODES
  return html`<fieldset class="field"><legend class="label">${t('interpreter.mode')}</legend>
    <div class="modes">${offered.map(({ mode, sign }) => html`<button type="button" data-mode=${mode} aria-pressed=${wanted.mode === mode ? 'true' : 'false'}
      @click=${() => set({ ...wanted, mode })}>${icon(sign)}<span>${t(`interpreter.${mode}`)}</span></button>`)}</div>
  </fieldset>`
}
