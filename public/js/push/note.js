/**
 * What a push message says, made safe: it came from outside, and whatever it
 * holds, something is shown. Nothing here needs a page or a network.
 *
 * @typedef {object} Words what is shown when a message says nothing readable
 * @property {string} title
 * @property {string} body
 * @property {string} lang
 * @property {'ltr' | 'rtl'} dir
 *
 * @typedef {object} Note
 * @property {string} id of the delivery, "" when the message names none
 * @property {string} title
 * @property {string} body
 * @property {string} lang
 * @property {'ltr' | 'rtl' | 'auto'} dir
 * @property {string} tag notes of one tag replace each other
 * @property {boolean} silent
 * @property {string} path inside the app, that a tap leads to
 */

/** How long a delivery's id is remembered, and how many are. */
const KEPT = { time: 30 * 24 * 60 * 60_000, most: 200 }
/** The paths that a tap may lead to. */
const PATHS = /^\/(?:(?:letters|meetings)(?:\/[\w-]{1,64})?|more(?:\/[a-z]{1,32})?)$/
/** The last resort: this phone has never been told any words. @type {Words} */
const NAME = { title: 'Följe', body: '', lang: 'sv', dir: 'ltr' }

/**
 * The note in a message: declarative JSON, or anything at all.
 * @param {any} message
 * @param {Words | undefined} words
 * @param {string} origin
 * @returns {Note}
 */
export function readNote(message, words, origin) {
  const said = isObject(message?.notification) ? message.notification : {}
  const data = isObject(said.data) ? said.data : {}
  const readable = text(said.title, 200)
  const { title, body, lang, dir } = readable ? { title: readable, body: text(said.body, 500), lang: text(said.lang, 35), dir: said.dir } : words ?? NAME
  return {
    id: text(data.id, 64), title, body, lang, dir: ['ltr', 'rtl'].includes(dir) ? dir : 'auto', tag: text(said.tag, 100) || 'note',
    silent: said.silent === true, path: pathOf(said.navigate, origin),
  }
}

/**
 * The path inside the app that an address leads to, "/" for every address that isn't one of ours.
 * @param {unknown} address
 * @param {string} origin
 */
export function pathOf(address, origin) {
  try {
    const url = new URL(text(address, 500), origin)
    return url.origin === origin && PATHS.test(url.pathname) ? url.pathname : '/'
  } catch {
    return '/'
  }
}

/**
 * The deliveries shown so far with one more, the oldest forgotten.
 * @param {Record<string, number>} shown when, by id
 * @param {string} id
 * @param {number} now
 * @returns {Record<string, number>}
 */
export function withShown(shown, id, now) {
  const kept = Object.entries({ ...shown, [id]: now }).filter(([, when]) => now - when < KEPT.time)
  return Object.fromEntries(kept.sort(([, a], [, b]) => b - a).slice(0, KEPT.most))
}

/**
 * The latest note of each tag with one more, the tags of long ago forgotten.
 * @param {Record<string, Note>} latest
 * @param {Note} note
 * @returns {Record<string, Note>}
 */
export function withLatest(latest, note) {
  const others = Object.entries(latest).filter(([tag]) => tag !== note.tag)
  return Object.fromEntries([...others, [note.tag, note]].slice(-KEPT.most))
}

/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === 'object' && value !== null

/**
 * @param {unknown} value
 * @param {number} longest
 */
const text = (value, longest) => (typeof value === 'string' ? value.slice(0, longest) : '')
