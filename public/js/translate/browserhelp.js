/**
 * What the browser's own translator makes of a sentence, where it has one for
 * her language: one more suggestion, and a machine's.
 */
import { SOURCE } from '../i18n/messages.js'
import { available, open } from './ondevice.js'

export class BrowserHelp {
  /** fetch: it begins with her press; fetching: it isn't there yet. @type {''|'fetch'|'fetching'|'ready'} */ state = ''

  /** By the sentence; "" while it is not answered, or can't be. @type {Map<string, string>} */
  #texts = new Map()
  /** @type {import('./ondevice.js').OnDevice|null} */
  #session = null
  #closed = false
  #locale
  #changed

  /**
   * @param {string} locale
   * @param {() => void} changed is told when there is more to show
   */
  constructor(locale, changed) {
    this.#locale = locale
    this.#changed = changed
  }

  /** Finds out what the browser can, and begins where it needn't fetch anything. */
  async learn() {
    const can = await available(SOURCE, this.#locale)
    if (this.#closed || !can) return
    if (can === 'ready') return this.start()
    this.state = can
    this.#changed()
  }

  /** Opens the translator: in the handler of her press where the state is fetch. */
  async start() {
    this.state = 'fetching'
    this.#changed()
    const session = await open(SOURCE, this.#locale)
    if (this.#closed) return session?.close()
    this.#session = session
    this.state = session ? 'ready' : ''
    this.#changed()
  }

  /**
   * Its text of the sentence, "" for none; asks for it the first time, and
   * tells when it is there.
   * @param {string} source
   */
  of(source) {
    if (this.#session && !this.#texts.has(source)) this.#ask(this.#session, source)
    return this.#texts.get(source) ?? ''
  }

  /** Gives back the memory. */
  close() {
    this.#closed = true
    this.#session?.close()
    this.#session = null
  }

  /** @param {import('./ondevice.js').OnDevice} session @param {string} source */
  async #ask(session, source) {
    this.#texts.set(source, '')
    const text = await session.suggest(source)
    if (this.#closed || !text) return
    this.#texts.set(source, text)
    this.#changed()
  }
}
