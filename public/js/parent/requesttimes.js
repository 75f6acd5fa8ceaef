/**
 * When a confidential request is answered, and when nobody reads it.
 *
 * @import {Channel} from '../data/types.js'
 */
import { formatDate, t, tn } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/** Days in which nobody reads are told of so long before they begin, in ms. */
const AHEAD = 14 * 24 * 60 * 60_000

/** @param {Channel} channel */
export const answeredLine = ({ answers, hours }) => (answers?.days > 0
  ? html`<p class="fact">${icon('clock')}<span>${tn('request.answered', answers.days)}${hours ? html` <bdi lang="sv">${hours}</bdi>` : nothing}</span></p>` : nothing)

/**
 * The days in which nobody reads, if they are now or soon.
 * @param {Channel} channel
 * @param {Date} now
 */
export function awayNotice({ away }, now) {
  const today = now.toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' })
  const soon = new Date(now.getTime() + AHEAD).toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' })
  return (away ?? []).filter(({ from, to }) => to >= today && from <= soon).map(({ from, to }) => html`<p class="notice late" data-away>${icon('calendar-x')}<span
    >${t(from <= today ? 'request.away_now' : 'request.away_soon', { From: formatDate(from, 'date', now), To: formatDate(to, 'date', now) })}</span></p>`)
}
