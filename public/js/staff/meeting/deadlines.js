/**
 * The last days of a meeting: for answers, and for booking and cancelling
 * interpreters. Staff choose days; what is stored is a moment.
 */
import { addDays, local, parse, stored } from '../time.js'

/** @typedef {'answerBy'|'bookBy'|'cancelBy'} Deadline */

/** How many days before the meeting each is suggested. @type {Record<Deadline, number>} */
export const BEFORE = { answerBy: 3, bookBy: 7, cancelBy: 2 }

/** What each is called, by message. @type {Record<Deadline, string>} */
export const LABELS = { answerBy: 'staff.meeting.answer_by', bookBy: 'staff.meeting.book_by', cancelBy: 'staff.meeting.cancel_by' }

/** What a last day's clock shows when it ends. */
export const END_OF_DAY = '23:59'

export const DEADLINES = /** @type {Deadline[]} */ (Object.keys(BEFORE))

/**
 * What is suggested for a meeting on a date: never a day that has been.
 * @param {string} date 2026-11-26, or ""
 * @param {string} today
 * @returns {Record<Deadline, string>} dates
 */
export function suggested(date, today) {
  const day = (/** @type {Deadline} */ name) => {
    const found = addDays(date, -BEFORE[name])
    return found && found < today && today <= date ? today : found
  }
  return { answerBy: day('answerBy'), bookBy: day('bookBy'), cancelBy: day('cancelBy') }
}

/**
 * The deadlines after the meeting was moved: what stood as suggested moves
 * along, what she chose herself stays.
 * @param {Record<Deadline, string>} chosen
 * @param {{from: string, to: string, today: string}} move dates
 * @returns {Record<Deadline, string>}
 */
export function moved(chosen, { from, to, today }) {
  const [old, next] = [suggested(from, today), suggested(to, today)]
  const day = (/** @type {Deadline} */ name) => (chosen[name] === old[name] ? next[name] : chosen[name])
  return { answerBy: day('answerBy'), bookBy: day('bookBy'), cancelBy: day('cancelBy') }
}

/**
 * The last moment of a day, or of what is left of it before the meeting.
 * @param {string} date or ""
 * @param {string} starts ISO 8601
 * @param {string} before the moment stored so far, which holds while its day does
 * @returns {string} ISO 8601, or ""
 */
export function lastMoment(date, starts, before) {
  if (!date) return ''
  if (before && local(parse(before)).date === date && parse(before) <= parse(starts)) return parse(before).toISOString()
  const end = stored(date, END_OF_DAY)
  return end > starts && local(parse(starts)).date === date ? starts : end
}
