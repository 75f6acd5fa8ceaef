/**
 * After a confidential request was written, and where none can be: what
 * happens next, and the way out.
 *
 * @import {Channel} from '../data/types.js'
 * @import {Fate} from '../data/requests.js'
 */
import { t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { leaveBar } from './guideleave.js'
import { answeredLine, awayNotice, urgentNote } from './requesttimes.js'

/** @type {Record<Fate, {sign: string, title: string, what: string}>} */
const FATES = {
  waiting: { sign: 'clock', title: 'request.waiting', what: 'request.waiting_what' },
  applied: { sign: 'circle-check', title: 'request.sent', what: 'request.sent_what' },
  rejected: { sign: 'circle-x', title: 'request.rejected', what: 'request.rejected_what' },
}

/**
 * The calm page after it.
 * @param {Fate} fate
 * @param {{channel: Channel, name: string, back: () => void, leave: () => void}} options
 */
export function ended(fate, { channel, name, back }) {
  const { sign, title, what } = FATES[fate]
  return html`<div class="stack loose narrow request-ended" data-fate=${fate}>
    <header class="stack">${icon(sign)}<h1 tabindex="-1">${t(title)}</h1><p role="status">${t(what)}</p></header>
    ${fate === 'rejected' ? nothing : html`<section class="stack"><h2>${t('request.next')}</h2>
      <p>${t('request.next_read', { Name: name })}</p>
      ${answeredLine(channel)}
      ${awayNotice(channel, new Date())}
      <p>${t('request.next_silent')}</p></section>`}
    ${urgentNote('request-urgent')}
    <div class="row"><button type="button" class="button" data-action="guide" @click=${back}>${icon('compass')}<span>${t('request.guide')}</span></button></div>
  </div>${leaveBar()}`
}

/**
 * No request can be written here now.
 * @param {'closed' | 'unfetched'} why
 * @param {() => void} back
 */
export const unsendable = (why, back) => html`<div class="stack loose narrow" data-unsendable=${why}>
    <h1 tabindex="-1">${t('request.title')}</h1>
    <p class="notice late" role="status">${icon(why === 'closed' ? 'circle-x' : 'wifi-off')}<span>${t(`request.${why}`)}</span></p>
    ${urgentNote('request-urgent')}
    <div class="row"><button type="button" class="button" data-action="guide" @click=${back}>${icon('compass')}<span>${t('request.guide')}</span></button></div>
  </div>${leaveBar()}`
