/**
 * Somebody else saved the meeting while she wrote: what differs, and her
 * choice for each part. The form always shows what will be saved; what it
 * doesn't show is here, so that nothing is lost.
 *
 * @import {Input} from './input.js'
 * @import {Difference} from './merge.js'
 * @import {Planning} from './planning.js'
 * @import {Group} from '../types.js'
 */
import { html } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatDate, t } from '../../i18n/messages.js'
import { LABELS } from './deadlines.js'
import { same } from './merge.js'

/** @type {Record<Difference['name'], string>} */
const NAMES = {
  groups: 'staff.groups.label', time: 'staff.booking.when', place: 'staff.meeting.place', contact: 'staff.meeting.contact', heldBy: 'staff.meeting.held_by',
  childcare: 'staff.meeting.childcare_short', ...LABELS, information: 'staff.meeting.information', question: 'staff.question.label',
}

/** @param {Planning} planning @param {Group[]} groups that there are @param {(part: Partial<Input>) => void} change */
export const conflict = (planning, groups, change) => html`
  <section class="stack" data-part="conflict" aria-labelledby="conflict-title">
    <div class="notice late" role="alert">${icon('merge')}
      <div class="stack tight">
        <h2 id="conflict-title">${t('staff.meeting.conflict_title')}</h2>
        <p>${t('staff.meeting.conflict_text', { Time: formatDate(planning.theirTime, 'heard') })}</p>
      </div>
    </div>
    <ul class="rows card">${planning.differences.map((d) => row(d, planning.input, groups, change))}</ul>
  </section>`

/** @param {Difference} difference @param {Input} input @param {Group[]} groups @param {(part: Partial<Input>) => void} change */
function row({ name, mine, theirs }, input, groups, change) {
  const now = /** @type {Partial<Input>} */ (Object.fromEntries(Object.keys(mine).map((f) => [f, input[/** @type {keyof Input} */ (f)]])))
  const theirsNow = same(now, theirs)
  const other = theirsNow ? mine : theirs
  return html`
    <li class="difference stack tight" data-difference=${name}>
      <strong>${t(NAMES[name])}</strong>
      <p class="small quiet">${t(theirsNow ? 'staff.meeting.theirs_now' : 'staff.meeting.mine_now')}</p>
      <p class="typed" lang="sv" dir="auto">${inWords(name, other, groups) || '–'}</p>
      <div><button type="button" class="button small" data-action=${theirsNow ? 'take-mine' : 'take-theirs'} @click=${() => change(other)}>${t(theirsNow ? 'staff.meeting.take_mine' : 'staff.meeting.take_theirs')}</button></div>
    </li>`
}

/** @param {Difference['name']} name @param {Partial<Input>} value @param {Group[]} groups */
function inWords(name, value, groups) {
  if (name === 'groups') return groups.filter((g) => value.groups?.includes(g.id)).map((g) => g.name).join(', ')
  if (name === 'childcare') return t(value.childcare ? 'staff.meeting.yes' : 'staff.meeting.no')
  if (name === 'time') return `${dateWords(value.date)} ${value.from}${value.to ? `–${value.to}` : ''}`
  if (name === 'answerBy' || name === 'bookBy' || name === 'cancelBy') return dateWords(value[name])
  return value[name] ?? ''
}

/** @param {string|undefined} date */
const dateWords = (date) => (date ? formatDate(`${date}T12:00:00Z`, 'weekday') : '')
