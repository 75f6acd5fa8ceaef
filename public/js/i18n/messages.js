/**
 * The interface's messages in the reader's locale. The chosen locale is kept
 * in localStorage, which can be read before the first paint.
 */
import { SOURCE, isLocale, langTag, localeDir, negotiate } from './locales.js'

export { LOCALES, SOURCE, langTag, localeDir, localeName } from './locales.js'
export { formatDate, formatSpan } from './format.js'

const STORED = 'folje.locale'
const PLACEHOLDER = /\{\{\s*\.(\w+)\s*\}\}/g
/** Where browsers lack a locale's plural rule: one with the same rule for whole numbers, and for 1.5. @type {Record<string, string>} */
const SAME_PLURAL = { ckb: 'tr', ku: 'tr', ps: 'tr', so: 'tr', ti: 'hi' }

/** @typedef {string | Record<string, string>} Message a text, or a text per CLDR plural form */
/** @typedef {Record<string, string | number>} Params */
/** @typedef {'later' | 'staff'} Audience */

/** @type {Record<string, Message>} */
let messages = {}
/** Whose messages there are beside those that the app begins with. @type {Set<Audience>} */
const more = new Set()
let tag = stored() ?? negotiate(navigator.languages ?? [navigator.language])

/** The locale that the interface is drawn in. */
export const locale = () => tag

/**
 * The direction of a locale, of the interface's when none is given.
 * @param {string} [of]
 * @returns {'ltr' | 'rtl'}
 */
export const dir = (of = tag) => localeDir(of)

/** Whether somebody has chosen a language on this phone. */
export const isChosen = () => stored() !== null

/** Loads the present locale's messages; call it once, before anything is drawn. */
export async function loadMessages() {
  messages = await early
}

/**
 * Loads the messages of some screens too, in this and every later locale: parents' that a letter doesn't lead to, or staff's.
 * @param {...Audience} audiences
 */
export async function loadMore(...audiences) {
  const missing = audiences.filter((audience) => !more.has(audience))
  if (missing.length === 0) return
  const of = tag
  const parts = await Promise.all(missing.map((audience) => fetchMessages(audience, of)))
  if (of !== tag) return loadMore(...audiences) // another language was chosen meanwhile
  messages = Object.assign({}, messages, ...parts)
  for (const audience of missing) more.add(audience)
}

/**
 * Changes the language and keeps the choice. When the messages can't be had the old language stays and the promise fails.
 * @param {string} chosen
 */
export async function chooseLocale(chosen) {
  if (!isLocale(chosen)) throw new Error(`unknown locale ${chosen}`)
  await load(chosen)
  try {
    localStorage.setItem(STORED, chosen)
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}

/**
 * A message with its placeholders filled. An unknown id gives the id itself.
 * @param {string} id
 * @param {Params} [params]
 */
export function t(id, params) {
  const message = messages[id]
  if (message === undefined) return id
  return fill(typeof message === 'string' ? message : message.other, params)
}

/**
 * A message in the plural form that count takes in the reader's language; {{.Count}} is the count.
 * @param {string} id
 * @param {number} count
 * @param {Params} [params]
 */
export function tn(id, count, params) {
  const message = messages[id]
  if (message === undefined) return id
  const text = typeof message === 'string' ? message : message[pluralForm(count)] ?? message.other
  return fill(text, { Count: count, ...params })
}

/**
 * A message filled with parts that are in the reader's own language themselves, such as the names in a date.
 * @param {string} id
 * @param {Params} params
 */
export const compose = (id, params) => t(id).replace(PLACEHOLDER, (_, name) => String(params[name]))

/** @param {string} wanted @returns {Promise<void>} */
async function load(wanted) {
  const audiences = /** @type {const} */ (['parent', ...more])
  const parts = await Promise.all(audiences.map((audience) => fetchMessages(audience, wanted)))
  if (more.size >= audiences.length) return load(wanted) // others were loaded meanwhile
  messages = Object.assign({}, ...parts)
  tag = wanted
  document.documentElement.lang = langTag(wanted)
  document.documentElement.dir = localeDir(wanted)
}

/**
 * The messages of an audience in a locale.
 * @param {'parent' | Audience} audience
 * @param {string} wanted
 * @returns {Promise<Record<string, Message>>}
 */
export async function fetchMessages(audience, wanted) {
  const [keys, texts] = await fetchPair(audience, wanted, 'default').then((pair) => (fits(pair) ? pair : fetchPair(audience, wanted, 'reload')))
  if (!fits([keys, texts])) throw new Error(`messages of ${wanted}: keys of another version`)
  return Object.fromEntries(keys.list.map((/** @type {string} */ key, /** @type {number} */ i) => [key, texts.texts[i]]))
}

/**
 * The keys, and the texts in their order. The server may have got other messages between the two answers.
 * @param {string} audience
 * @param {string} wanted
 * @param {RequestCache} cache
 */
const fetchPair = (audience, wanted, cache) => Promise.all(['keys', wanted].map(async (name) => {
  const answer = await fetch(`/locales/${audience}/${name}.json`, { cache })
  if (!answer.ok) throw new Error(`messages, ${name}: ${answer.status}`)
  return answer.json()
}))

/** @param {any[]} pair */
const fits = ([keys, texts]) => keys.keys === texts.keys

/**
 * The CLDR form; a browser that doesn't know the locale would answer for its own language.
 * @param {number} count
 */
function pluralForm(count) {
  const known = Intl.PluralRules.supportedLocalesOf([langTag(tag)]).length > 0
  return new Intl.PluralRules(known ? langTag(tag) : SAME_PLURAL[tag] ?? SOURCE).select(count)
}

/**
 * @param {string} text
 * @param {Params} [params]
 */
function fill(text, params) {
  if (!params) return text
  return text.replace(PLACEHOLDER, (all, name) => (name in params ? isolate(params[name]) : all))
}

/**
 * A Swedish name inside an Arabic sentence must not turn the sentence's order round.
 * @param {string | number} value
 */
function isolate(value) {
  return dir() === 'rtl' && typeof value === 'string' ? `\u2068${value}\u2069` : String(value)
}

function stored() {
  try {
    const kept = localStorage.getItem(STORED)
    return kept && isLocale(kept) ? kept : null
  } catch {
    return null
  }
}

document.documentElement.lang = langTag(tag)
document.documentElement.dir = localeDir(tag)
// The page starts this module before the app's other modules have arrived; the messages come meanwhile.
const early = fetchMessages('parent', tag)
early.catch(() => {})
