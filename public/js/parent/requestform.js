/**
 * The form of a confidential request: what it is about, and a way to be reached
 * that is safe for the one who writes. Nothing in it has a name or a kind that
 * browsers would offer to keep or to fill in.
 *
 * @import {Channel} from '../data/types.js'
 * @import {How, Request} from '../confidential/plain.js'
 */
import { tooLong } from '../confidential/plain.js'
import { t, tn } from '../i18n/messages.js'
import { languageName, ownLanguages, spokenLanguages } from '../i18n/spoken.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { live } from '../lib/live.js'
import { leaveBar } from './guideleave.js'
import { answeredLine, awayNotice, urgentNote } from './requesttimes.js'

/**
 * @typedef {object} Form what is typed, as long as the page shows it
 * @property {'question' | 'contact'} kind
 * @property {string} text
 * @property {How} how
 * @property {string} value
 * @property {boolean} voicemail
 * @property {string} when
 * @property {string} language
 * @property {boolean} interpreter
 * @property {boolean} shown what is wrong is shown: it was tried to be sent
 * @property {boolean} failed it could not be locked
 * @property {boolean} emptied nobody wrote for a while
 */

/** @typedef {{text?: string, how?: string, value?: string}} Wrongs */

/** @typedef {Exclude<How, 'none'>} Way */

/** @type {{how: Way, sign: string}[]} */
const WAYS = [{ how: 'phone', sign: 'phone' }, { how: 'sms', sign: 'smartphone' }, { how: 'mail', sign: 'mail' }, { how: 'post', sign: 'mail-open' }]

/** @type {Record<Way, {mode: string, wrong: string, right: (value: string) => boolean}>} */
const VALUES = {
  phone: { mode: 'tel', wrong: 'request.error_phone', right: (value) => digits(value) >= 6 },
  sms: { mode: 'tel', wrong: 'request.error_phone', right: (value) => digits(value) >= 6 },
  mail: { mode: 'email', wrong: 'request.error_mail', right: (value) => /^\S+@\S+\.\S+$/.test(value) },
  post: { mode: 'text', wrong: 'request.error_post', right: (value) => value.length >= 8 },
}

/** Digits in any script's signs. @param {string} value */
const digits = (value) => (value.match(/\p{Nd}/gu) ?? []).length

/** @returns {Form} */
export function fresh() {
  return {
    kind: 'question', text: '', how: 'none', value: '', voicemail: false, when: '', language: ownLanguages()[0] ?? 'sv', interpreter: false,
    shown: false, failed: false, emptied: false,
  }
}

/**
 * What is encrypted.
 * @param {Form} form
 * @param {Date} now
 * @returns {Request}
 */
export function requestOf({ kind, text, how, value, voicemail, when, language, interpreter }, now) {
  return {
    v: 1, kind, text: text.trim(), reach: { how, value: value.trim(), voicemail: how === 'phone' && voicemail, when: when.trim() },
    language, interpreter, made: now.toISOString(),
  }
}

/**
 * What keeps it from being sent, by field.
 * @param {Form} form
 * @returns {Wrongs}
 */
export function wrongs(form) {
  /** @type {Wrongs} */
  const found = {}
  const over = tooLong(requestOf(form, new Date()))
  if (over > 0) found.text = tn('request.error_long', over)
  else if (form.kind === 'question' && form.text.trim() === '') found.text = t('request.error_text')
  if (form.how === 'none') found.how = t('request.error_way')
  else if (!VALUES[form.how].right(form.value.trim())) found.value = t(VALUES[form.how].wrong)
  return found
}

/** Leads to the first field that something is wrong with. @param {HTMLElement} root */
export function firstWrong(root) {
  const field = /** @type {HTMLElement | null} */ (root.querySelector('[aria-invalid=true], [data-wrong] button'))
  field?.focus()
  field?.scrollIntoView({ block: 'center' })
}

/**
 * @typedef {object} Drawing
 * @property {Channel} channel
 * @property {string} name of those who read it
 * @property {boolean} busy it is being locked
 * @property {() => void} redraw
 * @property {() => void} send
 * @property {() => void} cancel
 */

