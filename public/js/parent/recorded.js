/**
 * A letter read aloud by a person: what loading it costs stands beside the
 * button, nothing is fetched before the tap, and the sentence that is heard is
 * marked. It plays on with the screen locked, where nothing says whose letter it is.
 *
 * @import {Letter} from '../data/letters.js'
 * @import {RecordingRecord} from '../data/types.js'
 * @import {Line} from './aloud.js'
 */
import { Refused, Unheard } from '../data/net.js'
import { kept, load, recordingOf } from '../data/sound.js'
import { locale, t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { clock, size } from '../lib/measure.js'
import { highlight } from './aloud.js'

/** @typedef {'offered' | 'loading' | 'failed' | 'ready'} Phase */

/** One recording in one view, from the offer to the last sentence. */
export class Player {
  /** @type {Phase} */ phase = 'offered'
  /** What the server said when it refused, or "". */ refusal = ''
  /** Whether the phone has it already. */ kept = false
  share = 0
  /** @type {HTMLAudioElement | null} */ #audio = null
  #url = ''
  #heard = -1
  #left = new MutationObserver(() => { if (!this.root.isConnected) this.end() })

  /**
   * @param {RecordingRecord} recording
   * @param {Line[]} lines in the recording's order
   * @param {HTMLElement} root
   * @param {() => unknown} redraw
   */
  constructor(recording, lines, root, redraw) {
    this.recording = recording
    this.lines = lines
    this.root = root
    this.redraw = redraw
  }

  get playing() {
    return this.#audio !== null && !this.#audio.paused
  }

  /** Where in the recording, in milliseconds. */
  get at() {
    return Math.round((this.#audio?.currentTime ?? 0) * 1000)
  }

  /** Plays, after having loaded what isn't here yet; or pauses. */
  async toggle() {
    if (this.phase === 'loading') return
    if (this.#audio) return this.playing ? this.#audio.pause() : this.#play()
    this.phase = 'loading'
    this.redraw()
    try {
      this.#open(await kept(this.recording.id) ?? await load(this.recording, locale(), (share) => this.#progress(share)))
      this.phase = 'ready'
      this.kept = true
      await this.#play()
    } catch (error) {
      if (!(error instanceof Unheard || error instanceof Refused)) throw error
      this.phase = 'failed'
      this.refusal = error instanceof Refused ? error.message : ''
    }
    this.redraw()
  }

  /** The view was left, or shows something else. */
  end() {
    this.#audio?.pause()
    this.#audio?.removeAttribute('src')
    this.#audio = null
    if (this.#url) URL.revokeObjectURL(this.#url)
    this.#left.disconnect()
    this.root.removeEventListener('click', this.#tap, { capture: true })
    highlight(this.root, '')
  }

  /** @param {number} share */
  #progress(share) {
    if (Math.floor(share * 20) === Math.floor(this.share * 20)) return
    this.share = share
    this.redraw()
  }

  /** @param {Blob} sound */
  #open(sound) {
    this.#url = URL.createObjectURL(sound)
    const audio = new Audio(this.#url)
    this.#audio = audio
    audio.addEventListener('timeupdate', () => this.#follow())
    for (const event of ['play', 'pause', 'ended']) audio.addEventListener(event, () => this.#changed())
    this.#left.observe(document.body, { childList: true })
    this.root.addEventListener('click', this.#tap, { capture: true })
  }

  async #play() {
    if (!this.#audio || !this.root.isConnected) return
    this.#announce()
    try {
      await this.#audio.play()
    } catch (error) {
      // A browser that wants a tap of its own for it: the button says play again.
      if (/** @type {any} */ (error)?.name !== 'NotAllowedError' && /** @type {any} */ (error)?.name !== 'AbortError') throw error
    }
  }

  /** What a locked screen shows: that something is read aloud, and nothing else. */
  #announce() {
    const session = navigator.mediaSession
    if (!session) return
    session.metadata = new MediaMetadata({ title: t('recorded.session') })
    session.setActionHandler('play', () => this.#play())
    session.setActionHandler('pause', () => this.#audio?.pause())
    session.setActionHandler('previoustrack', () => this.#jump(this.#heard - 1))
    session.setActionHandler('nexttrack', () => this.#jump(this.#heard + 1))
  }

  #changed() {
    if (this.#audio?.ended) this.#audio.currentTime = 0
    this.#follow()
    this.redraw()
  }

  /** Marks the sentence that is heard now. */
  #follow() {
    const { at, playing, recording: { marks } } = this
    let heard = -1
    if (playing) marks.forEach((mark, i) => { if (mark <= at && this.lines[i].sentence.text) heard = i })
    if (heard === this.#heard) return
    this.#heard = heard
    highlight(this.root, heard < 0 ? '' : this.lines[heard].key)
  }

  /** @param {number} line */
  #jump(line) {
    const mark = this.recording.marks[line]
    if (!this.#audio || mark === undefined) return
    this.#audio.currentTime = mark / 1000
    this.#follow()
  }

  /** While it plays, a tap on a sentence goes there. @param {Event} event */
  #tap = (event) => {
    const element = /** @type {Element} */ (event.target)
    const sentence = /** @type {HTMLElement | null} */ (element.closest('[data-sentence]'))
    const line = this.lines.findIndex(({ key }) => key === sentence?.dataset.sentence)
    if (!this.playing || line < 0 || element.closest('a')) return
    event.stopPropagation()
    event.preventDefault()
    this.#jump(line)
  }
}

/**
 * The player of a letter's recording in a language, null where there is none.
 * @param {Letter} letter as it is read in the language
 * @param {string} language
 * @param {Line[]} lines
 * @param {{player?: Player}} state of the view
 * @param {HTMLElement} root
 * @param {() => unknown} redraw
 * @returns {Promise<unknown>}
 */
export async function recorded(letter, language, lines, state, root, redraw) {
  const recording = await recordingOf(letter, language)
  if (state.player && state.player.recording.id !== recording?.id) {
    state.player.end()
    state.player = undefined
  }
  if (!recording) return null
  if (!state.player) {
    state.player = new Player(recording, lines, root, redraw)
    state.player.kept = await kept(recording.id) !== null
  }
  return template(state.player)
}

/** @param {Player} player */
function template(player) {
  const { phase, playing, kept, recording } = player
  const length = clock(recording.milliseconds)
  const cost = kept ? t('recorded.kept', { Length: length }) : t('recorded.cost', { Size: size(recording.bytes), Length: length })
  return html`<div class="aloud recorded no-print" data-part="recorded" data-phase=${playing ? 'playing' : phase}>
    <button type="button" class="button" data-action="listen" aria-pressed=${playing ? 'true' : 'false'} ?disabled=${phase === 'loading'} @click=${() => player.toggle()}
      >${icon(playing ? 'pause' : 'play')}<span>${t(playing ? 'recorded.pause' : 'recorded.play')}</span></button>
    <span class="quiet small">${phase === 'loading' ? t('recorded.loading', { Percent: Math.floor(player.share * 100) }) : cost}</span>
    ${phase === 'loading' ? html`<progress max="100" value=${Math.floor(player.share * 100)} aria-label=${t('recorded.play')}></progress>` : nothing}
    ${phase === 'ready' ? html`<p class="quiet small">${t('recorded.tap')}</p>` : nothing}
    ${phase === 'failed' ? html`<p class="notice late" role="alert">${icon('wifi-off')}<span>${player.refusal || t('recorded.failed')}</span></p>` : nothing}
  </div>`
}
