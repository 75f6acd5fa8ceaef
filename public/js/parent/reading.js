/**
 * A letter's blocks as they are read: one language with the original under a
 * tapped sentence, or both languages side by side, with the switch between them.
 *
 * @import {Block, Count, Sentence} from '../data/shelf.js'
 */
import { SIMPLE } from '../i18n/locales.js'
import { SOURCE, langTag, locale, localeDir, localeName, t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { linkify } from '../lib/linkify.js'
import { count } from '../data/shelf.js'
import { marks, paragraphDir, plain, plainMark } from './sentences.js'

/**
 * @typedef {'translation' | 'second' | 'source' | 'both'} Mode
 *
 * @typedef {object} Reading how the letter is being read
 * @property {Mode} mode
 * @property {string} language asked for
 * @property {Count} [count] of the whole letter's sentences; without it every mark is shown
 * @property {Set<string>} open keys of the sentences whose original is shown
 * @property {() => Promise<void>} redraw
 * @property {import('./schoolwords.js').Words} [words] once they were fetched
 * @property {Drawing} [attached] draws blocks that stand for a picture or a document; their words alone without it
 * @property {import('./report.js').Tool} [report] while the reader points at a sentence that she does not understand
 */

/** Gets the block, its words as they are read, and as plain text. @typedef {(block: Block, words: unknown, text: string) => unknown} Drawing */

/** Kinds that stand on a line of their own with a sign. @type {Record<string, string>} */
const SIGNS = { date: 'calendar', place: 'map-pin', contact: 'phone' }

/**
 * The switch between translation, original and both beside each other.
 * @param {{mode: Mode, open: Set<string>}} state
 * @param {string} second language that the reader reads too, or ""
 * @param {() => Promise<void>} redraw
 */
export function modes(state, second, redraw) {
  if (locale() === SOURCE && !second) return nothing
  /** @param {Mode} mode */
  const choose = (mode) => () => {
    state.mode = mode
    state.open.clear()
    redraw()
  }
  /** @param {Mode} mode @param {unknown} words */
  const choice = (mode, words) => html`<button type="button" data-mode=${mode} aria-pressed=${state.mode === mode ? 'true' : 'false'}
    @click=${choose(mode)}>${words}</button>`
  /** @param {string} tag */
  const name = (tag) => html`<bdi lang=${langTag(tag)}>${localeName(tag)}</bdi>`
  const languages = locale() === SOURCE ? [choice('source', name(SOURCE))] : [choice('translation', name(locale())), choice('source', name(SOURCE))]
  if (second && second !== locale() && second !== SOURCE) languages.splice(1, 0, choice('second', name(second)))
  return html`<div class="modes" role="group" aria-label=${t('letter.modes')}>${languages}${locale() === SOURCE ? nothing
    : choice('both', html`${icon('columns-2')}<span>${t('letter.both')}</span>`)}</div>`
}

/**
 * @param {Block[]} list
 * @param {Reading} reading
 * @param {string} [before] their keys begin with, where a view has several lists
 */
export function blocks(list, reading, before = 'b') {
  return chunks(list, before).map((chunk) => (chunk.items
    ? html`<ul class="items stack tight">${chunk.items.map(([block, key]) => html`<li dir=${paragraphDir(block.sentences)}>${paragraph(block.sentences, key, reading)}</li>`)}</ul>`
    : block(chunk.block, chunk.key, reading)))
}

/**
 * Sentences as one paragraph, each with its original on demand, or in pairs.
 * @param {Sentence[]} sentences
 * @param {string} key that is unique in the letter
 * @param {Reading} reading
 */
export function paragraph(sentences, key, reading) {
  const all = sentences.map((s, i) => ({ sentence: s, key: `${key}.${i}` }))
  if (reading.mode === 'both') return html`<div class="pairs">${all.map((s) => pair(s.sentence, s.key, reading))}</div>`
  return html`${byLanguage(all).map((some) => html`<p dir=${localeDir(some[0].sentence.locale)}
    >${some.map((s) => tappable(s.sentence, s.key, reading))}</p>${panel(some, reading)}${blockMarks(some.map((s) => s.sentence), reading)}`)}${peek(all, reading)}`
}

/**
 * @param {Block} whole
 * @param {string} key
 * @param {Reading} reading
 */
function block(whole, key, reading) {
  const { kind, sentences, attachment } = whole
  if (attachment && reading.attached) return reading.attached(whole, paragraph(sentences, key, reading), plain(sentences))
  if (kind === 'heading' && reading.mode !== 'both' && !reading.report) return html`<h2 dir=${paragraphDir(sentences)}>${sentences.map((s, i) => shown(s, `${key}.${i}`))}</h2>`
  if (kind === 'heading') return html`<h2>${paragraph(sentences, key, reading)}</h2>`
  if (SIGNS[kind]) return html`<div class="fact" dir=${localeDir(sentences[0]?.locale ?? locale())}>${icon(SIGNS[kind])}<div>${paragraph(sentences, key, reading)}</div></div>`
  return html`<div>${paragraph(sentences, key, reading)}</div>`
}

/**
 * Sentences in one language stay together; where it changes, a new line begins, and the marks stand at what they are of.
 * @param {{sentence: Sentence, key: string}[]} sentences
 */
function byLanguage(sentences) {
  /** @type {(typeof sentences)[]} */
  const parts = []
  for (const s of sentences) {
    const last = parts[parts.length - 1]
    if (last?.[0].sentence.locale === s.sentence.locale) last.push(s)
    else parts.push([s])
  }
  return parts
}

/** @param {Sentence} sentence */
const hasOriginal = (sentence) => sentence.locale !== SOURCE && sentence.source !== ''

/**
 * @param {Sentence} sentence
 * @param {string} key
 * @param {Reading} reading
 */
function tappable(sentence, key, reading) {
  if (reading.report) return html`${reading.report.pointable(sentence, key)} `
  if (!hasOriginal(sentence)) return html`${shown(sentence, key, reading)}${reading.words?.explain(key) ?? nothing}`
  const open = reading.open.has(key)
  /** @param {Event} event */
  const tap = (event) => {
    if (/** @type {Element} */ (event.target).closest('a')) return
    toggle(reading, [key], !open)
  }
  return html`<span class=${open ? 'sentence open' : 'sentence'} lang=${langTag(sentence.locale)} dir=${localeDir(sentence.locale)}
    data-sentence=${key} @click=${tap}>${linkify(sentence.text)}</span> ${open ? html`<span class="original" lang=${SOURCE} dir="ltr">${original(sentence.source, key, reading)}</span>${reading.words?.explain(key) ?? nothing}` : nothing}`
}

/**
 * A sentence that nothing is hidden behind, except what its school words mean.
 * @param {Sentence} sentence
 * @param {string} key
 * @param {Reading} [reading]
 */
const shown = ({ text, locale }, key, reading) => html`<span data-sentence=${key} lang=${langTag(locale)} dir=${localeDir(locale)}
  >${reading ? original(text, key, reading) : linkify(text)}</span> `

/**
 * A Swedish text, with its school words marked once they are there.
 * @param {string} text
 * @param {string} key
 * @param {Reading} reading
 */
const original = (text, key, { words }) => (words ? words.mark(text, key) : linkify(text))

/**
 * @param {{sentence: Sentence, key: string}[]} sentences
 * @param {Reading} reading
 */
function panel(sentences, { report }) {
  const chosen = report && sentences.find((s) => report.isChosen(s.key))
  return chosen ? report.panel(chosen.sentence) : nothing
}

/**
 * The same for those who don't tap: one button for a paragraph's originals.
 * @param {{sentence: Sentence, key: string}[]} sentences
 * @param {Reading} reading
 */
function peek(sentences, reading) {
  if (reading.report) return nothing
  const keys = sentences.filter((s) => hasOriginal(s.sentence)).map((s) => s.key)
  if (keys.length === 0) return nothing
  const open = keys.every((key) => reading.open.has(key))
  return html`<button type="button" class="button peek visually-hidden" aria-expanded=${open ? 'true' : 'false'}
    @click=${() => toggle(reading, keys, !open)}>${t('letter.peek', { Language: localeName(SOURCE) })}</button>`
}

/**
 * @param {Reading} reading
 * @param {string[]} keys
 * @param {boolean} open
 */
function toggle({ open: opened, redraw }, keys, open) {
  for (const key of keys) {
    if (open) opened.add(key)
    else opened.delete(key)
  }
  redraw()
}

/**
 * @param {Sentence} sentence
 * @param {string} key
 * @param {Reading} reading
 */
function pair(sentence, key, reading) {
  const text = reading.report?.pointable(sentence, key) ?? shown(sentence, key)
  return html`<div class="pair"><div dir=${localeDir(sentence.locale)}>${text}${panel([{ sentence, key }], reading)}${blockMarks([sentence], reading)}</div>
    ${sentence.locale === SOURCE ? nothing : html`<div class="twin" dir="ltr"><span lang=${SOURCE}>${original(sentence.source, key, reading)}</span>${reading.words?.explain(key) ?? nothing}</div>`}</div>`
}

/**
 * The marks of a few sentences, except what the letter's head already says of all that was translated.
 * @param {Sentence[]} sentences
 * @param {Reading} reading
 */
function blockMarks(sentences, { count: whole }) {
  const own = count(sentences)
  if (whole) dropKnown(own, whole)
  const found = marks(own)
  if (sentences.some((s) => s.locale === SIMPLE && (s.state === 'missing' || s.state === 'unfetched'))) found.push(plainMark())
  return found.length > 0 ? html`<span class="row marks">${found}</span>` : nothing
}

/**
 * @param {Count} own
 * @param {Count} whole
 */
function dropKnown(own, whole) {
  const translated = whole.total - whole.missing - whole.unfetched
  for (const state of /** @type {const} */ (['missing', 'unfetched', 'machine', 'draft'])) {
    if (whole[state] === whole.total || whole[state] === translated) own[state] = 0
  }
}

/**
 * Blocks one by one, with list items in a row gathered into one list.
 * @param {Block[]} list
 * @param {string} before
 */
function chunks(list, before) {
  /** @type {({items?: undefined, block: Block, key: string} | {items: [Block, string][]})[]} */
  const chunked = []
  list.forEach((block, i) => {
    const last = chunked[chunked.length - 1]
    if (block.kind !== 'item') chunked.push({ block, key: before + i })
    else if (last?.items) last.items.push([block, before + i])
    else chunked.push({ items: [[block, before + i]] })
  })
  return chunked
}
