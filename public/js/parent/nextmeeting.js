/** The meeting that comes next, with its question to the reader, above the letters. */
import { withDB } from '../data/db.js'
import { isOver, meetings } from '../data/meetings.js'
import { SOURCE, formatDate, locale, t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { loadStyles } from '../lib/styles.js'
import { CHOICES, choices, given, keep } from './answer.js'
import { leaf } from './leaf.js'
import { hours, meetingMarks, nameOf } from './occasion.js'
import { schoolYear } from './schoolyear.js'
import { searchLink } from './searchlink.js'

/**
 * The next meeting's card, where one is to come, below what is asked in a new school year, and the way to the search.
 * @param {import('./answer.js').Answering} state
 * @param {() => Promise<void>} redraw
 */
export async function nextMeeting(state, redraw) {
  const [all, year, search] = await Promise.all([meetings(locale()), schoolYear(redraw), onPhone().then(searchLink), loadStyles('/css/meeting.css')])
  const next = all.find((m) => !isOver(m) && !m.cancelled)
  if (!next) return html`${year}${search}`
  const body = given(next)
  return html`${year}<section class="card stack next" aria-labelledby="next" data-next=${next.id}>
    <h2 id="next" class="label">${t('letters.next_meeting')}</h2>
    <a class="occasion" href=${`/meetings/${next.id}`}>${leaf(next.starts)}<span class="stack tight"><strong>${nameOf(next)}</strong>
      <span class="small">${formatDate(next.starts, 'weekday')} ${hours(next)}</span>
      ${next.place ? html`<span class="quiet small"><bdi lang=${SOURCE}>${next.place}</bdi></span>` : nothing}</span>${icon('chevron-right')}</a>
    ${body.status === 'none'
      ? html`<div class="row apart ask"><strong>${t('answer.coming')}</strong>${choices(body, (status) => keep(next, state, redraw, () => ({ status })), CHOICES.slice(0, 2))}</div>`
      : html`<p class="row marks">${meetingMarks(next)} <a class="change" href=${`/meetings/${next.id}`}>${t('answer.change')}</a></p>`}
  </section>${search}`
}

/** How many letters this phone has. */
const onPhone = () => withDB((db) => db.getAll('records')).then((all) => all.filter((r) => r.kind === 'letter').length)
