/** A number between two buttons, for those who would rather tap than type. */
import { t } from '../i18n/messages.js'
import { formatNumber } from '../i18n/numbers.js'
import { html } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/**
 * @typedef {object} Stepper
 * @property {string} name unique on the page
 * @property {string} label
 * @property {string} hint
 * @property {number} value
 * @property {number} least
 * @property {number} most
 * @property {(by: number) => unknown} step by one up or down
 */

/** @param {Stepper} stepper */
export function stepper({ name, label, hint, value, least, most, step }) {
  /** @param {number} by @param {string} sign @param {string} words */
  const button = (by, sign, words) => {
    const end = value + by < least || value + by > most
    return html`<button type="button" class="button" data-step=${by} aria-label=${`${words}: ${label}`} aria-disabled=${end ? 'true' : 'false'}
      @click=${() => { if (!end) step(by) }}>${icon(sign)}</button>`
  }
  return html`<div class="field" role="group" aria-labelledby="${name}-label" aria-describedby="${name}-hint" data-stepper=${name}>
    <span class="label" id="${name}-label">${label}</span>
    <div class="stepper">${button(-1, 'minus', t('stepper.less'))}<output aria-live="polite">${formatNumber(value)}</output>${button(1, 'plus', t('stepper.more'))}</div>
    <span class="hint" id="${name}-hint">${hint}</span>
  </div>`
}
