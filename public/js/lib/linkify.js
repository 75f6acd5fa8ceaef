/**
 * Finds telephone numbers, mail addresses and web addresses in plain text and
 * draws them as links. Nothing else ever becomes a link.
 */
import { html } from './html.js'

/** Web address, mail address, telephone number (Swedish or with a country's code), short numbers of help. */
const FOUND = new RegExp([
  /\bhttps?:\/\/[^\s.,;:!?)<>"'\u2068\u2069][^\s<>"'\u2068\u2069]*/,
  /\bwww\.[^\s<>"'\u2068\u2069]+\.[^\s<>"'\u2068\u2069]+/,
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/,
  /(?:\+\d{1,3}|\b0\d{1,3})(?:\s?[-–/]\s?|\s)?\d{2,3}(?:[\s-]?\d{2,3}){1,3}\b/,
  /\b(?:112|1177|114 ?14|116 ?111)\b/,
].map((r) => r.source).join('|'), 'g')

/** Signs that end a sentence rather than an address. */
const TAIL = /[.,;:!?)\]»”"'،؛؟።፧۔]+$/

/**
 * The text in pieces: strings, and links where it holds an address or a number.
 * @param {string} text
 */
export function linkify(text) {
  const pieces = []
  let end = 0
  for (const match of text.matchAll(FOUND)) {
    const start = match.index ?? 0
    const found = match[0].replace(TAIL, '')
    const href = target(found)
    if (!href || isInsideNumber(text, start, start + found.length)) continue
    pieces.push(text.slice(end, start), html`<a href=${href} dir="ltr">${found}</a>`)
    end = start + found.length
  }
  return [...pieces, text.slice(end)]
}

/**
 * @param {string} found
 * @returns {string} "" when it is no address after all
 */
function target(found) {
  if (/^https?:/.test(found)) return found
  if (found.startsWith('www.')) return `https://${found}`
  if (found.includes('@')) return `mailto:${found}`
  const digits = found.replace(/[^\d+]/g, '')
  return digits.length <= 15 ? `tel:${digits}` : ''
}

/**
 * A time, a date or a sum such as 09:30, 1.000 or 2026-01-12 is no telephone number.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
function isInsideNumber(text, start, end) {
  return /\d[.,:–-]?$/.test(text.slice(0, start)) || /^[.,:–-]?\d/.test(text.slice(end))
}
