/** A day as the leaf of a calendar that hangs on the wall: known by its shape before it is read. */
import { leafOf } from '../i18n/format.js'
import { html } from '../lib/html.js'

/**
 * Hidden from screen readers: the date stands beside it in words.
 * @param {string} when
 * @param {boolean} [off] the meeting was cancelled or is over
 */
export function leaf(when, off = false) {
  const { weekday, day, month } = leafOf(when)
  return html`<span class=${off ? 'leaf off' : 'leaf'} aria-hidden="true"><span>${weekday}</span><strong>${day}</strong><span>${month}</span></span>`
}
