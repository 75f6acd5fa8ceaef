/**
 * Saying that a sentence can't be understood, in translation or in the
 * original. The translators read it; nobody learns who sent it.
 *
 * @import {Sentence} from '../data/shelf.js'
 */
import { report, reported } from '../data/own.js'
import { langTag, localeDir, t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { stageLine, stageOf } from './sending.js'
import { loadStyles } from '../lib/styles.js'
import { worry } from './worry.js'

const NOTE = 300

/**
 * @typedef {object} Tool what reading.js asks while sentences are pointed at
 * @property {(sentences: Sentence[]) => Promise<void>} look finds out which of them were reported from here
 * @property {(key: string) => boolean} isChosen
 * @property {(sentence: Sentence, key: string) => unknown} pointable the sentence, to be pointed at as not understood
 * @property {(sentence: Sentence) => unknown} panel of the chosen sentence
 */

/**
 * @param {() => Promise<void>} redraw
 * @returns {Tool}
 */
export function startReport(redraw) {
  loadStyles('/css/meeting.css')
  let chosen = ''
  let note = ''
  /** @type {Map<string, import('../data/own.js').Way>} */
  const ways = new Map()
  /** @param {Sentence} sentence */
  const mark = (sentence) => `${sentence.locale} ${original(sentence)}`
  /** @param {Sentence[]} sentences */
  const look = async (sentences) => {
    let news = false
    for (const s of sentences) {
      const way = await reported(original(s), s.locale)
      if (!way || ways.get(mark(s)) === way) continue
      ways.set(mark(s), way)
      news = true
    }
    if (news) await redraw()
  }
  /** @param {Sentence} sentence */
  const send = async (sentence) => {
    await report(original(sentence), sentence.locale, note.trim())
    note = ''
    await look([sentence])
  }
  /** @param {string} key */
  const choose = (key) => () => {
    chosen = chosen === key ? '' : key
    note = ''
    redraw()
  }
  return {
    look,
    isChosen: (key) => chosen === key,
    pointable: (s, key) => html`<button type="button" class="pick" lang=${langTag(s.locale)} dir=${localeDir(s.locale)} data-sentence=${key}
      aria-expanded=${chosen === key ? 'true' : 'false'} @click=${choose(key)}>${ways.has(mark(s)) ? icon('flag') : nothing}${s.text}</button>`,
    panel: (s) => {
      const way = ways.get(mark(s))
      return way ? told(way) : form(note, (text) => { note = text }, () => send(s))
    },
  }
}

/** @param {Sentence} sentence */
const original = ({ source, text }) => source || text

/**
 * @param {string} note
 * @param {(text: string) => void} typed
 * @param {() => Promise<void>} send
 */
function form(note, typed, send) {
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault()
    send()
  }
  return html`<form class="card stack" data-report @submit=${submit}>
    <div class="field"><label for="report-note">${t('report.what')}</label>
      <textarea id="report-note" rows="2" dir="auto" maxlength=${NOTE} aria-describedby="report-hint report-worry" .value=${note}
        @input=${(/** @type {Event} */ e) => typed(/** @type {HTMLTextAreaElement} */ (e.target).value)}></textarea>
      <span class="hint" id="report-hint">${t('report.who')}</span></div>
    <button type="submit" class="button primary">${icon('send')}<span>${t('report.send')}</span></button>
    ${worry('report-worry')}
  </form>`
}

/** @param {import('../data/own.js').Way} way */
const told = (way) => html`<div class="card" data-reported=${way}>${stageLine(stageOf(way), t(`report.${way}`))}</div>`
