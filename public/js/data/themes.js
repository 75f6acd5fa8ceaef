/**
 * Themes of meetings, the schools' plans and open activities. They come with
 * the public feed, so every phone has them, also before it has a group.
 *
 * @import {BlockRecord, Row} from './types.js'
 * @import {Block, Sentence, Shelf} from './shelf.js'
 */
import { withDB } from './db.js'
import { newest, openShelf } from './shelf.js'

/**
 * @typedef {'information' | 'discussion' | 'think'} Part
 *
 * @typedef {object} Theme
 * @property {string} id
 * @property {Sentence[]} title
 * @property {Record<Part, Block[]>} parts
 *
 * @typedef {object} PlanRow
 * @property {string} id
 * @property {{id: string, name: string}} unit
 * @property {{id: string, name: string, starts: string, ends: string}} term
 * @property {Theme | null} theme null where it has not come yet
 * @property {[number, number]} years of school, 0 for the preschool class
 * @property {string} day 2026-11-12, or ""
 *
 * @typedef {object} Exception
 * @property {string} on the day that is not as the rule says
 * @property {boolean} [cancelled]
 * @property {string} [starts] by Stockholm's clock, 2026-11-25T10:00
 * @property {string} [ends]
 *
 * @typedef {object} Activity
 * @property {string} id
 * @property {{id: string, name: string}} unit
 * @property {Sentence[]} title
 * @property {Block[]} blocks
 * @property {string} place
 * @property {[number, number]} ages
 * @property {{starts: string, ends: string, cancelled: boolean}[]} times to come, in their order
 * @property {string} until its last day, or ""
 * @property {[string, string]} first from and to, by Stockholm's clock
 * @property {string} [rule] RFC 5545
 * @property {Exception[]} [exceptions]
 * @property {number} sequence
 */

/** @param {string} kind @returns {Promise<Row[]>} */
const rowsOf = async (kind) => (await withDB((db) => db.getAll('records'))).filter((row) => String(row.kind) === kind)

/**
 * One theme, or null where this phone has not got it.
 * @param {string} id
 * @param {string} locale
 * @returns {Promise<Theme | null>}
 */
export async function readTheme(id, locale) {
  const row = await withDB((db) => db.get('records', id))
  return String(row?.kind) === 'theme' ? composeTheme(/** @type {Row} */ (row), await openShelf(locale)) : null
}

/**
 * All rows of all schools' plans, in the order of their terms and days.
 * @param {string} locale
 * @returns {Promise<PlanRow[]>}
 */
export async function planRows(locale) {
  const [rows, themes, shelf] = await Promise.all([rowsOf('plan'), rowsOf('theme'), openShelf(locale)])
  const byId = new Map(themes.map((row) => [row.id, row]))
  return rows.map((row) => {
    const record = /** @type {any} */ (newest(row, shelf, () => 0).record)
    const theme = byId.get(record.theme)
    return { ...record, theme: theme ? composeTheme(theme, shelf) : null }
  }).sort((/** @type {PlanRow} */ a, /** @type {PlanRow} */ b) => a.term.starts.localeCompare(b.term.starts) || a.years[0] - b.years[0] || a.day.localeCompare(b.day))
}

/**
 * Open activities that have a time to come, those with the next one first.
 * @param {string} locale
 * @param {number} [now]
 * @returns {Promise<Activity[]>}
 */
export async function openActivities(locale, now = Date.now()) {
  const [rows, shelf] = await Promise.all([rowsOf('activity'), openShelf(locale)])
  return rows.map((row) => composeActivity(row, shelf, now)).filter(({ times }) => times.length > 0)
    .sort((a, b) => a.times[0].starts.localeCompare(b.times[0].starts))
}

/**
 * @param {Row} row
 * @param {Shelf} shelf
 * @returns {Theme}
 */
function composeTheme(row, shelf) {
  const { record, say } = newest(row, shelf, () => 0)
  const { title, blocks } = /** @type {{title: number[], blocks: (BlockRecord & {part: Part})[]}} */ (/** @type {unknown} */ (record))
  /** @param {Part} part @returns {Block[]} */
  const of = (part) => blocks.filter((b) => b.part === part).map((b) => ({ kind: b.kind, sentences: say(b.segments) }))
  return { id: row.id, title: say(title), parts: { information: of('information'), discussion: of('discussion'), think: of('think') } }
}

/**
 * @param {Row} row
 * @param {Shelf} shelf
 * @param {number} now
 * @returns {Activity}
 */
function composeActivity(row, shelf, now) {
  const { record, say } = newest(row, shelf, (a) => a.sequence)
  const { title, blocks, times, cancelled, ...rest } = /** @type {any} */ (record)
  const lasts = Date.parse(rest.first[1]) - Date.parse(rest.first[0])
  const open = times.map((/** @type {[string, string]} */ [starts, ends]) => ({ starts, ends, cancelled: false }))
  const off = cancelled.map((/** @type {string} */ starts) => ({ starts, ends: new Date(Date.parse(starts) + lasts).toISOString(), cancelled: true }))
  return {
    ...rest, title: say(title), blocks: blocks.map((/** @type {BlockRecord} */ b) => ({ kind: b.kind, sentences: say(b.segments) })),
    times: [...open, ...off].filter((time) => Date.parse(time.ends) > now).sort((a, b) => Date.parse(a.starts) - Date.parse(b.starts)),
  }
}
