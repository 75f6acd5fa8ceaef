/**
 * What published texts are composed from: every sentence with the text to
 * show, the language that text is in, and how it came about. Letters and
 * meetings are both read with it.
 *
 * @import {FeedRecord, Row, SourceTexts, Texts, TextState} from './types.js'
 */
import { SIMPLE, SOURCE } from '../i18n/locales.js'
import { withDB } from './db.js'
import { SOURCE_TEXTS, feedKey, textKey } from './feeds.js'

/**
 * `source` is the original asked for; `missing` has no text in the language asked for and shows the original, in plain
 * Swedish where there is that; `unfetched` the same, but because this phone has not fetched that language yet.
 * @typedef {'source' | 'missing' | 'unfetched' | TextState} State
 *
 * @typedef {{text: string, locale: string, state: State, source: string}} Sentence
 * @typedef {{kind: string, sentences: Sentence[], attachment?: import('./types.js').AttachmentRecord}} Block
 * @typedef {Record<State, number> & {total: number}} Count
 */

/**
 * Texts by key, the languages to try in order, names and openings.
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
export function openShelf(locale) {
  return withDB(async (db) => {
    const tx = db.transaction(['texts', 'feeds', 'groups', 'opened'])
    const [keys, texts, feeds, groups, openedKeys, opened] = await Promise.all([
      tx.objectStore('texts').getAllKeys(), tx.objectStore('texts').getAll(), tx.objectStore('feeds').getAllKeys(),
      tx.objectStore('groups').getAll(), tx.objectStore('opened').getAllKeys(), tx.objectStore('opened').getAll(),
    ])
    return {
      chain: locale === SOURCE ? [] : locale === SIMPLE ? [SIMPLE] : [locale, SIMPLE],
      texts: new Map(keys.map((key, i) => [String(key), texts[i]])),
      feeds: new Set(feeds.map(String)),
      names: new Map(groups.map((g) => [g.id, g.name])),
      opened: new Map(openedKeys.map((key, i) => [String(key), opened[i]])),
    }
  })
}

/**
 * The newest version of a record, from a scope that has the language on the phone where versions are equal, and a
 * reader of its sentences.
 * @param {Row} row
 * @param {Shelf} shelf
 * @param {(record: any) => number} version higher is newer
 * @returns {{record: FeedRecord, say: (numbers: number[]) => Sentence[]}}
 */
export function newest(row, shelf, version) {
  /** @param {string} scope */
  const rank = (scope) => {
    const fetched = shelf.chain.slice(0, 1).every((l) => shelf.feeds.has(feedKey(scope, l)))
    return version(row.via[scope].record) * 2 + (fetched ? 1 : 0)
  }
  const scope = Object.keys(row.via).reduce((best, other) => (rank(other) > rank(best) ? other : best))
  const { epoch, record } = row.via[scope]
  return { record, say: (numbers) => numbers.map((n) => sentence(shelf, scope, epoch, n)) }
}

/**
 * The names of the groups that a record came through.
 * @param {Row} row
 * @param {Shelf} shelf
 */
export const groupNames = (row, shelf) =>
  Object.keys(row.via).flatMap((scope) => shelf.names.get(scope) ?? []).sort((a, b) => a.localeCompare(b, SOURCE))

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
 * @param {Shelf} shelf
 * @param {string} scope
 * @param {string} epoch
 * @param {number} n
 * @returns {Sentence}
 */
function sentence({ chain, texts, feeds }, scope, epoch, n) {
  const source = /** @type {SourceTexts} */ (texts.get(textKey(scope, epoch, SOURCE_TEXTS)))?.[n] ?? ''
  if (chain.length === 0) return { text: source, locale: SOURCE, state: 'source', source }
  const fetched = feeds.has(feedKey(scope, chain[0])) ? 'missing' : 'unfetched'
  for (const locale of chain) {
    const found = /** @type {Texts} */ (texts.get(textKey(scope, epoch, locale)))?.[n]
    if (found) return { text: found[0], locale, state: locale === chain[0] ? found[1] : fetched, source }
  }
  return { text: source, locale: SOURCE, state: fetched, source }
}
