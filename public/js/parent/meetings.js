/** All meetings on this phone: those to come first, those that were below. */
import { withDB } from '../data/db.js'
import { isOver, meetings } from '../data/meetings.js'
import { SOURCE, formatDate, locale, t } from '../i18n/messages.js'
import { html, nothing, render, repeat } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { leaf } from './leaf.js'
import { hours, meetingMarks, nameOf } from './occasion.js'
import { paragraphDir, run } from './sentences.js'

/** @typedef {import('../data/meetings.js').Meeting} Meeting */

/** @type {import('../routes.js').View} */
export async function view(_path, root) {
  const [all, groups] = await Promise.all([meetings(locale()), withDB((db) => db.count('groups'))])
  const over = all.filter((m) => isOver(m)).reverse()
  const coming = all.filter((m) => !isOver(m))
  render(html`<div class="stack loose">
    <h1>${t('meetings.title')}</h1>
    ${coming.length > 0 ? html`<ol class="meetings">${repeat(coming, (m) => m.id, row)}</ol>` : groups > 0 ? nothingYet() : noGroup()}
    ${groups > 0 ? html`<a class="button choice" href="/wishes">${icon('lightbulb')}<span>${t('wish.title')}</span>${icon('chevron-right')}</a>` : nothing}
    ${over.length > 0 ? html`<section class="stack" aria-labelledby="over"><h2 id="over">${t('meetings.over')}</h2>
      <ol class="meetings over">${repeat(over, (m) => m.id, row)}</ol></section>` : nothing}
  </div>`, root)
}

/** @param {Meeting} meeting */
function row(meeting) {
  return html`<li><a class="meeting-row" href=${`/meetings/${meeting.id}`} data-meeting=${meeting.id}>
    ${leaf(meeting.starts, meeting.cancelled !== '' || isOver(meeting))}
    <div class="stack tight">
      <h3>${nameOf(meeting)}</h3>
      <p class="small"><span class="visually-hidden">${formatDate(meeting.starts, 'weekday')} </span>${hours(meeting)}${meeting.place ? html` · <bdi lang=${SOURCE}>${meeting.place}</bdi>` : nothing}</p>
      <p class="quiet small"><bdi lang=${SOURCE}>${meeting.groups.join(', ')}</bdi></p>
      ${meeting.question.length > 0 && !isOver(meeting) ? html`<p class="teaser" dir=${paragraphDir(meeting.question)}>${run(meeting.question)}</p>` : nothing}
      <p class="row small marks">${meetingMarks(meeting)}</p>
    </div></a></li>`
}

const nothingYet = () => html`<div class="empty">${icon('calendar')}<p>${t('meetings.none')}</p></div>`

function noGroup() {
  return html`<div class="empty">${icon('calendar')}<p>${t('meetings.no_group')}</p>
    <a class="button primary" href="/join">${icon('qr-code')}<span>${t('welcome.code')}</span></a></div>`
}
