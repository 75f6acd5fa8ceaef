/**
 * Letters as the views need them: every sentence with the text to show, the
 * language that text is in, and how it came about.
 *
 * @import {LetterRecord, Row, SourceTexts, Texts, TextState} from './types.js'
 */
import { SOURCE } from '../i18n/locales.js'
import { announce } from './changes.js'
import { withDB } from './db.js'
import { SOURCE_TEXTS, feedKey, textKey } from './feeds.js'

/**
 * `source` is the original asked for; `missing` has no text in the language asked for and shows the original;
 * `unfetched` the same, but because this phone has not fetched that language yet.
 * @typedef {'source' | 'missing' | 'unfetched' | TextState} State
 *
 * @typedef {{text: string, locale: string, state: State, source: string}} Sentence
 * @typedef {{kind: string, sentences: Sentence[]}} Block
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
 * @typedef {Teaser & {blocks: Block[], meeting: LetterRecord['meeting'], number: number}} Letter
 *
 * @typedef {Record<State, number> & {total: number}} Count
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
 * One letter, or null when it is not on this phone.
 * @param {string} id
 * @param {string} locale
 * @returns {Promise<Letter | null>}
 */
export async function readLetter(id, locale) {
  const row = await withDB((db) => db.get('records', id))
  return row?.kind === 'letter' ? compose(row, await openShelf(locale)) : null
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
 * Counts sentences by state.
 * @param {Sentence[]} sentences
 * @returns {Count}
 */
export function count(sentences) {
  const counted = { total: sentences.length, source: 0, missing: 0, unfetched: 0, machine: 0, draft: 0, reused: 0, reviewed: 0 }
  for (const { state } of sentences) counted[state]++
  return counted
}

/**
 * What a letter is composed from: texts by key, the languages to try in order, names and openings.
 * @typedef {object} Shelf
 * @property {string[]} chain
 * @property {Map<string, Texts | SourceTexts>} texts
 * @property {Set<string>} feeds
 * @property {Map<string, string>} names of groups
 * @property {Map<string, number>} opened
 */

/**
 * @param {string} locale
 * @returns {Promise<Shelf>}
 */
function openShelf(locale) {
  return withDB(async (db) => {
    const tx = db.transaction(['texts', 'feeds', 'groups', 'opened'])
    const [keys, texts, feeds, groups, openedKeys, opened] = await Promise.all([
      tx.objectStore('texts').getAllKeys(), tx.objectStore('texts').getAll(), tx.objectStore('feeds').getAllKeys(),
      tx.objectStore('groups').getAll(), tx.objectStore('opened').getAllKeys(), tx.objectStore('opened').getAll(),
    ])
    return {
      chain: locale === SOURCE ? [] : [locale],
      texts: new Map(keys.map((key, i) => [String(key), texts[i]])),
      feeds: new Set(feeds.map(String)),
      names: new Map(groups.map((g) => [g.id, g.name])),
      opened: new Map(openedKeys.map((key, i) => [String(key), opened[i]])),
    }
  })
}

/**
 * @param {Row} row
 * @param {Shelf} shelf
 * @returns {Letter}
 */
function compose(row, shelf) {
  const scope = bestScope(row, shelf)
  const { epoch, record } = row.via[scope]
  const letter = /** @type {LetterRecord} */ (record)
  /** @param {number[]} numbers */
  const say = (numbers) => numbers.map((n) => sentence(shelf, scope, epoch, n))
  const title = say(letter.title)
  const question = say(letter.question)
  const blocks = letter.blocks.map((b) => ({ kind: b.kind, sentences: say(b.segments) }))
  return {
    id: row.id, title, question, blocks, number: letter.number, meeting: letter.meeting,
    groups: Object.keys(row.via).flatMap((s) => shelf.names.get(s) ?? []).sort((a, b) => a.localeCompare(b, SOURCE)),
    published: letter.published, corrected: letter.corrected,
    fresh: (shelf.opened.get(row.id) ?? 0) < letter.number,
    count: count([...title, ...question, ...blocks.flatMap((b) => b.sentences)]),
  }
}

/**
 * The scope whose version of the letter is the newest and, among equals, has the language on the phone.
 * @param {Row} row
 * @param {Shelf} shelf
 */
function bestScope(row, shelf) {
  /** @param {string} scope */
  const rank = (scope) => {
    const { record } = row.via[scope]
    const fetched = shelf.chain.every((l) => shelf.feeds.has(feedKey(scope, l)))
    return (record.kind === 'letter' ? record.number : 0) * 2 + (fetched ? 1 : 0)
  }
  return Object.keys(row.via).reduce((best, scope) => (rank(scope) > rank(best) ? scope : best))
}

/**
 * @param {Shelf} shelf
 * @param {string} scope
 * @param {string} epoch
 * @param {number} n
 * @returns {Sentence}
 */
function sentence({ chain, texts, feeds }, scope, epoch, n) {
  const source = /** @type {SourceTexts} */ (texts.get(textKey(scope, epoch, SOURCE_TEXTS)))?.[n] ?? ''
  for (const locale of chain) {
    const found = /** @type {Texts} */ (texts.get(textKey(scope, epoch, locale)))?.[n]
    if (found) return { text: found[0], locale, state: found[1], source }
  }
  if (chain.length === 0) return { text: source, locale: SOURCE, state: 'source', source }
  const state = feeds.has(feedKey(scope, chain[0])) ? 'missing' : 'unfetched'
  return { text: source, locale: SOURCE, state, source }
}
