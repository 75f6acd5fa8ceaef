/**
 * Times as staff type them (date and clock in Europe/Stockholm) and as they
 * are stored (UTC).
 */

const ZONE = 'Europe/Stockholm'

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
 * The moment a clock in Stockholm shows this date and time. A time that the
 * change to summer time leaps over is the moment an hour later; one that
 * occurs twice is the first.
 * @param {string} date 2026-11-26
 * @param {string} clock 17:30
 * @returns {string} ISO 8601 in UTC, or "" where the input is no time
 */
export function stored(date, clock) {
  const wall = Date.parse(`${date}T${clock}:00Z`)
  if (Number.isNaN(wall)) return ''
  for (const hours of [2, 1]) {
    const moment = new Date(wall - hours * 3_600_000)
    const shown = local(moment)
    if (shown.date === date && shown.clock === clock) return moment.toISOString()
  }
  return new Date(wall - 3_600_000).toISOString()
}
