/**
 * A form's field: label, help, control and error, tied together for screen
 * readers.
 *
 * @import {Template} from '../lib/html.js'
 */
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/**
 * What ties a control to its words: spread by hand into the control's
 * attributes `id`, `aria-describedby` and `aria-invalid`.
 * @param {string} name
 * @param {{hint?: string|null, error?: string|null}} said
 */
export function tie(name, { hint, error }) {
  const ids = [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean)
  return { id: `field-${name}`, by: ids.length ? ids.join(' ') : nothing, invalid: error ? 'true' : nothing }
}

/**
 * @param {string} name
 * @param {string|undefined} text
 */
export const errorLine = (name, text) => text
  ? html`<p class="error" id="${name}-error">${icon('triangle-alert')}<span>${text}</span></p>`
  : nothing

/**
 * @param {object} field
 * @param {string} field.name
 * @param {string} field.label
 * @param {string} [field.type]
 * @param {string} [field.value]
 * @param {string} [field.hint]
 * @param {string} [field.error]
 * @param {string} [field.autocomplete]
 * @param {string} [field.lang]
 * @param {number} [field.max]
 * @param {boolean} [field.required]
 * @param {boolean} [field.readonly]
 * @param {boolean} [field.long] a text of several lines
 * @param {string} [field.keyboard] which keys a phone shows: its inputmode
 * @param {(value: string) => void} [field.input]
 * @returns {Template}
 */
export function field({ name, label, type = 'text', value = '', hint, error, autocomplete, lang, max, required = false, readonly = false, long = false, keyboard, input }) {
  const tied = tie(name, { hint, error })
  const changed = (/** @type {Event} */ event) => input?.(/** @type {HTMLInputElement} */ (event.target).value)
  return html`
    <div class="field">
      <label for=${tied.id}>${label}</label>
      ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing}
      ${long
        ? html`<textarea id=${tied.id} name=${name} rows="3" dir="auto" lang=${lang ?? nothing} maxlength=${max ?? nothing} ?required=${required}
            aria-describedby=${tied.by} aria-invalid=${tied.invalid} .value=${value} @input=${changed}></textarea>`
        : html`<input id=${tied.id} name=${name} type=${type} lang=${lang ?? nothing} maxlength=${max ?? nothing} autocomplete=${autocomplete ?? 'off'} inputmode=${keyboard ?? nothing}
            ?required=${required} ?readonly=${readonly} aria-describedby=${tied.by} aria-invalid=${tied.invalid} .value=${value} @input=${changed}>`}
      ${errorLine(name, error)}
    </div>`
}