/**
 * @param {Form} state
 * @param {Drawing} drawing
 */
export function form(state, drawing) {
  const { channel, name, busy, redraw, send, cancel } = drawing
  // Too long a text is told while it is being written, the rest when it is sent.
  const wrong = wrongs(state)
  const said = state.shown ? wrong : tooLong(requestOf(state, new Date())) > 0 ? { text: wrong.text } : {}
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault()
    if (!busy) send()
  }
  return html`<div class="stack loose narrow request">
    <header class="stack">
      <h1 tabindex="-1">${t('request.title')}</h1>
      <p class="fact">${icon('key-round')}<span>${t('request.lead', { Name: name })}</span></p>
      ${answeredLine(channel)}
      ${awayNotice(channel, new Date())}
      ${urgentNote('request-urgent')}
    </header>
    ${state.emptied ? html`<p class="notice" role="status">${icon('info')}<span>${t('request.emptied')}</span></p>` : nothing}
    <form class="stack loose" autocomplete="off" novalidate @submit=${submit}>
      ${kindField(state, redraw)}
      ${textField(state, said.text, redraw)}
      ${wayField(state, said, redraw)}
      ${languageField(state, redraw)}
      ${state.failed ? html`<p class="notice bad" role="alert">${icon('triangle-alert')}<span>${t('request.failed')}</span></p>` : nothing}
      <div class="row"><button type="submit" class="button primary" data-action="send" aria-disabled=${busy ? 'true' : 'false'}
        >${icon('send')}<span>${t(busy ? 'request.locking' : 'request.send')}</span></button>
        <button type="button" class="button plain" data-action="cancel" @click=${cancel}>${t('request.cancel')}</button></div>
      <p class="quiet small">${t('request.keeps')} ${t('request.keyboard')}</p>
    </form>
  </div>${leaveBar()}`
}

/** @param {Form} state @param {() => void} redraw */
function kindField(state, redraw) {
  /** @param {Form['kind']} kind */
  const choose = (kind) => () => {
    state.kind = kind
    redraw()
  }
  return html`<fieldset class="field"><legend>${t('request.kind')}</legend>
    <div class="ways">${/** @type {const} */ (['question', 'contact']).map((kind) => html`<button type="button" class="button" data-kind=${kind}
      aria-pressed=${state.kind === kind ? 'true' : 'false'} @click=${choose(kind)}>${icon(kind === 'question' ? 'circle-help' : 'message-circle')}<span
      >${t(`request.kind.${kind}`)}</span></button>`)}</div></fieldset>`
}

/** @param {Form} state @param {string | undefined} wrong @param {() => void} redraw */
function textField(state, wrong, redraw) {
  return html`<div class="field"><label for="r-1">${t('request.text')}</label>
    <span class="hint" id="r-1-hint">${t(state.kind === 'contact' ? 'request.text_optional' : 'request.text_hint')}</span>
    <textarea id="r-1" rows="5" dir="auto" autocomplete="off" autocorrect="off" spellcheck="false" aria-describedby="r-1-hint r-1-error request-urgent"
      aria-invalid=${wrong ? 'true' : nothing} .value=${live(state.text)} @input=${typing(state, 'text', redraw)}></textarea>
    ${error('r-1', wrong)}</div>`
}

/** @param {Form} state @param {Wrongs} wrong @param {() => void} redraw */
function wayField(state, wrong, redraw) {
  /** @param {Way} how */
  const choose = (how) => () => {
    if (!(how === 'sms' && state.how === 'phone' || how === 'phone' && state.how === 'sms')) state.value = ''
    state.how = how
    redraw()
  }
  return html`<fieldset class="field" data-wrong=${wrong.how ? '' : nothing}><legend>${t('request.how')}</legend>
    <span class="hint">${t('request.how_hint')}</span>
    <div class="ways">${WAYS.map(({ how, sign }) => html`<button type="button" class="button" data-how=${how} aria-pressed=${state.how === how ? 'true' : 'false'}
      aria-describedby=${wrong.how ? 'r-how-error' : nothing} @click=${choose(how)}>${icon(sign)}<span>${t(`request.how.${how}`)}</span></button>`)}</div>
    ${error('r-how', wrong.how)}
  </fieldset>
  ${state.how === 'none' ? nothing : valueFields(state, state.how, wrong.value, redraw)}`
}

