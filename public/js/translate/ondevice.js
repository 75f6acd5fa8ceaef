/**
 * The browser's own translator, where it has one (the Translator API, in
 * Chromium on computers since 138): what it translates stays on the device and
 * is sent nowhere. What it gives is a suggestion like any other, to be read and
 * checked before it is saved. Nothing here ever throws: a browser without it, or
 * one that fails, has no suggestion.
 *
 * @typedef {{sourceLanguage: string, targetLanguage: string}} Pair
 * @typedef {object} Session
 * @property {(text: string, options?: {signal?: AbortSignal}) => Promise<string>} translate
 * @property {() => void} destroy
 * @typedef {object} Api the global `Translator`
 * @property {(pair: Pair) => Promise<string|null>} availability 'available', 'downloadable', 'downloading' or 'unavailable'
 * @property {(pair: Pair) => Promise<Session>} create
 *
 * @typedef {object} OnDevice
 * @property {(text: string) => Promise<string>} suggest the text in the other language, '' where there is none
 * @property {() => void} close gives back the memory
 */

/** How long a suggestion may take, in milliseconds: she goes on by herself then. */
const PATIENCE = 20_000

/** Locales that browsers would take for another language: Dari is not Persian, and lätt svenska is Swedish. */
const NOT_THEIRS = ['sv-simple', 'fa-AF']

/** @returns {Api|undefined} */
const own = () => /** @type {any} */ (globalThis).Translator

/**
 * Whether the browser translates between the locales: at once ('ready'), or
 * after it has fetched what it needs for that ('fetch'), which only a press may
 * begin; '' for not at all.
 * @param {string} from
 * @param {string} to
 * @param {Api|null|undefined} [api]
 * @returns {Promise<'ready'|'fetch'|''>}
 */
export async function available(from, to, api = own()) {
  if (!api || from === to || NOT_THEIRS.includes(from) || NOT_THEIRS.includes(to)) return ''
  try {
    const answer = await api.availability({ sourceLanguage: from, targetLanguage: to })
    if (answer === 'available') return 'ready'
    return answer === 'downloadable' || answer === 'downloading' ? 'fetch' : ''
  } catch {
    return ''
  }
}

/**
 * Opens the translator between the locales, in the handler of a press where
 * [available] says 'fetch'. Null where it can't be opened.
 * @param {string} from
 * @param {string} to
 * @param {Api|null|undefined} [api]
 * @returns {Promise<OnDevice|null>}
 */
export async function open(from, to, api = own()) {
  if (!api || NOT_THEIRS.includes(from) || NOT_THEIRS.includes(to)) return null
  try {
    const session = await api.create({ sourceLanguage: from, targetLanguage: to })
    return { suggest: (text) => suggest(session, text), close: () => session.destroy() }
  } catch {
    return null
  }
}

/**
 * @param {Session} session
 * @param {string} text
 */
async function suggest(session, text) {
  if (!text.trim()) return ''
  try {
    const answer = await session.translate(text, { signal: AbortSignal.timeout(PATIENCE) })
    return typeof answer === 'string' ? answer.trim() : ''
  } catch {
    return ''
  }
}
