/**
 * A confidential request: written here, encrypted on this phone for those who
 * may read it, and sent without anything that says whose it is. It stands where
 * the guide puts it and has no address of its own. What is typed is nowhere but
 * in the fields: they are emptied when the page is left, when the browser puts
 * it aside, and when nobody writes for a while.
 *
 * @import {Channel} from '../data/types.js'
 * @import {Form} from './requestform.js'
 */
import { changes } from '../data/changes.js'
import { wakeLater } from '../data/outbox.js'
import { readGuide } from '../data/guide.js'
import { newUUID } from '../data/device.js'
import { fateOf, fetchKeys, putSealed, requestKeys, sendSealed } from '../data/requests.js'
import { pad } from '../confidential/plain.js'
import { dir, locale, t } from '../i18n/messages.js'
import { nothing, render } from '../lib/html.js'
import { loadStyles } from '../lib/styles.js'
import { firstWrong, form, fresh, requestOf, wrongs } from './requestform.js'
import { ended, unsendable } from './requestended.js'

/** After so long without a key pressed the fields are emptied, in ms. */
const IDLE = 10 * 60_000

/**
 * @typedef {object} Options
 * @property {'steget' | 'familjeguiden'} channel
 * @property {() => void} back to the guide
 * @property {() => void} leave in a hurry
 */

/** @typedef {'writing' | 'locking' | 'closed' | 'unfetched' | import('../data/requests.js').Fate} Stage */

/**
 * Opens the form in an element, which it draws into from then on.
 * @param {HTMLElement} root
 * @param {Options} options
 */
export async function openRequest(root, options) {
  await loadStyles('/css/meeting.css')
  const [channel, name] = await Promise.all([channelOf(options.channel), nameOf(options.channel), loadStyles('/css/request.css')])
  new Sheet(root, options, channel, name).open()
}

/**
 * The channel as this phone knows it; asked for only where the phone has never heard of any.
 * @param {string} name
 * @returns {Promise<Channel | 'closed' | 'unfetched'>}
 */
async function channelOf(name) {
  if (!await requestKeys()) await fetchKeys()
  const known = await requestKeys()
  if (!known) return 'unfetched'
  return known.channels.find((c) => c.channel === name && c.open) ?? 'closed'
}

/** What the municipality calls those who read it. @param {'steget' | 'familjeguiden'} channel */
async function nameOf(channel) {
  const entry = (await readGuide(locale())).entries.find((e) => e.key === channel)
  const name = entry?.name || t(`request.to.${channel}`)
  return dir() === 'rtl' ? `\u2068${name}\u2069` : name
}

class Sheet {
  #root
  #options
  #channel
  #name
  /** @type {Form} */
  #form = fresh()
  /** @type {Stage} */
  #stage = 'writing'
  #op = newUUID()
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #idle

  /**
   * @param {HTMLElement} root
   * @param {Options} options
   * @param {Channel | 'closed' | 'unfetched'} channel
   * @param {string} name
   */
  constructor(root, options, channel, name) {
    this.#root = root
    this.#options = options
    this.#channel = channel
    this.#name = name
    if (typeof channel === 'string') this.#stage = channel
  }

  open() {
    this.#draw()
    this.#root.querySelector('h1')?.focus()
    // Fetched now, so that locking needs no network and no wait.
    import('../confidential/age.js').catch((error) => console.warn('fetch the encryption', error))
    this.#listen()
  }

  /** Ends by itself when the page has gone on to something else. */
  #listen() {
    const over = new AbortController()
    const { signal } = over
    const whileShown = (/** @type {() => void} */ work) => () => (this.#root.isConnected ? work() : over.abort())
    // A page that the browser puts aside, to show again on the way back, holds nothing.
    addEventListener('pagehide', () => this.#empty(), { signal })
    addEventListener('pageshow', (event) => { if (event.persisted && this.#root.isConnected) this.#options.back() }, { signal })
    addEventListener('online', whileShown(() => this.#settle()), { signal })
    changes.addEventListener('change', whileShown(() => this.#settle()), { signal })
    this.#root.addEventListener('input', () => this.#rest(), { signal })
    signal.addEventListener('abort', () => clearTimeout(this.#idle))
  }

  #rest() {
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => {
      if (this.#stage !== 'writing') return
      this.#empty()
      this.#form.emptied = true
      if (this.#root.isConnected) this.#draw()
    }, IDLE)
  }

  /** Forgets what was typed; nothing of it stays in the page either. */
  #empty() {
    this.#form = fresh()
    render(nothing, this.#root)
  }

  /** @returns {void} */
  #draw() {
    const { back, leave } = this.#options
    const name = this.#name
    if (this.#stage === 'closed' || this.#stage === 'unfetched') return void render(unsendable(this.#stage, back), this.#root)
    if (this.#stage === 'writing' || this.#stage === 'locking') {
      const channel = /** @type {Channel} */ (this.#channel)
      return void render(form(this.#form, { channel, name, busy: this.#stage === 'locking', redraw: () => this.#draw(), send: () => this.#send(), cancel: back }), this.#root)
    }
    render(ended(this.#stage, { channel: /** @type {Channel} */ (this.#channel), name, back, leave }), this.#root)
  }

  /** @param {Stage} stage */
  #turn(stage) {
    this.#stage = stage
    this.#draw()
    scrollTo(0, 0)
    this.#root.querySelector('h1')?.focus()
  }

  /** @returns {Promise<void>} */
  async #send() {
    this.#form.shown = true
    this.#form.failed = false
    if (Object.keys(wrongs(this.#form)).length > 0) {
      this.#draw()
      return firstWrong(this.#root)
    }
    this.#stage = 'locking'
    this.#draw()
    try {
      await this.#seal()
    } catch (error) {
      // Without what it was about, which nobody's console needs to know.
      console.warn('seal a request', error instanceof Error ? error.name : '')
      this.#form.failed = true
      this.#stage = 'writing'
      return this.#draw()
    }
    this.#empty()
    this.#turn('waiting')
    await this.#settle()
  }

  async #seal() {
    const { key, recipient } = /** @type {Channel} */ (this.#channel)
    const { seal } = await import('../confidential/age.js')
    await putSealed({ op: this.#op, to: key, ciphertext: await seal(recipient, pad(requestOf(this.#form, new Date()))) })
    wakeLater()
  }

  /** Sends what waits, if that is what the page says, and tells what became of it. */
  async #settle() {
    if (this.#stage !== 'waiting') return
    await sendSealed()
    const fate = await fateOf(this.#op)
    if (fate !== 'waiting') this.#turn(fate)
  }
}
