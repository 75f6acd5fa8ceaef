/**
 * School words where they stand in Swedish text: marked, and explained in the
 * reader's language when they are tapped.
 *
 * @import {Word} from '../data/words.js'
 */
import { count } from '../data/shelf.js'
import { listWords, named, wordFinder } from '../data/words.js'
import { SOURCE, dir, langTag, locale, t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { linkify } from '../lib/linkify.js'
import { marks, run } from './sentences.js'

/**
 * @typedef {object} Words
 * @property {(text: string, key: string) => unknown} mark a Swedish text with its school words marked
 * @property {(key: string) => unknown} explain the word of that text that was tapped, or nothing
 */

/** @typedef {{key: string, id: string}} Tapped where a word was tapped, and which */

/**
 * The marks for one view; undefined where the phone has no school words.
 * @param {string} locale
 * @param {{tapped?: Tapped}} state
 * @param {() => Promise<void>} redraw
 * @returns {Promise<Words | undefined>}
 */
export async function schoolWords(locale, state, redraw) {
  const words = await listWords(locale)
  if (words.length === 0) return undefined
  const find = wordFinder(words)
  /** @param {string} key @param {Word} word */
  const isTapped = (key, word) => state.tapped?.key === key && state.tapped.id === word.id
  /** @param {string} key @param {Word} word */
  const tap = (key, word) => (/** @type {Event} */ event) => {
    event.stopPropagation()
    state.tapped = isTapped(key, word) ? undefined : { key, id: word.id }
    redraw()
  }
  return {
    mark: (text, key) => find(text).map(({ text: piece, word }) => (word
      ? html`<button type="button" class="word" data-word=${word.id} aria-expanded=${isTapped(key, word) ? 'true' : 'false'}
        @click=${tap(key, word)}>${piece}${icon('book-open')}</button>`
      : linkify(piece))),
    explain: (key) => {
      const word = words.find((w) => isTapped(key, w))
      return word ? explained(word) : nothing
    },
  }
}

/**
 * A word as a reader gets it: its name in her language and in Swedish, what it means, and how good that text is.
 * @param {Word} word
 */
export function explained(word) {
  const own = word.term.some((s) => s.locale !== SOURCE)
  return html`<span class="explained" lang=${langTag(locale())} dir=${dir()} data-explained=${word.id}><span class="visually-hidden">${t('words.means')} </span>
    <strong>${run(word.term)}</strong>${own ? html` <span class="quiet" lang=${SOURCE} dir="ltr">${named(word)}</span>` : nothing}
    <span class="meaning">${run(word.explanation)}</span>
    <span class="row marks">${marks(count([...word.term, ...word.explanation]))}</span></span>`
}
