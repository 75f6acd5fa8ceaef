/**
 * Reading a text aloud. Only voices that are on the phone itself read: the text
 * of others goes to their maker. A recording by a person would come before any
 * voice.
 *
 * @import {Sentence} from '../data/shelf.js'
 */
import { t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/**
 * @typedef {{key: string, sentence: Sentence}} Line a sentence, and the data-sentence of the element that shows it
 * @typedef {object} Listening
 * @property {string} reading the language that is being read aloud in this view, or ""
 * @property {object} [turn] tells one reading from the one before
 * @property {boolean} waits for voices
 */

/** @returns {Listening} */
export const freshListening = () => ({ reading: '', waits: false })

/** How voices call a language that goes under another tag here; the first that a phone has is taken. @type {Record<string, string[]>} */
const VOICED_AS = { 'sv-simple': ['sv'], 'fa-AF': ['fa-AF', 'prs', 'fa'], ku: ['ku', 'kmr'] }

/**
 * The button that reads lines aloud in a language, or nothing where this phone has no voice for it. Sentences in
 * another language are read by a voice for that one, or left out.
 * @param {Line[]} lines
 * @param {string} language
 * @param {Listening} state
 * @param {HTMLElement} root of the view; what is read is marked in it, and stops when it is left
 * @param {() => unknown} redraw
 */
export function aloud(lines, language, state, root, redraw) {
  if (state.reading && state.reading !== language) stop(state)
  const voices = knownVoices(state, redraw)
  if (!voiceFor(voices, language)) return nothing
  const toggle = () => {
    if (state.reading) stop(state)
    else play(lines, voices, language, state, root, redraw)
    redraw()
  }
  return html`<div class="aloud no-print"><button type="button" class="button" data-aloud aria-pressed=${state.reading ? 'true' : 'false'} @click=${toggle}
    >${icon(state.reading ? 'square' : 'volume-2')}<span>${t(state.reading ? 'aloud.stop' : 'aloud.play')}</span></button>
    <span class="quiet small">${t('aloud.voice')}</span></div>`
}

/**
 * Marks the one line that is heard now; none for "".
 * @param {HTMLElement} root
 * @param {string} key
 */
export function highlight(root, key) {
  for (const element of root.querySelectorAll('[data-sentence]')) {
    element.toggleAttribute('data-heard', key !== '' && /** @type {HTMLElement} */ (element).dataset.sentence === key)
  }
}

/**
 * The voice on this phone for a language.
 * @param {SpeechSynthesisVoice[]} voices
 * @param {string} language
 */
export function voiceFor(voices, language) {
  /** @param {string} tag */
  const speaks = (tag) => voices.find((v) => {
    const lang = `${v.lang.replace('_', '-')}-`.toLowerCase() // older Androids write sv_SE
    return v.localService && lang.startsWith(`${tag.toLowerCase()}-`)
  })
  return (VOICED_AS[language] ?? [language]).map(speaks).find(Boolean)
}

/**
 * The voices there are by now. Most browsers have none at first; the view is drawn again when they come.
 * @param {Listening} state
 * @param {() => unknown} redraw
 * @returns {SpeechSynthesisVoice[]}
 */
function knownVoices(state, redraw) {
  const voices = globalThis.speechSynthesis?.getVoices() ?? []
  if (voices.length === 0 && !state.waits) {
    state.waits = true
    globalThis.speechSynthesis?.addEventListener?.('voiceschanged', redraw, { once: true })
  }
  return voices
}

/**
 * @param {Line[]} lines
 * @param {SpeechSynthesisVoice[]} voices
 * @param {string} language
 * @param {Listening} state
 * @param {HTMLElement} root
 * @param {() => unknown} redraw
 */
async function play(lines, voices, language, state, root, redraw) {
  speechSynthesis.cancel()
  state.reading = language
  // Browsers say late that a voice was cut off; by then another reading may have begun.
  const turn = state.turn = {}
  const leave = () => {
    left.disconnect()
    if (state.turn === turn) stop(state)
  }
  const left = new MutationObserver(() => { if (!root.isConnected) leave() })
  left.observe(document.body, { childList: true })
  addEventListener('pagehide', leave)
  for (const { key, sentence } of lines) {
    const voice = voiceFor(voices, sentence.locale)
    if (!voice || !sentence.text) continue
    highlight(root, key)
    if (!await say(sentence.text, voice) || state.turn !== turn) break
  }
  removeEventListener('pagehide', leave)
  leave()
  if (state.turn) return
  highlight(root, '')
  if (root.isConnected) redraw()
}

/** @param {Listening} state */
function stop(state) {
  state.reading = ''
  state.turn = undefined
  speechSynthesis.cancel()
}

/**
 * @param {string} text
 * @param {SpeechSynthesisVoice} voice
 * @returns {Promise<boolean>} whether it was read to its end
 */
function say(text, voice) {
  const utterance = new SpeechSynthesisUtterance(text)
  utterance.voice = voice
  utterance.lang = voice.lang
  return new Promise((resolve) => {
    utterance.onend = () => resolve(true)
    utterance.onerror = () => resolve(false)
    speechSynthesis.speak(utterance)
  })
}
