/**
 * Saving while somebody writes: a moment after the last change, one save at a
 * time, again when the network is back. What is saved, and where, is the
 * owner's; here is only when.
 */
import { Problem } from './problem.js'

/** Quiet time after a change before it is saved. */
const PAUSE = 1200

/** Waits between attempts while there is no network or the server fails. */
const RETRIES = [5_000, 15_000, 30_000]

/**
 * @typedef {'saved'|'saving'|'unsaved'|'conflict'} SaveState
 * @typedef {''|'offline'|'signed_out'|'invalid'|'forbidden'|'failed'} Reason why it is unsaved; "" while she writes
 */

export class Autosave {
  /** @type {SaveState} */ state = 'saved'
  /** @type {Reason} */ reason = ''
  /** When the last save was answered. @type {Date|null} */ at = null
  /** @type {Problem|null} */ problem = null

  #save
  #changed
  #edits = 0
  #failures = 0
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #timer
  /** @type {Promise<void>|null} */ #running = null
  #stopped = false
  #online = () => this.#soon(0)

  /**
   * @param {() => Promise<void>} save stores what there is now; throws a Problem
   * @param {() => void} changed is told after every change of state
   */
  constructor(save, changed) {
    this.#save = save
    this.#changed = changed
    window.addEventListener('online', this.#online)
  }

  /** Something was written. */
  touch() {
    this.#edits++
    this.#failures = 0
    if (this.state !== 'conflict') this.#become(this.state === 'saving' ? 'saving' : 'unsaved', this.#lasting())
    this.#soon(PAUSE)
  }

  /** Waits with saving until resume: two texts must be made one first. */
  hold() {
    clearTimeout(this.#timer)
    this.#become('conflict')
  }

  /** The two texts are one again. @param {boolean} unsaved whether the server still has to get it */
  resume(unsaved = true) {
    this.#become(unsaved ? 'unsaved' : 'saved')
    if (unsaved) this.touch()
  }

  /**
   * Saves at once and until nothing is left.
   * @returns {Promise<boolean>} whether everything is saved
   */
  async flush() {
    clearTimeout(this.#timer)
    if (this.#running) await this.#running
    if (this.state === 'unsaved') await this.#run()
    return this.state === 'saved'
  }

  /** No saves from now on; what is under way is not interrupted. */
  stop() {
    this.#stopped = true
    clearTimeout(this.#timer)
    window.removeEventListener('online', this.#online)
  }

  /** Waits for a save that is under way. */
  async settled() {
    await this.#running
  }

  /** A reason that still holds while she writes on. @returns {Reason} */
  #lasting() {
    return this.reason === 'offline' || this.reason === 'signed_out' ? this.reason : ''
  }

  /** @param {number} wait */
  #soon(wait) {
    clearTimeout(this.#timer)
    if (this.#stopped) return
    this.#timer = setTimeout(() => this.flush(), wait)
  }

  #run() {
    this.#running = this.#attempt().finally(() => {
      this.#running = null
    })
    return this.#running
  }

  async #attempt() {
    const edits = this.#edits
    this.#become('saving')
    try {
      await this.#save()
      this.at = new Date()
      this.#failures = 0
      this.problem = null
      if (this.#edits === edits) return this.#become('saved')
      this.#become('unsaved')
      this.#soon(PAUSE)
    } catch (error) {
      this.#fail(error instanceof Problem ? error : new Problem(500, '', String(error)))
    }
  }

  /** @param {Problem} problem */
  #fail(problem) {
    this.problem = problem
    if (problem.status === 409) return this.hold()
    if (problem.signedOut) return this.#become('unsaved', 'signed_out')
    if (problem.status === 400 || problem.status === 413) return this.#become('unsaved', 'invalid')
    if (problem.status === 403 || problem.status === 404) return this.#become('unsaved', 'forbidden')
    this.#become('unsaved', problem.offline ? 'offline' : 'failed')
    this.#soon(RETRIES[Math.min(this.#failures++, RETRIES.length - 1)])
  }

  /** @param {SaveState} state @param {Reason} [reason] */
  #become(state, reason = '') {
    this.state = state
    this.reason = reason
    this.#changed()
  }
}
