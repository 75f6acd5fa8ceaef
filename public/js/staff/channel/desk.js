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

export class Desk {
  /** @type {Channel} */
  channel
  /** @type {OwnKey} */
  key = { recipient: '', identity: '' }
  /** @type {OwnHolder | null} */
  holder = null
  /** What is under way, by its name. */
  busy = ''
  /** How far something slow is, from 0 to 1; -1 where nothing is. */
  share = -1
  error = ''
  form = FRESH()
  #name

  /**
   * @param {ChannelName} name
   * @param {Person} person
   * @param {() => void} draw
   */
  constructor(name, person, draw) {
    this.#name = name
    this.person = person
    this.draw = draw
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

  /**
   * Does something, one at a time, and says what went wrong.
   * @param {string} name
   * @param {() => Promise<unknown>} work
   */
  async act(name, work) {
    if (this.busy) return
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

  /** The key that phones encrypt to now, undefined before the first. */
  get current() {
    return this.channel.keys.find((k) => !k.replaced)
  }
}
