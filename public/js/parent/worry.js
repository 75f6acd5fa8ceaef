/**
 * Where worry about a child goes: never into a field of this app, which nobody
 * watches. Only numbers that hold in all of Sweden are named here; urgent help
 * (urgent.js) shows the same.
 */
import { t } from '../i18n/messages.js'
import { html } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/** Number, message. @type {[string, string][]} */
const NUMBERS = [['112', 'worry.112'], ['114 14', 'worry.11414'], ['1177', 'worry.1177'], ['116 111', 'worry.116111']]

/** Whether a number is one of those. @param {string} value */
export const isNational = (value) => NUMBERS.some(([number]) => number.replace(' ', '') === value.replace(/\D/g, ''))

/**
 * The numbers, each to be called with a tap.
 * @param {'' | 'large'} [size]
 */
export const numbers = (size = '') => html`<ul class=${size ? 'stack' : 'stack tight'}>
  ${NUMBERS.map(([number, words]) => html`<li><a class=${`button choice ${size}`} href=${`tel:${number.replace(' ', '')}`}>${icon('phone')}<span
    ><strong dir="ltr">${number}</strong> ${t(words)}</span></a></li>`)}
</ul>`

/** @param {string} id that a field can point to with aria-describedby */
export function worry(id) {
  return html`<div class="worry stack tight" data-worry>
    <p class="small fact" id=${id}>${icon('heart-handshake')}<span>${t('worry.not_here')}</span></p>
    <details>
      <summary class="button plain">${icon('chevron-down')}<span>${t('worry.where')}</span></summary>
      ${numbers()}
      <p class="small">${t('worry.staff')}</p>
    </details>
  </div>`
}
