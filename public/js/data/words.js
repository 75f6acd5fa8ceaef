/**
 * School words: what preschool and school call things, explained. They come
 * with the public feed, so every phone has them, also before it has a group.
 *
 * @import {Sentence} from './shelf.js'
 */
import { withDB } from './db.js'
import { newest, openShelf } from './shelf.js'

/**
 * @typedef {object} Word
 * @property {string} id
 * @property {Sentence[]} term
 * @property {Sentence[]} explanation
 * @property {string[]} forms as they stand in Swedish sentences
 *
 * @typedef {{kind: string, id: string, title: number[], blocks: import('./types.js').BlockRecord[], forms: string[]}} WordRecord
 */

/**
 * All school words on the phone, by their Swedish names.
 * @param {string} locale
 * @returns {Promise<Word[]>}
 */
export async function listWords(locale) {
  const rows = (await withDB((db) => db.getAll('records'))).filter((row) => String(row.kind) === 'word')
  if (rows.length === 0) return []
  const shelf = await openShelf(locale)
  return rows.map((row) => {
    const { record, say } = newest(row, shelf, () => 0)
    const { title, blocks, forms } = /** @type {WordRecord} */ (/** @type {unknown} */ (record))
    return { id: row.id, term: say(title), explanation: blocks.flatMap((b) => say(b.segments)), forms }
  }).sort((a, b) => named(a).localeCompare(named(b), 'sv'))
}

/**
 * A word's Swedish name.
 * @param {Word} word
 */
export const named = ({ term }) => term.map((s) => s.source).join(' ')

/**
 * What cuts Swedish texts where school words stand in them: whole words only, the longest where several fit.
 * @param {Word[]} words
 * @returns {(text: string) => {text: string, word?: Word}[]}
 */
export function wordFinder(words) {
  const byForm = new Map(words.flatMap((word) => [named(word), ...word.forms].filter(Boolean).map((form) => [form.toLowerCase(), word])))
  const forms = [...byForm.keys()].sort((a, b) => b.length - a.length)
  if (forms.length === 0) return (text) => [{ text }]
  const any = new RegExp(forms.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'giu')
  return (text) => cut(text, any, byForm)
}

/**
 * @param {string} text
 * @param {RegExp} any
 * @param {Map<string, Word>} byForm
 */
function cut(text, any, byForm) {
  /** @type {{text: string, word?: Word}[]} */
  const pieces = []
  let end = 0
  for (const match of text.matchAll(any)) {
    const start = match.index ?? 0
    // Browsers of 2022 can't look behind a match.
    if (LETTER.test(text.slice(0, start).slice(-1)) || LETTER.test(text.charAt(start + match[0].length))) continue
    if (start > end) pieces.push({ text: text.slice(end, start) })
    pieces.push({ text: match[0], word: byForm.get(match[0].toLowerCase()) })
    end = start + match[0].length
  }
  return end < text.length ? [...pieces, { text: text.slice(end) }] : pieces
}

const LETTER = /[\p{L}\p{N}]/u
