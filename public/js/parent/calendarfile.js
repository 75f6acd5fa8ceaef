/**
 * One meeting as a file for the phone's calendar, made here so that it needs
 * no network. It says what the subscribed calendar says of the meeting
 * (internal/calendar), with the same UID and SEQUENCE, so that a phone with
 * both knows them for the same.
 *
 * Load this module when somebody asks for the file: the library is larger than
 * all else on the page.
 */
import ICAL from '../../vendor/ical/ical.js'

const ZONE = 'Europe/Stockholm'

/** How long a meeting takes that nobody said the end of, in milliseconds. */
const USUAL = 90 * 60 * 1000

// The library counts the bytes of a folded line without the space before them; RFC 5545 allows 75 with it.
ICAL.foldLength = 74

/**
 * @typedef {object} Meeting what a file needs of a meeting; times are RFC 3339, or "" for none
 * @property {string} id
 * @property {string} starts
 * @property {string} ends
 * @property {string} place
 * @property {string} cancelled
 * @property {number} sequence
 *
 * @typedef {object} Words in the reader's language: calendar.meeting or calendar.meeting_cancelled, calendar.description
 * @property {string} title
 * @property {string} description
 */

/**
 * The file, with a name that gives away no more than the day.
 * @param {Meeting} meeting
 * @param {Words} words
 * @param {Date} [now]
 * @returns {{name: string, blob: Blob}}
 */
export function meetingFile(meeting, words, now = new Date()) {
  return file(clock(new Date(meeting.starts)).slice(0, 10), [event(meeting, words, now)])
}

/**
 * What is open to all, with the rule by which it comes back: what is cancelled is left out, what was moved is said apart
 * (RFC 5545, 3.8.4.4 and 3.8.5.1). Everybody may know of it, so it bears its own name.
 * @param {import('../data/themes.js').Activity} activity
 * @param {{title: string}} words in the reader's language
 * @param {Date} [now]
 * @returns {{name: string, blob: Blob}}
 */
export function activityFile(activity, { title }, now = new Date()) {
  const { first, rule, exceptions = [] } = activity
  const from = first[0].slice(11)
  /** @param {[string, string]} clocks @param {any[]} more */
  const held = ([starts, ends], more) => ['vevent', [
    ['uid', {}, 'text', `${activity.id}@folje`],
    ['dtstamp', {}, 'date-time', utc(now)],
    ['sequence', {}, 'integer', activity.sequence],
    local('dtstart', starts), local('dtend', ends),
    ...more,
    ['summary', {}, 'text', plain(title)],
    ...(activity.place ? [['location', {}, 'text', plain(activity.place)]] : []),
    ['url', {}, 'uri', `${location.origin}/activities`],
  ], []]
  const off = exceptions.filter((e) => e.cancelled).map((e) => local('exdate', `${e.on}T${from}`))
  const moved = exceptions.filter((e) => !e.cancelled).map((e) => held([e.starts ?? '', e.ends ?? ''], [local('recurrence-id', `${e.on}T${from}`)]))
  const whole = held(first, rule ? [['rrule', {}, 'recur', ICAL.Recur.fromString(rule).toJSON()], ...off] : [])
  return file(first[0].slice(0, 10), [whole, ...moved])
}

/** @param {string} name @param {string} at 2026-08-18T09:00 by the clock in Stockholm */
const local = (name, at) => [name, { tzid: ZONE }, 'date-time', `${at}:00`]

/**
 * @param {string} day
 * @param {any[]} events
 */
function file(day, events) {
  const calendar = ['vcalendar', [
    ['version', {}, 'text', '2.0'],
    ['prodid', {}, 'text', '-//Folje//Folje//SV'],
    ['method', {}, 'text', 'PUBLISH'],
  ], [timezone(), ...events]]
  return { name: `folje-${day}.ics`, blob: new Blob([ICAL.stringify(calendar)], { type: 'text/calendar;charset=utf-8' }) }
}

/**
 * @param {Meeting} meeting
 * @param {Words} words
 * @param {Date} now
 */
function event(meeting, words, now) {
  const starts = new Date(meeting.starts)
  const ends = meeting.ends ? new Date(meeting.ends) : new Date(starts.getTime() + USUAL)
  return ['vevent', [
    ['uid', {}, 'text', `${meeting.id}@folje`],
    ['dtstamp', {}, 'date-time', utc(now)],
    ['sequence', {}, 'integer', meeting.sequence],
    time('dtstart', starts),
    time('dtend', ends),
    ['status', {}, 'text', meeting.cancelled ? 'CANCELLED' : 'CONFIRMED'],
    ['class', {}, 'text', 'PRIVATE'],
    ['summary', {}, 'text', words.title],
    ['description', {}, 'text', words.description],
    ...(meeting.place ? [['location', {}, 'text', plain(meeting.place)]] : []),
    ['url', {}, 'uri', `${location.origin}/meetings/${meeting.id}`],
  ], []]
}

/**
 * By the clock in Stockholm. In the hour that comes twice in October such a clock means the first, so a time in the
 * second is given in UTC.
 * @param {string} name
 * @param {Date} at
 */
function time(name, at) {
  const local = clock(at)
  if (clock(new Date(at.getTime() - 3600 * 1000)) === local) return [name, {}, 'date-time', utc(at)]
  return [name, { tzid: ZONE }, 'date-time', local]
}

/** Summer time from the last Sunday of March to the last of October, as it has been since 1996. */
function timezone() {
  return ['vtimezone', [['tzid', {}, 'text', ZONE]], [
    change('daylight', 'CEST', '+01:00', '+02:00', '1996-03-31T02:00:00', 3),
    change('standard', 'CET', '+02:00', '+01:00', '1996-10-27T03:00:00', 10),
  ]]
}

/**
 * @param {string} kind
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {string} first
 * @param {number} month
 */
function change(kind, name, from, to, first, month) {
  return [kind, [
    ['tzname', {}, 'text', name],
    ['tzoffsetfrom', {}, 'utc-offset', from],
    ['tzoffsetto', {}, 'utc-offset', to],
    ['dtstart', {}, 'date-time', first],
    ['rrule', {}, 'recur', { freq: 'YEARLY', bymonth: month, byday: '-1SU' }],
  ], []]
}

/**
 * What a clock in Stockholm shows, as 2026-10-22T18:00:00.
 * @param {Date} at
 */
function clock(at) {
  const shown = new Intl.DateTimeFormat('sv', {
    timeZone: ZONE, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23',
    year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  }).format(at)
  return shown.replace(' ', 'T')
}

/** @param {Date} at */
const utc = (at) => at.toISOString().replace(/\.\d+/, '')

/**
 * One line without control characters, which the library passes on.
 * @param {string} text
 */
const plain = (text) => text.split(/[\s\p{Cc}]+/u).filter((word) => word !== '').join(' ')
