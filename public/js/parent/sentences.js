/**
 * Sentences with their language, direction and marks. Used by every view that
 * shows what staff wrote.
 *
 * @import {Count, Sentence} from '../data/shelf.js'
 */
import { SIMPLE } from '../i18n/locales.js'
import { dir, formatDate, langTag, localeDir, localeName, t, tn } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { linkify } from '../lib/linkify.js'

/**
 * Sentences one after another, each marked with its language.
 * @param {Sentence[]} sentences
 */
export const run = (sentences) => sentences.filter((s) => s.text).map((s) => html`${span(s.text, s.locale)} `)

/**
 * One text in its language.
 * @param {string} text
 * @param {string} locale
 */
export const span = (text, locale) => html`<span lang=${langTag(locale)} dir=${localeDir(locale)}>${linkify(text)}</span>`

/**
 * The sentences as plain text, for a page's title or an attribute.
 * @param {Sentence[]} sentences
 */
export const plain = (sentences) => sentences.map((s) => s.text).filter(Boolean).join(' ')

/**
 * The direction of a paragraph: that of the language most of it is in.
 * @param {Sentence[]} sentences
 */
export function paragraphDir(sentences) {
  const rtl = sentences.filter((s) => localeDir(s.locale) === 'rtl').length
  return rtl * 2 >= sentences.length && rtl > 0 ? 'rtl' : 'ltr'
}

/** The look of each mark. */
const MARKS = /** @type {const} */ ({ missing: 'circle-dashed', unfetched: 'cloud-off', machine: 'bot', draft: 'pencil' })

/**
 * The marks of a text, gravest first: what is missing, what no person has checked.
 * @param {Count} count
 */
export function marks(count) {
  return keysOf(count).map((state) => mark(state, t(`state.${state}`)))
}

/** The mark of what is shown in plain Swedish, for want of the language asked for. */
export const plainMark = () => html`<span class="state" data-state="plain"><span lang=${SIMPLE} dir=${localeDir(SIMPLE)}>${localeName(SIMPLE)}</span></span>`

/**
 * The marks of a whole letter in a list, where "not translated" may be true of a part only.
 * @param {Count} count
 */
export function summaryMarks(count) {
  return keysOf(count).map((state) =>
    mark(state, state === 'missing' && count.missing < count.total ? t('state.partial') : t(`state.${state}`)))
}

/**
 * @param {keyof typeof MARKS} state
 * @param {string} words
 */
const mark = (state, words) => html`<span class="state ${state}" dir=${dir()} data-state=${state}>${icon(MARKS[state])}<span>${words}</span></span>`

/**
 * The mark of a letter that was changed after it was published.
 * @param {string} when
 */
export const corrected = (when) => html`<span class="state pending" data-corrected>${icon('pencil')}<span>${
  t('letter.corrected', { Date: formatDate(when, 'date') })}</span></span>`

/**
 * What a letter's reader should know about its texts, in sentences.
 * @param {Count} count
 * @param {string} locale that was asked for
 */
export function explainMarks(count, locale) {
  const states = keysOf(count)
  if (states.length === 0) return nothing
  return html`<div class="notice late small" data-marks>${icon(MARKS[states[0]])}<div class="stack tight">${states.map((state) =>
    html`<p data-state=${state}>${explain(state, count, locale)}</p>`)}</div></div>`
}

/**
 * @param {keyof typeof MARKS} state
 * @param {Count} count
 * @param {string} locale
 */
function explain(state, count, locale) {
  const all = count[state] === count.total
  return all ? t(`marks.${state}_all`, { Language: localeName(locale) }) : tn(`marks.${state}_some`, count[state], { Language: localeName(locale) })
}

/** @param {Count} count */
const keysOf = (count) => /** @type {(keyof typeof MARKS)[]} */ (Object.keys(MARKS)).filter((state) => count[state] > 0)
