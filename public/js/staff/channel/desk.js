/**
 * What one page about a channel works with: what the server told, what is
 * under way, and what went wrong, in words.
 *
 * @import {Person} from '../types.js'
 * @import {Channel, ChannelName, OwnHolder, OwnKey} from './types.js'
 */
import { t } from '../../i18n/messages.js'
import { Unopened } from '../../confidential/age.js'
import { Problem } from '../problem.js'
import * as api from './api.js'
import { holdChannel, isUnlocked } from './keyring.js'

/** What only this page knows, until it is left or locked. */
const FRESH = () => ({
  passphrase: '', again: '', shown: false, wrong: '', recovery: '', typed: '', step: '', cover: { id: '', from: '', to: '' }, compared: '',
})

/** What is under way on a page, how far it is, and what went wrong. */
export class Work {
  /** What is under way, by its name. */
  busy = ''
  /** How far something slow is, from 0 to 1; -1 where nothing is. */
  share = -1
  error = ''
  form = FRESH()
  /** What is under way or waits for its turn. @type {Set<string>} */
  #names = new Set()
  /** @type {Promise<void>} */
  #last = Promise.resolve()

  /**
   * @param {Person} person
   * @param {() => void} draw
   */
  constructor(person, draw) {
    this.person = person
    this.draw = draw
  }

  /**
   * Does something after what is under way, and says what went wrong. The same twice at a time is done once.
   * @param {string} name
   * @param {() => Promise<unknown>} work
   */
  async act(name, work) {
    if (this.#names.has(name)) return
    this.#names.add(name)
    const turn = this.#last.then(() => this.#attempt(name, work)).finally(() => this.#names.delete(name))
    this.#last = turn.catch(() => {})
    await turn
  }

  /** @param {string} name @param {() => Promise<unknown>} work */
  async #attempt(name, work) {
    Object.assign(this, { busy: name, error: '' })
    this.draw()
    try {
      await work()
    } catch (error) {
      if (error instanceof Problem) this.error = error.message
      else if (error instanceof Unopened) this.error = t('staff.channel.unopened')
      else throw error
    } finally {
      Object.assign(this, { busy: '', share: -1 })
      this.draw()
    }
  }

  /** Something slow goes on. @param {number} share */
  progress = (share) => {
    this.share = share
    this.draw()
  }

  /** Forgets what was typed. */
  clear() {
    this.form = FRESH()
  }
}

/** The work of one channel's page. */
export class Desk extends Work {
  /** @type {Channel} */
  channel
  /** @type {OwnKey} */
  key = { recipient: '', identity: '' }
  /** @type {OwnHolder | null} */
  holder = null
  #name

  /**
   * @param {ChannelName} name
   * @param {Person} person
   * @param {() => void} draw
   */
  constructor(name, person, draw) {
    super(person, draw)
    this.#name = name
    this.channel = /** @type {Channel} */ (/** @type {unknown} */ (null))
  }

  /** Asks the server for everything; what is unlocked gets the keys that are new. */
  async load() {
    const [channels, key] = await Promise.all([api.channels(), api.ownKey()])
    const channel = channels.find((c) => c.name === this.#name)
    if (!channel) throw new Problem(404, '', t('staff.problem.not_found'))
    this.channel = channel
    this.key = key
    this.holder = channel.role && channel.mine && channel.mine.state !== 'left' ? await api.ownHolder(this.#name) : null
    if (this.holder && isUnlocked()) await holdChannel(this.holder.wraps)
  }

  /** The key that phones encrypt to now, undefined before the first. */
  get current() {
    return this.channel.keys.find((k) => !k.replaced)
  }
}
