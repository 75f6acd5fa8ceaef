/**
 * Reading a letter aloud, for parents who listen: one sentence at a time, one
 * recording, sent when she has heard it. What is recorded waits on this
 * computer until the server has it, and goes when she signs out.
 *
 * @import {Person, Script} from '../staff/types.js'
 * @import {Take} from './recorder.js'
 */
import { render } from '../lib/html.js'
import { onLeave } from '../router.js'
import * as api from '../staff/api.js'
import { drop, keep, kept } from '../staff/kept.js'
import { Problem } from '../staff/problem.js'
import { template } from './aloudview.js'
import { Recorder } from './recorder.js'

const PATH = /^\/translate\/aloud\/(\w+)\/([\w-]+)$/
/** How often what waits for a network is sent again, in ms. */
const TRY_AGAIN = 5_000

/** Where a letter is read aloud. @param {string} letter @param {string} locale */
export const pathOf = (letter, locale) => `/translate/aloud/${letter}/${locale}`

/**
 * The letter and locale of a path, null for another page's.
 * @param {string} path
 */
export function readingAt(path) {
  const found = PATH.exec(path)
  return found && { letter: found[1], locale: found[2] }
}

/**
 * What was recorded and isn't sent, with the words that were read.
 * @typedef {Take & {version: string, marks: number[]}} Unsent
 *
 * @typedef {object} Reading the state of the page
 * @property {Script} script
 * @property {{text: string, at: number}[]} spoken the sentences that are read, with their place among all
 * @property {Recorder} recorder
 * @property {Unsent|null} unsent
 * @property {number|null} share how much is sent, from 0 to 1; null while nothing is being sent
 * @property {boolean} sent
 * @property {boolean} waits for a network
 * @property {string} error
 * @property {string} url of the sound that she can listen to
 */

/** @type {(() => void)|null} */
let close = null

/**
 * @param {HTMLElement} root
 * @param {{letter: string, locale: string}} of
 * @param {Person} person
 */
export async function view(root, of, person) {
  root.dataset.view = 'translate-aloud'
  close?.()
  const script = await api.script(of.letter, of.locale)
  const id = `aloud/${of.letter}/${of.locale}`
  const spoken = script.sentences.flatMap(({ text }, at) => (text ? [{ text, at }] : []))
  const most = { milliseconds: script.maxMilliseconds, bytes: script.maxBytes }
  const draw = () => { if (close === end) render(template(reading, acts), root) }
  /** @type {Reading} */
  const reading = { script, spoken, recorder: new Recorder(spoken.length, most, () => changed()), unsent: null, share: null, sent: false, waits: false, error: '', url: '' }
  const fresh = () => {
    reading.recorder.drop()
    reading.recorder = new Recorder(spoken.length, most, () => changed())
    URL.revokeObjectURL(reading.url)
    Object.assign(reading, { unsent: null, url: '', sent: false, waits: false, error: '' })
  }

  /** @param {Unsent} unsent */
  function offer(unsent) {
    reading.unsent = unsent
    reading.url = URL.createObjectURL(unsent.sound)
  }

  async function changed() {
    const { take } = reading.recorder
    if (take && !reading.unsent) {
      offer({ ...take, version: script.version })
      await keep(person.id, id, reading.unsent)
    }
    draw()
  }

  /** @param {() => Promise<void>} work */
  async function run(work) {
    reading.error = ''
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      reading.waits = error.offline
      reading.error = error.offline ? '' : Object.values(error.fields)[0]?.message ?? error.message
    }
    draw()
  }

  const acts = {
    start: () => reading.recorder.start(),
    next: () => reading.recorder.next(),
    pause: () => (reading.recorder.state === 'paused' ? reading.recorder.resume() : reading.recorder.pause()),
    again: async () => {
      fresh()
      await drop(person.id, id)
      draw()
    },
    send: () => run(async () => {
      const { unsent } = reading
      if (!unsent || reading.share !== null) return
      reading.share = 0
      draw()
      try {
        script.recording = await api.sendRecording(of.letter, of.locale, formOf(script, unsent), (share) => {
          reading.share = share
          draw()
        })
      } finally {
        reading.share = null
      }
      fresh()
      reading.sent = true
      await drop(person.id, id)
    }),
    listen: () => run(async () => {
      if (script.recording) reading.url = URL.createObjectURL(await api.recording(script.recording.id))
    }),
    remove: () => run(async () => {
      await api.removeRecording(of.letter, of.locale)
      script.recording = null
      fresh()
    }),
  }

  const online = () => { if (reading.waits) acts.send() }
  // A browser can say that there is a network before there is one.
  const trying = setInterval(() => { if (navigator.onLine) online() }, TRY_AGAIN)
  function end() {
    if (close === end) close = null
    left.disconnect()
    removeEventListener('online', online)
    clearInterval(trying)
    reading.recorder.drop()
    URL.revokeObjectURL(reading.url)
  }
  close = end
  addEventListener('online', online)
  onLeave(() => ['recording', 'paused'].includes(reading.recorder.state))
  let shown = false // the page is put in place once it was drawn
  const left = new MutationObserver(() => {
    shown ||= root.isConnected
    if (shown && !root.isConnected) end()
  })
  left.observe(document.body, { childList: true })
  const before = await kept(person.id, id)
  if (before?.version === script.version) offer(before)
  else if (before) await drop(person.id, id)
  draw()
}

/** @typedef {{start: () => void, next: () => void, pause: () => void, again: () => void, send: () => void, listen: () => void, remove: () => void}} Acts */

/** One mark for each sentence: one that is not read has that of the next that is. @param {Script} script @param {Unsent} unsent */
function formOf({ sentences }, { sound, marks, milliseconds, version }) {
  let spoken = 0
  const all = sentences.map(({ segment, text }) => [segment, text ? marks[spoken++] : marks[Math.min(spoken, marks.length - 1)]])
  const form = new FormData()
  form.set('audio', sound, 'audio')
  form.set('marks', JSON.stringify(all))
  form.set('milliseconds', String(milliseconds))
  form.set('version', version)
  return form
}
