/**
 * A meeting as a file for the phone's own calendar, made here and so without a
 * network.
 *
 * @import {Meeting} from '../data/meetings.js'
 */
import { t } from '../i18n/messages.js'
import { html } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/** @param {Meeting} meeting */
export const calendarButton = (meeting) => html`<div class="stack tight"><button type="button" class="button choice" data-action="calendar"
  @click=${(/** @type {Event} */ e) => save(meeting, e)}>${icon('calendar-plus')}<span>${t('meeting.calendar')}</span>${icon('chevron-right')}</button>
  <p role="status" class="small"></p></div>`

/**
 * @param {Meeting} meeting
 * @param {Event} event
 */
async function save(meeting, event) {
  const status = /** @type {HTMLElement} */ (event.currentTarget).nextElementSibling
  if (status) status.textContent = ''
  const file = await import('./calendarfile.js').catch(() => null)
  // Not on the phone yet, and no network.
  if (!file) return void (status && (status.textContent = t('problem.why')))
  hand(file.meetingFile(meeting, { title: t('calendar.meeting'), description: t('calendar.description') }))
}

/** @param {{name: string, blob: Blob}} file */
function hand({ name, blob }) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The browser reads the file a moment after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
