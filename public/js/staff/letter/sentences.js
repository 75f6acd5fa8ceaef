/**
 * Joining and splitting sentences. The server breaks a block's text into
 * sentences; two invisible signs typed into the text overrule it: U+2060 right
 * after a word means "do not break here", U+200B means "break here".
 *
 * @import {Segment} from '../types.js'
 */

const NO_BREAK = '\u2060'
const BREAK = '\u200b'
const MARKS = /[\u2060\u200b]/g
const SKIPPED = /[\s\u2060\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/

/** Text as parents read it, without the two signs. @param {string} text */
export const unmarked = (text) => text.replace(MARKS, '')

/**
 * Where each sentence lies in the text, or null where the sentences are not of
 * this text (it was changed since the server broke it).
 * @param {string} text in NFC, as the server's sentences are
 * @param {Segment[]} segments
 * @returns {{start: number, end: number}[]|null}
 */
export function locate(text, segments) {
  let at = 0
  const found = []
  for (const segment of segments) {
    while (at < text.length && SKIPPED.test(text[at])) at++
    const start = at
    for (const sign of segment.text) {
      if (SKIPPED.test(sign)) continue
      while (at < text.length && SKIPPED.test(text[at])) at++
      if (!text.startsWith(sign, at)) return null
      at += sign.length
    }
    found.push({ start, end: at })
  }
  return [...text.slice(at)].every((sign) => SKIPPED.test(sign)) ? found : null
}

/**
 * The text with the gap after `end` marked: between two words stands exactly
 * one sign, and a line break becomes a space where sentences are joined.
 * @param {string} text
 * @param {number} end just after a word
 * @param {'join'|'split'} how
 */
export function mark(text, end, how) {
  let next = end
  while (next < text.length && SKIPPED.test(text[next])) next++
  let gap = text.slice(end, next).replace(MARKS, '')
  if (how === 'join') gap = gap.replace(/\s*\n\s*/g, ' ')
  return text.slice(0, end) + (how === 'join' ? NO_BREAK : BREAK) + gap + text.slice(next)
}

/**
 * The places inside a sentence where it may be split: just after each of its
 * words but the last.
 * @param {string} text
 * @param {{start: number, end: number}} sentence
 * @returns {{word: string, end: number}[]}
 */
export function words(text, sentence) {
  const found = []
  const pattern = /[^\s\u2060\u200b]+/g
  pattern.lastIndex = sentence.start
  for (let m = pattern.exec(text); m && m.index < sentence.end; m = pattern.exec(text)) {
    found.push({ word: m[0], end: m.index + m[0].length })
  }
  return found
}
