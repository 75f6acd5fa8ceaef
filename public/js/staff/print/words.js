/**
 * What a printed paper says of its own, in the language of the paper, whatever
 * language the one who prints has chosen for the screen.
 *
 * @typedef {object} Words
 * @property {(id: string) => string} say a message without plural
 * @property {(stored: string) => string} date 12 November
 * @property {(starts: string, ends: string) => string} span Thursday 26 November at 17:30–19:00
 */
import { fetchMessages } from '../../i18n/messages.js'
import { offline } from '../problem.js'
import { local, parse } from '../time.js'

const PLACEHOLDER = /\{\{\s*\.(\w+)\s*\}\}/g

/** @type {Map<string, Promise<Words>>} */
const fetched = new Map()

/**
 * @param {string} tag
 * @returns {Promise<Words>} fails with a Problem where the messages can't be had
 */
export function wordsOf(tag) {
  const words = fetched.get(tag) ?? fetchMessages('parent', tag).catch(() => { throw offline() }).then(speak)
  fetched.set(tag, words)
  words.catch(() => fetched.delete(tag))
  return words
}

/** @param {Record<string, any>} messages @returns {Words} */
function speak(messages) {
  const say = (/** @type {string} */ id, /** @type {Record<string, string|number>} */ params = {}) =>
    String(messages[id]?.other ?? messages[id] ?? id).replace(PLACEHOLDER, (all, name) => String(params[name] ?? all))
  const date = (/** @type {string} */ stored) => {
    const [year, month, day] = local(parse(stored)).date.split('-').map(Number)
    const words = say('date.day_month', { Day: day, Month: say(`date.month.${month}`) })
    return String(year) === local(new Date()).date.slice(0, 4) ? words : say('date.with_year', { Date: words, Year: year })
  }
  const span = (/** @type {string} */ starts, /** @type {string} */ ends) => {
    const { date: on, clock } = local(parse(starts))
    const weekday = (new Date(`${on}T12:00Z`).getUTCDay() + 6) % 7 + 1
    return say('date.and_time', {
      Date: say('date.weekday_day_month', { Weekday: say(`date.weekday.${weekday}`), Date: date(starts) }),
      Time: ends ? `${clock}\u2060–\u2060${local(parse(ends)).clock}` : clock,
    })
  }
  return { say, date, span }
}
