/**
 * Finding texts on the device alone, in several languages at once. Words may be
 * begun, misspelt, or written without the signs that a keyboard lacks.
 */
import MiniSearch from '../../vendor/minisearch/minisearch.js'

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
 * Reads texts once; what it gives is asked at every letter typed.
 * @param {({id: string} & Record<string, string>)[]} documents
 * @param {Record<string, number>} worth what a word is worth, by the field it stands in
 * @returns {(query: string) => string[]} ids, best first; none for an empty query
 */
export function finder(documents, worth) {
  const index = new MiniSearch({ fields: Object.keys(worth), tokenize: words, processTerm: terms })
  index.addAll(documents)
  const whole = new Map(documents.map((d) => [d.id, words(Object.keys(worth).map((field) => d[field]).join(' ')).join(' ')]))
  return (query) => (query.trim() ? find(index, query, worth, whole) : [])
}

/**
 * @param {MiniSearch} index
 * @param {string} query
 * @param {Record<string, number>} worth
 * @param {Map<string, string>} whole each document's words
 * @returns {string[]}
 */
function find(index, query, worth, whole) {
  const options = {
    boost: worth, prefix: (/** @type {string} */ term) => term.length > 1,
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
