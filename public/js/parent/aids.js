/**
 * What helps to understand a text, beside its translation: school words
 * explained, and somebody or something that reads it aloud. It comes after the
 * text was drawn, which needs none of it.
 *
 * @import {Block, Sentence} from '../data/shelf.js'
 * @import {Letter} from '../data/letters.js'
 * @import {Listening} from './aloud.js'
 * @import {Player} from './recorded.js'
 * @import {Tapped, Words} from './schoolwords.js'
 */
import { tellOpened } from '../data/opened.js'
import { locale } from '../i18n/messages.js'
import { nothing } from '../lib/html.js'
import { loadStyles } from '../lib/styles.js'
import { aloud, freshListening } from './aloud.js'
import { recorded } from './recorded.js'
import { schoolWords } from './schoolwords.js'

/**
 * @typedef {object} Aids what a view keeps of them
 * @property {Words} [words]
 * @property {unknown} listen the button that reads aloud
 * @property {Tapped} [tapped]
 * @property {Listening} [listening]
 * @property {Player} [player] of a recording
 *
 * A block with a key stands where its view says; the others stand one after another.
 * @typedef {{title: Sentence[], question: Sentence[], blocks: (Block & {key?: string})[]} | Letter} Text
 */

/**
 * Fills a view's aids for the text that it shows now; of a letter, that it is open.
 * @param {Aids} state
 * @param {Text} text
 * @param {string} language that it is read in
 * @param {HTMLElement} root
 * @param {() => Promise<void>} redraw
 */
export async function fillAids(state, text, language, root, redraw) {
  if ('number' in text) {
    tellOpened(text, language)
    // A printed link's code is for phones that don't have the letter, and for nobody else to see.
    if (location.hash.length > 9) history.replaceState(history.state, '', location.pathname)
  }
  await loadStyles('/css/aids.css')
  state.listening ??= freshListening()
  state.words = await schoolWords(locale(), state, redraw)
  const lines = linesOf(text)
  const read = 'recordings' in text ? await recorded(text, language, lines, state, root, redraw) : null
  state.listen = read ?? (lines.length > 0 ? aloud(lines, language, state.listening, root, redraw) : nothing)
}

/**
 * The sentences in reading's order, with the keys that reading.js gives them.
 * @param {Text} text
 */
const linesOf = ({ title, question, blocks }) =>
  [...keyed('title', title), ...keyed('question', question), ...blocks.flatMap((/** @type {Block & {key?: string}} */ block, i) => keyed(block.key ?? `b${i}`, block.sentences))]

/**
 * @param {string} of
 * @param {Sentence[]} sentences
 */
const keyed = (of, sentences) => sentences.map((sentence, i) => ({ key: `${of}.${i}`, sentence }))
