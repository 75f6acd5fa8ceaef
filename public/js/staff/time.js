/**
 * Times as staff type them (date and clock in Europe/Stockholm) and as they
 * are stored (UTC). What the clocks do twice a year is known from Intl alone.
 */

const ZONE = 'Europe/Stockholm'

const DAY = 24 * 3_600_000

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE, hourCycle: 'h23',
  year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
})

/** A stored time as a Date: PocketBase writes a space where ISO has a T. @param {string} stored */
export const parse = (stored) => new Date(stored.replace(' ', 'T'))

/**
 * @param {Date} time
 * @returns {{date: string, clock: string}} 2026-11-26 and 17:30
 */
export function local(time) {
  /** @type {Record<string, string>} */
  const p = Object.fromEntries(parts.formatToParts(time).map(({ type, value }) => [type, value]))
  return { date: `${p.year}-${p.month}-${p.day}`, clock: `${p.hour}:${p.minute}` }
}

/**
 * Every moment at which a clock in Stockholm shows this date and time, in
 * order: one, none where the change to summer time leaps over it, two where
 * the change back repeats it.
 * @param {string} date 2026-11-26
 * @param {string} clock 17:30
 * @returns {string[]} ISO 8601 in UTC; empty also where the input is no time
 */
export function moments(date, clock) {
  const wall = Date.parse(`${date}T${clock}:00Z`)
  if (Number.isNaN(wall)) return []
  // Whatever the zone does that night, it keeps one of the offsets round it.
  const offsets = new Set([wall - DAY, wall + DAY].map(offset))
  return [...offsets].map((ahead) => new Date(wall - ahead)).filter((moment) => {
    const shown = local(moment)
    return shown.date === date && shown.clock === clock
  }).sort((a, b) => a.getTime() - b.getTime()).map((moment) => moment.toISOString())
}

/** How far Stockholm's clocks are ahead of UTC. @param {number} moment whole minutes @returns {number} milliseconds */
function offset(moment) {
  const { date, clock } = local(new Date(moment))
  return Date.parse(`${date}T${clock}:00Z`) - moment
}

/**
 * The moment a clock in Stockholm shows this date and time.
 * @param {string} date 2026-11-26
 * @param {string} clock 17:30
 * @param {boolean|null} [later] the second of two
 * @returns {string} ISO 8601 in UTC, or "" where the input is no time or does not exist
 */
export function stored(date, clock, later = false) {
  const found = moments(date, clock)
  return (later ? found.at(-1) : found[0]) ?? ''
}

/**
 * A date some days later, or earlier. Days are counted in the calendar, since
 * not all of them have 24 hours.
 * @param {string} date 2026-11-26
 * @param {number} days
 * @returns {string} "" where the input is no date
 */
export function addDays(date, days) {
  const at = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(at)) return ''
  const day = new Date(at)
  day.setUTCDate(day.getUTCDate() + days)
  return day.toISOString().slice(0, 10)
}
