/**
 * Letters as the views need them.
 *
 * @import {LetterRecord, Row} from './types.js'
 * @import {Shelf} from './shelf.js'
 */
import { announce } from './changes.js'
import { withDB } from './db.js'
import { count, groupNames, newest, openShelf } from './shelf.js'

export { count }

/**
 * @typedef {import('./shelf.js').Block} Block
 * @typedef {import('./shelf.js').Count} Count
 * @typedef {import('./shelf.js').Sentence} Sentence
 *
 * @typedef {object} Teaser a letter in the list
 * @property {string} id
 * @property {Sentence[]} title
 * @property {Sentence[]} question
 * @property {string[]} groups names of the groups it came through
 * @property {string} published
 * @property {string} corrected
 * @property {boolean} fresh not opened on this phone in its present revision
 * @property {Count} count of all its sentences
 *
 * @typedef {Teaser & {blocks: Block[], meeting: LetterRecord['meeting'], number: number,
 *   recordings: NonNullable<LetterRecord['recordings']>}} Letter
 */

/**
 * All letters on the phone, newest first.
 * @param {string} locale
 * @returns {Promise<Teaser[]>}
 */
export async function listLetters(locale) {
  const shelf = await openShelf(locale)
  const rows = await withDB((db) => db.getAll('records'))
  return rows.filter((r) => r.kind === 'letter').map((row) => compose(row, shelf))
    .sort((a, b) => b.published.localeCompare(a.published))
}

/**
 * One letter, or null when it is not on this phone. Its meeting has an id only when that is on this phone too: of one
 * held before there were invitations there is nothing to read.
 * @param {string} id
 * @param {string} locale
 * @returns {Promise<Letter | null>}
 */
export async function readLetter(id, locale) {
  const row = await withDB((db) => db.get('records', id))
  if (row?.kind !== 'letter') return null
  const letter = compose(row, await openShelf(locale))
  const of = letter.meeting?.id
  if (!letter.meeting || !of || await withDB((db) => db.count('records', of)) > 0) return letter
  return { ...letter, meeting: { ...letter.meeting, id: '' } }
}

/**
 * Remembers that the reader has opened this revision of a letter.
 * @param {Letter} letter
 */
export async function markOpened({ id, number, fresh }) {
  if (!fresh) return
  await withDB((db) => db.put('opened', number, id))
  announce()
}

/**
 * @param {Row} row
 * @param {Shelf} shelf
 * @returns {Letter}
 */
function compose(row, shelf) {
  const { record, say } = newest(row, shelf, (letter) => letter.number ?? 0)
  const letter = /** @type {LetterRecord} */ (record)
  const title = say(letter.title)
  const question = say(letter.question)
  const blocks = letter.blocks.map((b) => ({ ...b, sentences: say(b.segments) }))
  return {
    id: row.id, title, question, blocks, number: letter.number, meeting: letter.meeting, recordings: letter.recordings ?? {},
    groups: groupNames(row, shelf), published: letter.published, corrected: letter.corrected,
    fresh: (shelf.opened.get(row.id) ?? 0) < letter.number,
    count: count([...title, ...question, ...blocks.flatMap((b) => b.sentences)]),
  }
}
