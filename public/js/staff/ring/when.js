/**
 * When phones ring, by the hours in which they usually don't: from 21 to 7 in
 * Stockholm. A parent may have chosen other hours.
 */
import { formatDate, t } from '../../i18n/messages.js'
import { addDays, local, parse, stored } from '../time.js'

const [FROM, TO] = ['21:00', '07:00']

/** How long phones may be kept from ringing, in days. */
export const LONGEST = 14

const MINUTE = 60_000

/** When phones with the usual quiet hours ring that may from a moment on. @param {Date} from */
export function ringsAt(from) {
  const { date, clock } = local(from)
  if (clock >= TO && clock < FROM) return from
  return parse(stored(clock < TO ? date : addDays(date, 1), TO))
}

/** @param {Date} rings @param {Date} now @returns {string} a sentence */
export function ringWords(rings, now) {
  if (rings.getTime() < now.getTime() + MINUTE) return t('staff.ring.at_once')
  const today = local(now).date
  const { date } = local(rings)
  if (date === today) return t('staff.ring.today', { Time: formatDate(rings, 'time') })
  if (date === addDays(today, 1)) return t('staff.ring.tomorrow', { Time: formatDate(rings, 'time') })
  return t('staff.ring.at', { Time: formatDate(rings, 'datetime') })
}

/**
 * The moment that somebody chose before which no phone rings.
 * @param {string} typed 2026-11-26T17:30, as Stockholm's clocks show it
 * @param {Date} now
 * @returns {{hold: string, fault: string}} hold: ISO 8601 in UTC; fault: a message id, or ""
 */
export function holdOf(typed, now) {
  const [date, clock = ''] = typed.split('T')
  const hold = stored(date, clock.slice(0, 5))
  return { hold, fault: faultOf(typed, hold, now) }
}

/** What is offered as the latest moment where phones wait for languages, in days and by the clock. */
const [PATIENCE, NOON] = [3, '12:00']

/** How long translators are given where the meeting is too near for that, in hours. */
const HURRY = 2

/**
 * The latest moment that is offered where phones wait until a letter can be
 * read: noon of the day before its meeting, or else in some days.
 * @param {string} starts when the meeting starts, as stored; "" for none
 * @param {Date} now
 * @returns {string} as it is typed
 */
export function latestOf(starts, now) {
  const days = `${addDays(local(now).date, PATIENCE)}T${NOON}`
  const meeting = starts ? parse(starts) : now
  if (meeting <= now) return days
  const before = `${addDays(local(meeting).date, -1)}T${NOON}`
  const { hold, fault } = holdOf(before, now)
  if (hold && !fault) return before
  if (fault === 'staff.ring.time_far') return days
  const { date, clock } = local(new Date(now.getTime() + HURRY * 60 * MINUTE))
  return `${date}T${clock}`
}

/** @param {string} typed @param {string} hold @param {Date} now */
function faultOf(typed, hold, now) {
  if (!hold) return typed ? 'staff.ring.time_none' : 'staff.ring.time_missing'
  const wait = parse(hold).getTime() - now.getTime()
  if (wait <= 0) return 'staff.ring.time_past'
  return wait > LONGEST * 24 * 60 * MINUTE ? 'staff.ring.time_far' : ''
}
