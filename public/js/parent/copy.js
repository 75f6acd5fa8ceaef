/** A text with a button that copies it, for browsers with and without a clipboard. */
import { t } from '../i18n/messages.js'
import { html } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/**
 * @param {string} text to copy
 * @param {string} label of the field
 * @param {string} action the button's words
 */
export function copyField(text, label, action) {
  return html`<div class="field">
    <label for="copy">${label}</label>
    <input id="copy" dir="ltr" readonly .value=${text} @focus=${selectAll}>
    <button class="button" type="button" @click=${(/** @type {Event} */ e) => copy(text, e)}>${icon('copy')}<span role="status">${action}</span></button>
  </div>`
}

/** @param {Event} event */
function selectAll(event) {
  /** @type {HTMLInputElement} */ (event.target).select()
}

/**
 * @param {string} text
 * @param {Event} event
 */
async function copy(text, event) {
  const button = /** @type {HTMLElement} */ (event.currentTarget)
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    button.parentElement?.querySelector('input')?.select()
    if (!document.execCommand('copy')) return
  }
  const words = button.querySelector('span')
  if (words) words.textContent = t('copy.done')
}
