/**
 * The short while before a published letter goes out, in which it can be
 * undone: counted down here, ended by the server, on whatever device.
 *
 * @import {Letter} from '../types.js'
 * @import {Writing} from './writing.js'
 */
import { html } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t, tn } from '../../i18n/messages.js'
import * as api from '../api.js'
import { serverTime } from '../clock.js'
import { tell } from '../dialog.js'
import { Problem } from '../problem.js'
import { parse } from '../time.js'

const SECOND = 1000

/** Seconds between two questions whether somebody else undid it, and whether it is out once its time has come. */
const [SELDOM, OFTEN] = [5, 1]

/** How it ended. @typedef {'out'|'undone'} End */

export class Release {
  busy = false
  #writing
  #root
  #changed
  #ended
  /** Seconds since the server was asked. */ #quiet = 0
  /** @type {ReturnType<typeof setInterval>|undefined} */ #timer

  /**
   * @param {Writing} writing
   * @param {HTMLElement} root of the view it is shown in
   * @param {() => void} changed is told each second
   * @param {(end: End) => void} ended
   */
  constructor(writing, root, changed, ended) {
    this.#writing = writing
    this.#root = root
    this.#changed = changed
    this.#ended = ended
  }

  /** Whether something of the letter waits to go out. */
  get waits() {
    return Boolean(this.#writing.letter?.release)
  }

  /** Whole seconds that are left. */
  get left() {
    const { letter } = this.#writing
    if (!letter?.release) return 0
    return Math.max(0, Math.ceil((parse(letter.release).getTime() - serverTime().getTime()) / SECOND))
  }

  /** Whether parents have an earlier revision meanwhile. */
  get correction() {
    const { letter } = this.#writing
    return letter !== null && letter.number > 0 && !letter.withdrawn
  }

  /** Counts down from now on, if there is anything to wait for. */
  follow() {
    if (!this.waits || this.#timer) return
    this.#timer = setInterval(() => this.#tick(), SECOND)
  }

  /** @throws {Problem} where it is out already */
  async undo() {
    this.busy = true
    try {
      const letter = await api.undo(this.#writing.id, (this.#writing.letter?.number ?? 0) + 1)
      this.#stop()
      tell(t(this.correction ? 'staff.release.undone_correction' : 'staff.release.undone'))
      this.#writing.follow(letter)
      this.#ended('undone')
    } catch (error) {
      if (error instanceof Problem && !error.offline) await this.#ask()
      throw error
    } finally {
      this.busy = false
    }
  }

  #tick() {
    if (!this.#root.isConnected || !this.waits) return this.#stop()
    this.#changed()
    if (++this.#quiet < (this.left ? SELDOM : OFTEN) || this.busy) return
    this.#quiet = -Infinity // until the answer is there
    this.#ask().finally(() => { this.#quiet = 0 })
  }

  /** What became of it; without an answer it is asked again. */
  async #ask() {
    try {
      this.#learn(await api.letter(this.#writing.id))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
    }
  }

  /** @param {Letter} letter */
  #learn(letter) {
    if (!this.waits) return
    const before = this.#writing.letter?.number ?? 0
    const { correction } = this
    this.#writing.follow(letter)
    if (letter.release) return
    this.#stop()
    const out = letter.number > before
    if (out) tell(t(correction ? 'staff.publish.corrected' : 'staff.publish.done'))
    else tell(t('staff.release.undone_elsewhere'))
    this.#ended(out ? 'out' : 'undone')
  }

  #stop() {
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}

/**
 * The seconds are a timer, which screen readers read when asked and leave alone
 * otherwise.
 * @param {Release} release
 * @param {() => void} undo
 */
export const goingBar = (release, undo) => html`
  <div class="going" data-part="going" role="group" aria-label=${t('staff.release.label')} tabindex="-1">
    <p>${icon('hourglass')}<span role="timer">${words(release)}</span></p>
    <button type="button" class="button" data-action="undo-publishing" aria-disabled=${release.busy} @click=${undo}>${icon('undo-2')}${t('staff.release.undo')}</button>
  </div>`

/** @param {Release} release */
function words({ left, correction }) {
  if (!left) return t('staff.release.now')
  return tn(correction ? 'staff.release.correction_in' : 'staff.release.letter_in', left)
}
