/**
 * Meetings as the views need them: the invitation in the reader's language,
 * and what was answered on this phone.
 *
 * @import {BlockRecord, OwnAnswer, Row} from './types.js'
 * @import {Block, Count, Sentence, Shelf} from './shelf.js'
 */
import { withDB } from './db.js'
import { count, groupNames, newest, openShelf } from './shelf.js'

/** A meeting without an end is over so long after its start. */
const USUAL = 3 * 3_600_000

/**
 * @typedef {object} MeetingRecord a published meeting; times are RFC 3339 or "", the numbers are segments of the scope
 *   it came through
 * @property {'meeting'} kind
 * @property {string} id
 * @property {'qpm' | 'thematic' | 'open'} type
 * @property {string} published
 * @property {string} cancelled
 * @property {string} starts
 * @property {string} ends
 * @property {string} answerBy
 * @property {string} place
 * @property {boolean} childcare it is offered
 * @property {string} contact
 * @property {number} sequence how often its time or place was changed
 * @property {string} [theme] of a thematic meeting, whose record is everybody's
 * @property {string} [heldBy]
 * @property {number[]} title
 * @property {number[]} question
 * @property {BlockRecord[]} blocks
 *
 * @typedef {object} Meeting
 * @property {string} id
 * @property {string} type
 * @property {string} published
 * @property {string} cancelled when, or ""
 * @property {string} starts
 * @property {string} ends
 * @property {string} answerBy
 * @property {string} place
 * @property {boolean} childcare
 * @property {string} contact
 * @property {number} sequence
 * @property {string} [theme] of a thematic meeting
 * @property {string} [heldBy]
 * @property {Sentence[]} title empty for a QPM meeting
 * @property {Sentence[]} question
 * @property {Block[]} blocks
 * @property {string[]} groups
 * @property {Count} count of all its sentences
 * @property {OwnAnswer | null} answer as it was last written here
 */

/**
 * All meetings on the phone, in the order of their dates.
 * @param {string} locale
 * @returns {Promise<Meeting[]>}
 */
export async function meetings(locale) {
  const shelf = await openShelf(locale)
  const [rows, answers] = await withDB((db) => Promise.all([db.getAll('records'), db.getAll('answers')]))
  const own = new Map(answers.map((a) => [a.meeting, a]))
  return rows.filter((r) => r.kind === 'meeting').map((row) => compose(row, shelf, own.get(row.id)))
    .sort((a, b) => a.starts.localeCompare(b.starts))
}

/**
 * One meeting, or null when it is not on this phone.
 * @param {string} id
 * @param {string} locale
 * @returns {Promise<Meeting | null>}
 */
export async function meeting(id, locale) {
  const [row, answer] = await withDB((db) => Promise.all([db.get('records', id), db.get('answers', id)]))
  return row?.kind === 'meeting' ? compose(row, await openShelf(locale), answer) : null
}

/**
 * Whether a meeting has ended.
 * @param {{starts: string, ends: string}} meeting
 * @param {number} [now]
 */
export const isOver = ({ starts, ends }, now = Date.now()) => now > (Date.parse(ends) || Date.parse(starts) + USUAL)

/**
 * Whether an answer would be late: after the last day for answers or, without one, after the start.
 * @param {{answerBy: string, starts: string}} meeting
 * @param {number} [now]
 */
export const isLate = ({ answerBy, starts }, now = Date.now()) => now > Date.parse(answerBy || starts)

/**
 * @param {Row} row
 * @param {Shelf} shelf
 * @param {OwnAnswer} [answer]
 * @returns {Meeting}
 */
function compose(row, shelf, answer) {
  const version = newest(row, shelf, (m) => m.sequence * 2 + (m.cancelled ? 1 : 0))
  const record = /** @type {MeetingRecord} */ (/** @type {unknown} */ (version.record))
  const { kind, ...plain } = record
  const title = version.say(record.title ?? [])
  const question = version.say(record.question)
  const blocks = record.blocks.map((b) => ({ kind: b.kind, sentences: version.say(b.segments) }))
  return {
    ...plain, id: row.id, title, question, blocks, groups: groupNames(row, shelf), answer: answer ?? null,
    count: count([...title, ...question, ...blocks.flatMap((b) => b.sentences)]),
  }
}
