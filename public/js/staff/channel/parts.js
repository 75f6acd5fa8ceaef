/**
 * What the channels' pages are made of.
 *
 * @import {Work} from './desk.js'
 * @import {Template} from '../../lib/html.js'
 */
import { t } from '../../i18n/messages.js'
import { formatNumber } from '../../i18n/numbers.js'
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { live } from '../../lib/live.js'
import { errorLine, tie } from '../field.js'

/** What went wrong. @param {string} text */
export const problem = (text) => (text ? html`<p class="notice bad" role="alert">${icon('triangle-alert')}<span>${text}</span></p>` : nothing)

/** How far something slow is. @param {Work} desk */
export const slow = ({ share }) => (share < 0 ? nothing : html`<p class="stack tight" role="status" data-slow>
  <span>${t('staff.channel.slow', { Percent: formatNumber(Math.round(share * 100)) })}</span>
  <progress max="100" value=${Math.round(share * 100)} aria-label=${t('staff.channel.slow_label')}></progress></p>`)

/**
 * A field for what nobody may read over her shoulder. Browsers are not to offer to keep it, so it is none for passwords.
 * @param {{name: string, label: string, value: string, hint?: string, error?: string, shown?: boolean, input: (value: string) => void}} options
 */
export function secret({ name, label, value, hint, error, shown = false, input }) {
  const tied = tie(name, { hint, error })
  return html`<div class="field"><label for=${tied.id}>${label}</label>
    ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing}
    <input id=${tied.id} type="text" class=${shown ? '' : 'secret'} dir="ltr" autocomplete="off" autocorrect="off" autocapitalize="off" spellcheck="false"
      data-secret=${name} aria-describedby=${tied.by} aria-invalid=${tied.invalid} .value=${live(value)}
      @input=${(/** @type {Event} */ e) => input(/** @type {HTMLInputElement} */ (e.target).value)}>
    ${errorLine(name, error)}</div>`
}

/** Whether what is typed is shown. @param {Work} desk */
export const showBox = (desk) => html`<label class="check"><input type="checkbox" .checked=${live(desk.form.shown)} @change=${() => {
  desk.form.shown = !desk.form.shown
  desk.draw()
}}><span>${t('staff.channel.show')}</span></label>`

/**
 * The main button of a form.
 * @param {Work} desk
 * @param {string} action
 * @param {string} sign
 * @param {string} words
 */
export const submit = (desk, action, sign, words) => html`<button type="submit" class="button primary" data-action=${action}
  aria-disabled=${desk.busy ? 'true' : 'false'}>${icon(sign)}<span>${desk.busy === action ? t('staff.channel.busy') : words}</span></button>`

/**
 * @param {string} name data-part
 * @param {string} title
 * @param {unknown} body
 * @returns {Template}
 */
export const section = (name, title, body) => html`<section class="stack" data-part=${name}><h2>${title}</h2>${body}</section>`

/** A key's digits, to be compared. @param {string[]} groups */
export const digits = (groups) => html`<p class="digits" dir="ltr" data-fingerprint>${groups.map((group) => html`<span>${group}</span> `)}</p>`

/** @param {() => void} work */
export const submitting = (work) => (/** @type {Event} */ event) => {
  event.preventDefault()
  work()
}
