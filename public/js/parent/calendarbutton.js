/**
 * A meeting, or what is open to all, as a file for the phone's own calendar,
 * made here and so without a network.
 *
 * @import {Meeting} from '../data/meetings.js'
 */
import { t } from '../i18n/messages.js'
import { html } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/** @typedef {{name: string, blob: Blob}} File */

/** @param {Meeting} meeting */
export const calendarButton = (meeting) =>
  fileButton((files) => files.meetingFile(meeting, { title: t('calendar.meeting'), description: t('calendar.description') }))

/** @param {(files: typeof import('./calendarfile.js')) => File} make */
export const fileButton = (make) => html`<div class="stack tight"><button type="button" class="button choice" data-action="calendar"
  @click=${(/** @type {Event} */ e) => save(make, e)}>${icon('calendar-plus')}<span>${t('meeting.calendar')}</span>${icon('chevron-right')}</button>
  <p role="status" class="small"></p></div>`

/**
 * @param {(files: typeof import('./calendarfile.js')) => File} make
 * @param {Event} event
 */
async function save(make, event) {
  const status = /** @type {HTMLElement} */ (event.currentTarget).nextElementSibling
  if (status) status.textContent = ''
  const file = await import('./calendarfile.js').catch(() => null)
  // Not on the phone yet, and no network.
  if (!file) return void (status && (status.textContent = t('problem.why')))
  hand(make(file))
}

/** @param {File} file */
function hand({ name, blob }) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The browser reads the file a moment after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
