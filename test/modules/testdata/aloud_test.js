import { aloud, freshListening, voiceFor } from '/js/parent/aloud.js'
import { nothing, render } from '/js/lib/html.js'
import { same } from './assert.js'

/** @param {string} lang @param {boolean} [localService] */
const voice = (lang, localService = true) => ({ lang, localService })

/** A phone that speaks only when the test says that a sentence is over. */
class Speech extends EventTarget {
  voices = []
  said = []
  cancelled = 0
  getVoices() { return this.voices }
  speak(utterance) {
    this.now = utterance
    this.said.push(`${utterance.voice.lang}: ${utterance.text}`)
  }
  cancel() {
    this.cancelled++
    this.now?.onerror()
    this.now = undefined
  }
  async ends() {
    this.now.onend()
    await settled()
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

const LINES = [
  { key: 'b0.0', sentence: { text: 'مرحبا', locale: 'ar', state: 'machine', source: 'Hej' } },
  { key: 'b0.1', sentence: { text: 'Vi ses', locale: 'sv', state: 'missing', source: 'Vi ses' } },
  { key: 'b0.2', sentence: { text: 'شكرا', locale: 'ar', state: 'machine', source: 'Tack' } },
]

/** A view with three sentences and what reads them. */
function view(voices) {
  const speech = new Speech()
  speech.voices = voices
  Object.defineProperty(globalThis, 'speechSynthesis', { value: speech, configurable: true })
  globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }
  const root = document.createElement('main')
  const text = root.appendChild(document.createElement('p'))
  for (const { key } of LINES) text.appendChild(document.createElement('span')).dataset.sentence = key
  const bar = root.appendChild(document.createElement('div'))
  document.body.append(root)
  const state = freshListening()
  const draw = () => {
    const button = aloud(LINES, 'ar', state, root, draw)
    render(button === nothing ? '' : button, bar)
  }
  draw()
  return { speech, root, draw, press: async () => { bar.querySelector('button').click(); await settled() },
    offered: () => bar.querySelector('button') !== null, heard: () => root.querySelector('[data-heard]')?.dataset.sentence ?? '' }
}

export default {
  'voices are found by language, and only those on the phone': () => {
    const voices = [voice('en-GB'), voice('sv_SE'), voice('fa-IR'), voice('ar-SA', false), voice('kmr-TR')]
    /** @param {string} tag */
    const found = (tag) => voiceFor(voices, tag)?.lang
    same(['sv', 'sv-simple', 'fa', 'fa-AF', 'ku', 'en'].map(found), ['sv_SE', 'sv_SE', 'fa-IR', 'fa-IR', 'kmr-TR', 'en-GB'])
    same(['ar', 'so', 'f', 'ti'].map(found), [null, null, null, null])
  },

  'each sentence is read by a voice of its language, and marked': async () => {
    const { speech, press, heard, root } = view([voice('ar-EG'), voice('sv-SE')])
    await press()
    same([speech.said, heard()], [['ar-EG: مرحبا'], 'b0.0'])
    await speech.ends()
    same([speech.said[1], heard()], ['sv-SE: Vi ses', 'b0.1'])
    await speech.ends()
    await speech.ends()
    same([speech.said.length, heard(), root.querySelector('button').ariaPressed], [3, '', 'false'])
    root.remove()
  },

  'a sentence that no voice can read is left out': async () => {
    const { speech, press, root } = view([voice('ar-EG')])
    await press()
    await speech.ends()
    same(speech.said, ['ar-EG: مرحبا', 'ar-EG: شكرا'])
    root.remove()
  },

  'a second press stops it': async () => {
    const { speech, press, heard, root } = view([voice('ar-EG')])
    await press()
    await press()
    same([speech.said.length, heard(), root.querySelector('button').ariaPressed], [1, '', 'false'])
    root.remove()
  },

  'what was cut off does not stop what began after it': async () => {
    const { speech, press, heard, root } = view([voice('ar-EG')])
    speech.cancel = () => {} // tells nothing
    await press()
    const late = speech.now
    await press()
    await press()
    late.onerror()
    await settled()
    same([speech.said.length, heard(), root.querySelector('button').ariaPressed], [2, 'b0.0', 'true'])
    root.remove()
  },

  'leaving the view stops it': async () => {
    const { speech, press, root } = view([voice('ar-EG')])
    await press()
    const before = speech.cancelled
    root.remove()
    await settled()
    same([speech.said.length, speech.cancelled > before], [1, true])
  },

  'without a voice nothing is offered, until one comes': () => {
    const { speech, offered, root } = view([])
    same(offered(), false)
    speech.voices = [voice('ar-EG')]
    speech.dispatchEvent(new Event('voiceschanged'))
    same(offered(), true)
    root.remove()
  },
}
