/**
 * How easily a Swedish text is read, and what could make it plainer. The app
 * only helps; it forbids nothing.
 *
 * LIX is the mean number of words in a sentence plus the percentage of words
 * of more than six letters, with the scale of C. H. Björnsson, Läsbarhet
 * (Stockholm: Liber, 1968): below 30 very easy (children's books), from 30 easy
 * (fiction, magazines), from 40 medium (newspapers), from 50 difficult
 * (official texts), from 60 very difficult (bureaucratic Swedish).
 *
 * @import {Content, Kind} from '../types.js'
 */
import { unmarked } from './sentences.js'

/** A sentence of more words than this is better made two. */
export const LONG_SENTENCE = 20

/** A text of fewer words than this says nothing about how it reads. */
const FEWEST = 10

/** Letters of a word that is not yet long. */
const SHORT_WORD = 6

/** @typedef {'very_easy'|'easy'|'medium'|'hard'|'very_hard'} Level */
/** @type {[below: number, level: Level][]} */
const SCALE = [[30, 'very_easy'], [40, 'easy'], [50, 'medium'], [60, 'hard'], [Infinity, 'very_hard']]

/**
 * @typedef {object} Figures
 * @property {number} words
 * @property {number} sentences
 * @property {number} long words of more than six letters
 * @property {number} mean words in a sentence
 * @property {number} lix rounded
 * @property {Level|''} level "" where there is too little text
 */

const WORD = /[\p{L}\p{N}]+(?:[-–'’.:/][\p{L}\p{N}]+)*/gu

/** With points (t.ex., p.g.a.), with spaces (t ex), as one word (osv), and words that are cut off (kl., ang.). */
const ABBREVIATED = new RegExp(`(^|[^\\p{L}\\p{N}.])(${[
  String.raw`(?:\p{Ll}{1,2}\.\s?){1,2}\p{Ll}{1,2}\.`,
  't ex|bl a|m m|m fl|d v s|o s v|o d|p g a|fr o m|t o m|s k|f d|f n|e d',
  '(?:ca|dvs|etc|exkl|inkl|mfl|mvh|osv|pga|resp|tfn)\\.?',
  '(?:alt|ang|avd|jfr|kl|max|min|obs|tel)\\.',
].join('|')})(?![\\p{L}\\p{N}])`, 'gu')

/** A point after one of these ends no sentence. */
const NO_END = /(?:^|[\s(])(?:(?:\p{L}\.)+\p{L}+|kl|ca|nr|tel|s|st|dr|\p{Lu})\.$/u

/**
 * The sentences of a text: they end at . ! ? … before a word that begins one.
 * @param {string} text
 */
export function sentencesOf(text) {
  const parts = unmarked(text).replace(/([.!?…]["”’»)]?)\s+(?=["”’»(–-]?[\p{Lu}\p{N}])/gu, '$1\n').split('\n')
  /** @type {string[]} */
  const found = []
  for (const part of parts) {
    const last = found.at(-1)
    if (last !== undefined && NO_END.test(last)) found[found.length - 1] = `${last} ${part}`
    else if (part.trim()) found.push(part.trim())
  }
  return found
}

/** @param {string} text */
const wordsOf = (text) => text.match(WORD) ?? []

/** @param {string} word */
const isLong = (word) => (word.match(/\p{L}/gu) ?? []).length > SHORT_WORD

/** @param {string[]} sentences @returns {Figures} */
export function figuresOf(sentences) {
  const all = sentences.map(wordsOf).filter((words) => words.length > 0)
  const words = all.flat()
  const long = words.filter(isLong).length
  const mean = all.length ? words.length / all.length : 0
  const lix = words.length ? Math.round(mean + (long * 100) / words.length) : 0
  const level = words.length < FEWEST ? '' : /** @type {[number, Level]} */ (SCALE.find(([below]) => lix < below))[1]
  return { words: words.length, sentences: all.length, long, mean, lix, level }
}

/** The kinds that are running text; a date, a place, a contact and a heading are no sentences. @type {Kind[]} */
const RUNNING = ['paragraph', 'item']

/** The sentences of a letter's text. @param {Content} content */
export const sentencesIn = ({ question, blocks }) =>
  [question, ...blocks.filter(({ kind }) => RUNNING.includes(kind)).map(({ text }) => text)].flatMap(sentencesOf)

/** @param {string[]} sentences those that say more than one thing, most likely */
export const longOnes = (sentences) => sentences.filter((s) => wordsOf(s).length > LONG_SENTENCE)

/** 26/11, 2026-11-26, 26.11.2026: what a reader has to work out. */
const NUMERIC_DATE = /(^|[^\d/.-])(\d{4}-\d{2}-\d{2}|\d{1,2}\/\d{1,2}(?:[ -/]\d{2,4})?|\d{1,2}\.\d{1,2}\.\d{2,4})(?![\d/])/g

/** Weeks are counted in few countries. */
const WEEK = /(^|[^\p{L}])(v\.? ?\d{1,2}|vecka \d{1,2})(?!\d)/giu

/** "Ska lämnas in", "man bör": nobody is said to do it. Verbs that only look so are left out. */
const NOBODY = /(^|[^\p{L}])((?:ska|skall|bör|måste|kan|får|behöver)\s+(?!(?:finnas|hjälpas|hoppas|kännas|lyckas|minnas|mötas|samlas|ses|synas|träffas|trivas|umgås|vistas|alltid|annars|bättre|gärna|oss|minst|dess)(?!\p{L}))\p{L}{3,}s|man)(?!\p{L})/giu

const GREETING = /^(?:hej|hallå|kära|bästa|god (?:dag|morgon|kväll|jul)|välkom)/iu
const THANKS = /(?:^|[^\p{L}])(?:tack|hälsning(?:ar)?)(?!\p{L})/iu

/**
 * What could make a letter plainer. `found` are the words at fault; an empty
 * list and `well: false` say that something is not there.
 * @typedef {{name: 'one_thing'|'who'|'dates'|'short'|'greeting', well: boolean, found: string[]}} Check
 */

/** @param {Content} content @returns {Check[]} */
export function checksOf(content) {
  const sentences = sentencesIn(content)
  const text = unmarked(content.blocks.map((b) => b.text).join('\n'))
  const written = content.blocks.map((b) => unmarked(b.text).trim()).filter(Boolean)
  return [
    check('one_thing', longOnes(sentences)),
    check('who', sentences.flatMap((s) => matches(s, NOBODY))),
    check('dates', [...matches(text, NUMERIC_DATE), ...matches(text, WEEK)]),
    check('short', matches(text, ABBREVIATED)),
    { name: 'greeting', well: GREETING.test(written[0] ?? '') && written.some((block) => THANKS.test(block)), found: [] },
  ]
}

/**
 * What a pattern finds, without what stands before it: Safari before 16.4 knows no other way to look behind.
 * @param {string} text
 * @param {RegExp} pattern its first group is what stands before
 */
const matches = (text, pattern) => [...text.matchAll(pattern)].map(([, , found]) => found)

/** @param {Check['name']} name @param {string[]} found @returns {Check} */
const check = (name, found) => ({ name, well: found.length === 0, found: [...new Set(found)] })
