/**
 * Days as calendars count them, 2026-11-26, by the clock in Stockholm and
 * without its changes.
 */

const swedish = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Stockholm', calendar: 'gregory', numberingSystem: 'latn', year: 'numeric', month: '2-digit', day: '2-digit' })

/** The day that a moment is on. @param {string | number | Date} when */
export const dayOf = (when) => swedish.format(new Date(typeof when === 'string' ? when.replace(' ', 'T') : when))

/** A moment in the middle of a day, to say it in words. @param {string} day */
export const noonOf = (day) => `${day}T11:00:00Z`

/** A day some days later, or earlier. @param {string} day @param {number} days */
export const plusDays = (day, days) => moved(day, (at) => at.setUTCDate(at.getUTCDate() + days))

/** The first day of a month some months later, or earlier. @param {string} day of the month @param {number} months */
export const monthFrom = (day, months) => moved(`${day.slice(0, 7)}-01`, (at) => at.setUTCMonth(at.getUTCMonth() + months))

/** Monday is 1. @param {string} day */
export const weekdayOf = (day) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7 + 1

/**
 * The days of the weeks that a month is in, week by week from Monday.
 * @param {string} month any day of it
 * @returns {string[][]}
 */
export function weeksOf(month) {
  const first = monthFrom(month, 0)
  const end = monthFrom(month, 1)
  /** @type {string[][]} */
  const weeks = []
  for (let monday = plusDays(first, 1 - weekdayOf(first)); monday < end; monday = plusDays(monday, 7)) {
    weeks.push([0, 1, 2, 3, 4, 5, 6].map((n) => plusDays(monday, n)))
  }
  return weeks
}

/** @param {string} day @param {(at: Date) => void} move */
function moved(day, move) {
  const at = new Date(`${day}T00:00:00Z`)
  move(at)
  return at.toISOString().slice(0, 10)
}
