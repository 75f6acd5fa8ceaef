/**
 * When a confidential request is answered, when nobody reads it, and where to
 * turn instead when it can't wait.
 *
 * @import {Channel} from '../data/types.js'
 */
import { formatDate, t, tn } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { numbers } from './worry.js'

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

/** What can't wait for an answer goes elsewhere: the numbers are here, so that nothing typed is lost. @param {string} id */
export const urgentNote = (id) => html`<div class="worry stack tight" data-worry>
  <p class="small fact" id=${id}>${icon('triangle-alert')}<span>${t('request.urgent')}</span></p>
  <details><summary class="button plain">${icon('chevron-down')}<span>${t('worry.where')}</span></summary>${numbers()}</details></div>`
