/**
 * Dates and numbers as the reader's language writes them: always Stockholm's
 * time, the Gregorian calendar, a 24-hour clock and the digits of Swedish
 * signs and timetables, so that a date means the same in every language.
 */
import { locale } from './messages.js'

const ZONE = 'Europe/Stockholm'

/** @typedef {'date' | 'day' | 'weekday' | 'time' | 'datetime' | 'heard'} Style */

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const STYLES = {
  date: { day: 'numeric', month: 'long' },
  day: { day: 'numeric', month: 'short' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  time: { hour: '2-digit', minute: '2-digit' },
  datetime: { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' },
}

/**
 * A moment in words. `date` 12 November, `day` 12 Nov, `weekday` Thursday 12 November, `time` 14:05, `datetime` weekday
 * and time, `heard` the time today and date and time otherwise. Another year than now's is named. A browser without
 * data for the language gets 2026-11-12 14:05, which reads the same everywhere. An empty or broken moment gives "".
 * @param {string | number | Date} when RFC 3339 or PocketBase's form of it, milliseconds, or a Date
 * @param {Style} [style]
 * @param {Date} [now]
 */
export function formatDate(when, style = 'date', now = new Date()) {
  const moment = new Date(typeof when === 'string' ? when.replace(' ', 'T') : when)
  if (when === '' || Number.isNaN(moment.getTime())) return ''
  if (style === 'heard') return formatDate(moment, sameDay(moment, now) ? 'time' : 'datetime', now)
  const options = { ...STYLES[style] }
  if (style !== 'time' && part(moment, 'year') !== part(now, 'year')) options.year = 'numeric'
  const tag = intlTag()
  return tag ? write(tag, moment, options) : writePlain(moment, style)
}

/**
 * @param {number} value
 * @param {Intl.NumberFormatOptions} [options]
 */
export function formatNumber(value, options = {}) {
  return new Intl.NumberFormat(formatTag(), { numberingSystem: 'latn', ...options }).format(value)
}

/**
 * A moment's day in the three parts of a calendar leaf: Thu, 26, Nov.
 * @param {string} when
 * @returns {{weekday: string, day: string, month: string}}
 */
export function leafOf(when) {
  const moment = new Date(when)
  /** @param {Intl.DateTimeFormatOptions} options */
  const say = (options) => write(formatTag(), moment, options)
  return { weekday: say({ weekday: 'short' }), day: write('sv', moment, { day: 'numeric' }), month: say({ month: 'short' }) }
}

/** The tag that Intl writes the present locale's names by; Swedish where this browser has no data for it. */
export const formatTag = () => intlTag() ?? 'sv'

/** The tag that Intl knows the present locale by, or null when this browser has no data for it. */
function intlTag() {
  const tag = locale()
  const known = tag === 'en' ? 'en-GB' : tag === 'sv-simple' ? 'sv' : tag
  return Intl.DateTimeFormat.supportedLocalesOf([known]).length > 0 ? known : null
}

/**
 * @param {string} tag
 * @param {Date} moment
 * @param {Intl.DateTimeFormatOptions} options
 */
function write(tag, moment, options) {
  return new Intl.DateTimeFormat(tag, { timeZone: ZONE, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', ...options })
    .format(moment)
}

/**
 * @param {Date} moment
 * @param {Style} style
 */
function writePlain(moment, style) {
  const day = write('sv', moment, { year: 'numeric', month: '2-digit', day: '2-digit' })
  const time = write('sv', moment, STYLES.time)
  return style === 'time' ? time : style === 'datetime' ? `${day} ${time}` : day
}

/**
 * @param {Date} a
 * @param {Date} b
 */
const sameDay = (a, b) => writePlain(a, 'date') === writePlain(b, 'date')

/**
 * @param {Date} moment
 * @param {'year'} unit
 */
const part = (moment, unit) => write('sv', moment, { [unit]: 'numeric' })
