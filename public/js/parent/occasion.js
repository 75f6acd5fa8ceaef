/**
 * What every view says of a meeting: its name, when it is, and how it stands.
 *
 * @import {Meeting} from '../data/meetings.js'
 */
import { isOver } from '../data/meetings.js'
import { formatDate, t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { run } from './sentences.js'
import { stageMark } from './sending.js'

/**
 * A QPM meeting has no title of its own.
 * @param {Meeting} meeting
 */
export const nameOf = (meeting) => (meeting.title.length > 0 ? run(meeting.title) : t('meeting.parents'))

/**
 * From when to when, on the meeting's day; in Arabic the start is to the right.
 * @param {{starts: string, ends: string}} meeting
 */
export function hours({ starts, ends }) {
  const from = formatDate(starts, 'time')
  return html`<span class="hours">${from}${ends ? `–${formatDate(ends, 'time')}` : ''}</span>`
}

/**
 * Whether the time or the place was changed after parents had been invited.
 * @param {Meeting} meeting
 */
export const isChanged = (meeting) => meeting.sequence > 0 && !meeting.cancelled && !isOver(meeting)

/**
 * The marks of a meeting in a list: cancelled, changed, how the own answer stands.
 * @param {Meeting} meeting
 */
export function meetingMarks(meeting) {
  const { answer } = meeting
  if (meeting.cancelled) return html`<span class="state failed" data-cancelled>${icon('calendar-x')}<span>${t('meeting.cancelled')}</span></span>`
  return html`${isChanged(meeting) ? html`<span class="state pending" data-changed>${icon('pencil')}<span>${t('meeting.changed')}</span></span>` : nothing}
    ${answer && answer.status !== 'none' ? said(answer.status, answer.state === 'refused')
      : isOver(meeting) ? nothing : html`<span class="state new" data-unanswered>${icon('message-circle')}<span>${t('answer.coming')}</span></span>`}
    ${answer && answer.state !== 'applied' && !(answer.state === 'late' && isOver(meeting)) ? stageMark(answer.state) : nothing}`
}

/** @param {'accepted' | 'declined' | 'tentative'} status @param {boolean} refused then it doesn't look as if it counted */
function said(status, refused) {
  const sign = { accepted: 'calendar-check', declined: 'calendar-x', tentative: 'circle-help' }[status]
  return html`<span class=${status === 'accepted' && !refused ? 'state reviewed' : 'state'} data-said=${status}>${icon(sign)}<span>${t(`answer.said_${status}`)}</span></span>`
}