/** @param {Form} state @param {Way} how @param {string | undefined} wrong @param {() => void} redraw */
function valueFields(state, how, wrong, redraw) {
  const label = html`<label for="r-2">${t(`request.value.${how === 'sms' ? 'phone' : how}`)}</label>`
  return html`<div class="field">${label}
    ${how === 'post' ? html`<textarea id="r-2" rows="3" dir="auto" autocomplete="off" autocorrect="off" spellcheck="false" aria-describedby="r-2-error"
        aria-invalid=${wrong ? 'true' : nothing} .value=${live(state.value)} @input=${typing(state, 'value', redraw)}></textarea>`
      : html`<input id="r-2" type="text" inputmode=${VALUES[how].mode} dir="ltr" autocomplete="off" autocorrect="off" autocapitalize="off" spellcheck="false"
        aria-describedby="r-2-error" aria-invalid=${wrong ? 'true' : nothing} .value=${live(state.value)} @input=${typing(state, 'value', redraw)}>`}
    ${error('r-2', wrong)}</div>
  ${how === 'phone' ? voicemailField(state, redraw) : nothing}
  ${how === 'post' ? nothing : html`<div class="field"><label for="r-3">${t('request.when')}</label>
    <span class="hint" id="r-3-hint">${t('request.when_hint')}</span>
    <input id="r-3" type="text" dir="auto" maxlength="200" autocomplete="off" autocorrect="off" spellcheck="false" aria-describedby="r-3-hint"
      .value=${live(state.when)} @input=${typing(state, 'when', redraw)}></div>`}`
}

/** @param {Form} state @param {() => void} redraw */
function voicemailField(state, redraw) {
  /** @param {boolean} may */
  const choose = (may) => () => {
    state.voicemail = may
    redraw()
  }
  return html`<fieldset class="field"><legend>${t('request.voicemail')}</legend>
    <div class="ways">${[false, true].map((may) => html`<button type="button" class="button" data-voicemail=${may ? 'yes' : 'no'}
      aria-pressed=${state.voicemail === may ? 'true' : 'false'} @click=${choose(may)}>${t(may ? 'request.voicemail.yes' : 'request.voicemail.no')}</button>`)}</div></fieldset>`
}

/** @param {Form} state @param {() => void} redraw */
function languageField(state, redraw) {
  const own = ownLanguages()
  /** @param {string} tag @param {string} name */
  const option = (tag, name) => html`<option value=${tag} ?selected=${state.language === tag}>${name}</option>`
  /** @param {Event} event */
  const choose = (event) => {
    state.language = /** @type {HTMLSelectElement} */ (event.target).value
    redraw()
  }
  const toggle = () => {
    state.interpreter = !state.interpreter
    redraw()
  }
  return html`<div class="field"><label for="r-4">${t('request.language')}</label>
    <select id="r-4" autocomplete="off" .value=${live(state.language)} @change=${choose}>
      ${own.map((tag) => option(tag, languageName(tag)))}${option('sv', languageName('sv'))}
      <optgroup label=${t('interpreter.spoken')}>${spokenLanguages([...own, 'sv']).map(({ tag, name }) => option(tag, name))}</optgroup></select></div>
  <div class="field"><label class="check"><input type="checkbox" autocomplete="off" .checked=${live(state.interpreter)} @change=${toggle}
    ><span>${t('request.interpreter')}</span></label></div>`
}

/** @param {Form} state @param {'text' | 'value' | 'when'} field @param {() => void} redraw */
const typing = (state, field, redraw) => (/** @type {Event} */ event) => {
  state[field] = /** @type {HTMLInputElement} */ (event.target).value
  state.emptied = false
  redraw()
}

/** @param {string} id @param {string | undefined} wrong */
const error = (id, wrong) => html`<span class="error" id="${id}-error" role="alert">${wrong ? html`${icon('triangle-alert')}<span>${wrong}</span>` : nothing}</span>`
