/**
 * Letters and meetings on the phone as they are searched: with all their
 * words, in the reader's language and in the original.
 *
 * @import {Sentence} from './shelf.js'
 *
 * @typedef {object} Found
 * @property {string} id
 * @property {'letter' | 'meeting'} kind
 * @property {Sentence[]} title
 * @property {Sentence[]} question
 * @property {string[]} groups
 * @property {string} date
 * @property {{id: string, title: string, question: string, groups: string, text: string}} words
 */
import { listLetters } from './letters.js'
import { meetings } from './meetings.js'

/**
 * @param {string} locale
 * @returns {Promise<Found[]>}
 */
export async function listTexts(locale) {
  const [letters, held] = await Promise.all([listLetters(locale), meetings(locale)])
  return [
    ...letters.map((l) => found('letter', /** @type {import('./letters.js').Letter} */ (l), l.published)),
    ...held.map((m) => found('meeting', m, m.starts, `${m.place} ${m.contact}`)),
  ]
}

/**
 * @param {Found['kind']} kind
 * @param {{id: string, title: Sentence[], question: Sentence[], groups: string[], blocks: {sentences: Sentence[]}[]}} record
 * @param {string} date
 * @param {string} [more]
 * @returns {Found}
 */
function found(kind, { id, title, question, groups, blocks }, date, more = '') {
  const words = {
    id, title: both(title), question: both(question), groups: groups.join(' '), text: `${both(blocks.flatMap((b) => b.sentences))} ${more}`,
  }
  return { id, kind, title, question, groups, date, words }
}

/** @param {Sentence[]} sentences */
const both = (sentences) => sentences.map(({ text, source }) => (text === source ? text : `${text} ${source}`)).join(' ')
