/**
 * Sharing one request with one colleague, when the parent has said yes: how
 * and when she did is noted.
 *
 * @import {Colleague, ConsentWay, RequestRow} from './types.js'
 */
import { seal } from '../../confidential/age.js'
import { t } from '../../i18n/messages.js'
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { live } from '../../lib/live.js'
import { openDialog, tell } from '../dialog.js'
import { errorLine, field } from '../field.js'
import { Problem } from '../problem.js'
import * as api from './api.js'
import { problem } from './parts.js'

/** @type {ConsentWay[]} */
const WAYS = ['phone', 'visit', 'paper', 'mail']

/**
 * @param {RequestRow} request
 * @param {string} text as it was opened
 */
export async function shareIt(request, text) {
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' })
  const state = { people: /** @type {Colleague[] | null} */ (null), to: '', how: '', at: today, sure: false, wrong: '', error: '', busy: false }
  const attempt = async (/** @type {() => Promise<void>} */ work) => {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      state.error = error.message
    }
    if (dialog.element.isConnected) dialog.draw()
  }
  const send = () => {
    const to = state.people?.find((p) => p.id === state.to)
    state.wrong = !to ? 'to' : !state.how ? 'how' : !state.sure ? 'sure' : ''
    if (state.wrong || state.busy || !to) return dialog.draw()
    Object.assign(state, { busy: true, error: '' })
    attempt(async () => {
      await api.share(request.id, { to: to.id, ciphertext: await seal(to.recipient, text), consent: { how: /** @type {ConsentWay} */ (state.how), at: state.at } })
      dialog.close()
      tell(t('staff.channel.shared', { Name: to.name }))
    }).finally(() => { state.busy = false })
  }
  const dialog = openDialog('share', () => template(state, () => dialog.draw(), send, () => dialog.close()))
  await attempt(async () => { state.people = await api.people() })
}

/**
 * @param {{people: Colleague[] | null, to: string, how: string, at: string, sure: boolean, wrong: string, error: string}} state
 * @param {() => void} draw
 * @param {() => void} send
 * @param {() => void} close
 */
function template(state, draw, send, close) {
  const set = (/** @type {object} */ change) => {
    Object.assign(state, change, { wrong: '' })
    draw()
  }
  const value = (/** @type {Event} */ event) => /** @type {HTMLSelectElement} */ (event.target).value
  const able = state.people?.filter((p) => p.recipient) ?? []
  const lacking = state.people?.filter((p) => !p.recipient) ?? []
  return html`<form class="stack" autocomplete="off" novalidate @submit=${(/** @type {Event} */ e) => { e.preventDefault(); send() }}>
    <h2 id="dialog-title">${t('staff.channel.share')}</h2>
    <p>${t('staff.channel.share_what')}</p>
    <div class="field"><label for="share-to">${t('staff.channel.share_to')}</label>
      <select id="share-to" .value=${live(state.to)} aria-invalid=${state.wrong === 'to' ? 'true' : nothing} @change=${(/** @type {Event} */ e) => set({ to: value(e) })}>
        <option value="">${t('staff.channel.choose_one')}</option>${able.map((p) => html`<option value=${p.id}>${p.name}</option>`)}</select>
      ${lacking.length > 0 ? html`<p class="hint">${t('staff.channel.share_lacking', { Names: lacking.map((p) => p.name).join(', ') })}</p>` : nothing}
      ${errorLine('share-to', state.wrong === 'to' ? t('staff.channel.share_to_missing') : '')}</div>
    <fieldset class="field"><legend class="label">${t('staff.channel.consent_how')}</legend>
      ${WAYS.map((way) => html`<label class="check"><input type="radio" name="consent" value=${way} .checked=${live(state.how === way)} @change=${() => set({ how: way })}><span>${t(`staff.channel.consent.${way}`)}</span></label>`)}
      ${errorLine('consent', state.wrong === 'how' ? t('staff.channel.consent_missing') : '')}</fieldset>
    ${field({ name: 'consent-at', type: 'date', label: t('staff.channel.consent_at'), value: state.at, input: (at) => set({ at }) })}
    <label class="check"><input type="checkbox" data-action="consented" .checked=${live(state.sure)} @change=${() => set({ sure: !state.sure })}><span>${t('staff.channel.consented')}</span></label>
    ${errorLine('sure', state.wrong === 'sure' ? t('staff.channel.consent_needed') : '')}
    ${problem(state.error)}
    <div class="row end"><button type="button" class="button" @click=${close}>${t('staff.cancel')}</button>
      <button type="submit" class="button primary" data-action="share-now">${icon('user-plus')}<span>${t('staff.channel.share')}</span></button></div>
  </form>`
}
