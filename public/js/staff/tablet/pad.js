/**
 * Typing a PIN with a thumb or on a keyboard. The digits stand from left to right
 * in every language, as on a telephone.
 */
import { t } from '../../i18n/messages.js'
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { Problem } from '../problem.js'
import { enterWith } from './api.js'

const LENGTH = 6
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9']

/**
 * @param {object} pad
 * @param {{id: string, name: string}} pad.person
 * @param {() => void} pad.changed it should be drawn again
 * @param {() => void} pad.entered
 * @param {() => void} pad.other she is somebody else
 */
export function pinPad({ person, changed, entered, other }) {
  let pin = ''
  let error = ''
  let busy = false

  /** @param {string} typed */
  function set(typed) {
    if (busy) return
    pin = typed.replace(/\P{Nd}/gu, '').slice(0, LENGTH)
    if (pin.length === LENGTH) send()
    else changed()
  }

  async function send() {
    busy = true
    error = ''
    changed()
    try {
      await enterWith(person.id, pin)
      return entered()
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      error = problem.message
    }
    pin = ''
    busy = false
    changed()
  }

  const key = (/** @type {string} */ digit) => html`<button type="button" class="button" data-digit=${digit} aria-disabled=${busy} @click=${() => set(pin + digit)}>${digit}</button>`

  return {
    template: () => html`
      <div class="stack pinpad" data-part="pinpad">
        <h1 id="dialog-title"><bdi>${t('staff.tablet.pin', { Name: person.name })}</bdi></h1>
        ${error ? html`<p class="notice bad" role="alert">${icon('triangle-alert')}<span>${error}</span></p>` : nothing}
        <input class="pin" name="pin" type="password" inputmode="none" autocomplete="off" maxlength=${LENGTH} dir="ltr" autofocus
          aria-labelledby="dialog-title" .value=${pin} @input=${(/** @type {Event} */ e) => set(/** @type {HTMLInputElement} */ (e.target).value)}>
        <div class="keys" dir="ltr">${KEYS.map(key)}
          <button type="button" class="button plain erase" data-action="erase" @click=${() => set(pin.slice(0, -1))}><bdi>${t('staff.tablet.erase')}</bdi></button>
          ${key('0')}
        </div>
        <button type="button" class="button plain" data-action="other" @click=${other}>${t('staff.tablet.other')}</button>
      </div>`,
  }
}
