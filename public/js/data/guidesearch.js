/**
 * Finding in the guide, on the phone alone: names, titles, other names,
 * worries with their synonyms, and texts, in the reader's language and in
 * Swedish at once. Words may be begun, misspelt, or written without the signs
 * that a keyboard lacks.
 *
 * @import {Entry, Guide, Worry} from './guide.js'
 */
import MiniSearch from '../../vendor/minisearch/minisearch.js'
import { sourceOf, textOf } from './guide.js'

/** @typedef {{entries: Entry[], worries: Worry[]}} Found best first */

/** What a word is worth by where it stands. */
const WORTH = { name: 8, title: 5, also: 5, worry: 3, text: 1 }
/** Letters that are one to a reader in a hurry, which Unicode keeps apart. @type {Record<string, string>} */
const SAME = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i', ð: 'd', þ: 'th', є: 'е', ґ: 'г', ʼ: '', 'ـ': '', '\u200c': '', '\u200d': '',
  'ٱ': 'ا', 'ى': 'ي', 'ی': 'ي', 'ې': 'ي', 'ۍ': 'ي', 'ێ': 'ي', 'ک': 'ك', 'ګ': 'گ', 'ڪ': 'ك', 'ة': 'ه', 'ە': 'ه', 'ھ': 'ه', 'ہ': 'ه', 'ۆ': 'و', 'ۇ': 'و', 'ڕ': 'ر', 'ڵ': 'ل', 'ء': '',
}
const OTHER = new RegExp(`[${Object.keys(SAME).join('')}]`, 'g')
/** The article and what is written together with it. */
const ARTICLE = /^[وبفك]?(?:ال|لل)(?=...)/

/**
 * A text as it is compared: small letters without marks, of Arabic script one form of each letter; Ethiopic as it is.
 * @param {string} text
 */
export const fold = (text) => text.normalize('NFKD').toLowerCase().replace(/\p{M}+/gu, '').replace(OTHER, (sign) => SAME[sign])

/** @param {string} text */
const words = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean)

/**
 * What a word is found by: itself, and without the article where it has one.
 * @param {string} word
 */
function terms(word) {
  const bare = word.replace(ARTICLE, '')
  return bare === word ? word : [word, bare]
}

/**
 * Reads the guide once; what it gives is asked at every letter typed.
 * @param {Guide} guide
 * @returns {(query: string) => Found}
 */
export function indexOf(guide) {
  const index = new MiniSearch({ fields: Object.keys(WORTH), tokenize: words, processTerm: terms })
  const documents = [...guide.entries.map((e, i) => documentOf(e, `e${i}`, guide)), ...guide.worries.map((w, i) => worryDocument(w, `w${i}`))]
  index.addAll(documents)
  const whole = new Map(documents.map((d) => [d.id, words(Object.values(d).slice(1).join(' ')).join(' ')]))
  return (query) => {
    const ids = query.trim() ? find(index, query, whole) : []
    /** @template T @param {string} kind @param {T[]} of @returns {T[]} */
    const pick = (kind, of) => ids.filter((id) => id.startsWith(kind)).map((id) => of[Number(id.slice(1))])
    return { entries: pick('e', guide.entries), worries: pick('w', guide.worries).slice(0, 3) }
  }
}

/**
 * @param {MiniSearch} index
 * @param {string} query
 * @param {Map<string, string>} whole each document's words
 * @returns {string[]}
 */
function find(index, query, whole) {
  const options = {
    boost: WORTH, prefix: (/** @type {string} */ term) => term.length > 1,
    fuzzy: (/** @type {string} */ term) => (term.length > 7 ? 2 : term.length > 3 ? 1 : 0), weights: { fuzzy: 0.3, prefix: 0.6 },
  }
  const all = index.search(query, { ...options, combineWith: 'AND' })
  const some = all.length > 0 ? all : index.search(query, options)
  return some.length > 0 ? some.map(({ id }) => String(id)) : inside(query, whole)
}

/**
 * A part from within a word, such as the second half of a Swedish compound.
 * @param {string} query
 * @param {Map<string, string>} whole
 */
function inside(query, whole) {
  const part = words(query).join(' ')
  return part.length < 3 ? [] : [...whole.keys()].filter((id) => whole.get(id)?.includes(part))
}

/** @typedef {{id: string, name: string, title: string, also: string, worry: string, text: string}} Document */

/**
 * @param {Entry} entry
 * @param {string} id
 * @param {Guide} guide
 * @returns {Document}
 */
function documentOf(entry, id, { worries }) {
  const helped = worries.filter((w) => w.guide.includes(entry.id))
  const sentences = entry.sections.flatMap((s) => s.blocks.flatMap((b) => b.sentences))
  return {
    id, name: `${entry.name} ${entry.key.replaceAll('_', ' ')}`, title: both(entry.title), also: entry.also.join(' '),
    worry: helped.map((w) => `${both(w.title)} ${both(w.synonyms)}`).join(' '), text: `${both(sentences)} ${entry.place.name}`,
  }
}

/** @param {Worry} worry @param {string} id @returns {Document} */
const worryDocument = (worry, id) => ({ id, name: '', title: both(worry.title), also: both(worry.synonyms), worry: '', text: '' })

/** @param {import('./shelf.js').Sentence[]} sentences */
const both = (sentences) => `${textOf(sentences)} ${sourceOf(sentences)}`
