/**
 * Dates as the reader's language writes them: always Stockholm's time, the
 * Gregorian calendar, a 24-hour clock and the digits of Swedish signs and
 * timetables, so that a date means the same in every language. The names and
 * their order are messages, since browsers lack them for several of our
 * languages; the server says dates with the same ones.
 */
import { compose, t } from './messages.js'

/** @typedef {'date' | 'day' | 'weekday' | 'time' | 'datetime' | 'heard'} Style */

/** English has what the parts of a moment are taken from everywhere; none of its words is used. */
const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Stockholm', calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23',
  year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit',
})

/**
 * A moment in words. `date` 12 November, `day` 12 Nov, `weekday` Thursday 12 November, `time` 14:05, `datetime` weekday
 * and time, `heard` the time today and date and time otherwise. Another year than now's is named. An empty or broken
 * moment gives "".
 * @param {string | number | Date} when RFC 3339 or PocketBase's form of it, milliseconds, or a Date
 * @param {Style} [style]
 * @param {Date} [now]
 */
export function formatDate(when, style = 'date', now = new Date()) {
  const at = read(when)
  if (!at) return ''
  if (style === 'time') return at.clock
  const today = /** @type {Moment} */ (read(now))
  if (style === 'heard') return formatDate(when, isSameDay(at, today) ? 'time' : 'datetime', now)
  const date = dateOf(at, style === 'day' ? 'month_short' : 'month', today.year)
  if (style === 'date' || style === 'day') return date
  const day = compose('date.weekday_day_month', { Weekday: t(`date.weekday.${at.weekday}`), Date: date })
  return style === 'weekday' ? day : compose('date.and_time', { Date: day, Time: at.clock })
}

/**
 * From when to when something is: Thursday 26 November at 17:30–19:00, the times on one line. Without an end it is
 * `datetime`.
 * @param {string} starts
 * @param {string} ends
 */
export function formatSpan(starts, ends) {
  const end = formatDate(ends, 'time')
  return end ? compose('date.and_time', { Date: formatDate(starts, 'weekday'), Time: `${formatDate(starts, 'time')}\u2060–\u2060${end}` })
    : formatDate(starts, 'datetime')
}

/**
 * A moment's day in the three parts of a calendar leaf: Thu, 26, Nov.
 * @param {string} when
 * @returns {{weekday: string, day: string, month: string}}
 */
export function leafOf(when) {
  const at = read(when)
  if (!at) return { weekday: '', day: '', month: '' }
  return { weekday: t(`date.weekday_short.${at.weekday}`), day: String(at.day), month: t(`date.month_short.${at.month}`) }
}

/** @typedef {{year: number, month: number, day: number, weekday: number, clock: string}} Moment Monday is 1 */

/**
 * @param {string | number | Date} when
 * @returns {Moment | null} null where it is no moment
 */
function read(when) {
  const moment = new Date(typeof when === 'string' ? when.replace(' ', 'T') : when)
  if (when === '' || Number.isNaN(moment.getTime())) return null
  const found = Object.fromEntries(parts.formatToParts(moment).map(({ type, value }) => [type, value]))
  const [year, month, day] = [Number(found.year), Number(found.month), Number(found.day)]
  const weekday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7 + 1
  return { year, month, day, weekday, clock: `${found.hour}:${found.minute}` }
}

/**
 * @param {Moment} at
 * @param {'month' | 'month_short'} name
 * @param {number} thisYear
 */
function dateOf({ year, month, day }, name, thisYear) {
  const date = compose('date.day_month', { Day: day, Month: name === 'month' ? t(`date.month.${month}`) : t(`date.month_short.${month}`) })
  return year === thisYear ? date : compose('date.with_year', { Date: date, Year: year })
}

/**
 * @param {Moment} a
 * @param {Moment} b
 */
const isSameDay = (a, b) => a.year === b.year && a.month === b.month && a.day === b.day
