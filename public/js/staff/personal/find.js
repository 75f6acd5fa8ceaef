/**
 * What in a letter's text may be somebody's: names, personal numbers, telephone
 * numbers, e-mail and street addresses. It only asks; staff decide. What is
 * known to be the unit's own is not asked about.
 *
 * @import {Found} from './number.js'
 *
 * @typedef {'name'|'number'|'phone'|'mail'|'address'} Kind
 * @typedef {Found & {kind: Kind}} Finding
 *
 * @typedef {object} Known what is no secret here
 * @property {string[]} names colleagues, groups, units, the guide's
 * @property {string[]} phones
 * @property {string[]} mails whole addresses, or a domain with its @
 * @property {string[]} addresses
 */
import { KNOWN_EVERYWHERE } from './names.js'
import { namesIn } from './name.js'
import { addressesIn, digitsOf, mailsIn, numbersIn, phonesIn, plain } from './number.js'

/** @type {Known} */
export const NOTHING = { names: [], phones: [], mails: [], addresses: [] }

/**
 * What is known, of what the server says of the units.
 * @param {import('../question/data.js').KnownLines} lines
 * @param {string} self the one who writes: her signature
 * @returns {Known}
 */
export function knownOf({ names, mails, lines, allowed }, self) {
  const all = [...lines, ...allowed].map(plain)
  return {
    names: [...names, ...allowed, self, ...all.flatMap((line) => namesIn(line).map(({ text }) => text))],
    phones: all.flatMap((line) => phonesIn(line).map(({ text }) => text)),
    mails: [...mails, ...all.flatMap((line) => mailsIn(line).map(({ text }) => text))],
    addresses: all.flatMap((line) => addressesIn(line).map(({ text }) => text)),
  }
}

/** A block that says whom to reach or where to be holds just that. @type {Record<string, Kind[]>} */
const MEANT = { contact: ['phone', 'mail', 'address'], place: ['address'], date: ['address'] }

/**
 * Looks through a text.
 * @param {string} text
 * @param {Known} known
 * @param {string} [kind] the block's
 * @returns {Finding[]} in the text's order; none overlaps another
 */
export function findPersonal(text, known = NOTHING, kind = 'paragraph') {
  const isOwn = ownership(known)
  /** @type {Finding[]} */
  const found = []
  let rest = plain(text)
  /** @param {Kind} of @param {Found[]} all */
  const take = (of, all) => {
    for (const { start, end } of all) {
      rest = blank(rest, start, end)
      const finding = { kind: of, start, end, text: text.slice(start, end) }
      if (!MEANT[kind]?.includes(of) && !isOwn[of](finding.text)) found.push(finding)
    }
  }
  take('number', numbersIn(rest))
  take('mail', mailsIn(rest))
  take('phone', phonesIn(rest))
  take('address', addressesIn(rest))
  rest = without(without(rest, KNOWN_EVERYWHERE), partsOf(known.names))
  take('name', namesIn(rest))
  return found.sort((a, b) => a.start - b.start)
}

/** @param {string} text @param {number} start @param {number} end the same length, and nothing there */
const blank = (text, start, end) => text.slice(0, start) + '·'.repeat(end - start) + text.slice(end)

/** @param {Known} known @returns {Record<Kind, (text: string) => boolean>} */
function ownership({ phones, mails, addresses }) {
  const own = new Set(phones.map(digitsOf))
  const known = mails.map(small)
  const places = addresses.map(small)
  return {
    name: () => false,
    number: () => false,
    phone: (text) => own.has(digitsOf(text)),
    mail: (text) => known.some((mail) => (mail.startsWith('@') ? small(text).endsWith(mail) : small(text) === mail)),
    address: (text) => places.some((place) => place.includes(small(text))),
  }
}

/** @param {string} text */
const small = (text) => text.toLocaleLowerCase('sv').trim()

/** Each word of a name also alone: who is called Maria Ekberg signs as Maria. @param {string[]} names */
const partsOf = (names) => [...names, ...names.flatMap((name) => name.split(/[\s,]+/u).filter((word) => /^\p{Lu}/u.test(word)))]

/** Blanks out names that are nobody's secret, also in the genitive. @param {string} text @param {string[]} names */
function without(text, names) {
  const all = [...new Set(names.map((name) => plain(name).trim()))].filter(Boolean).sort((a, b) => b.length - a.length)
  if (all.length === 0) return text
  const pattern = new RegExp(`(^|[^\\p{L}])(${all.map(escaped).join('|')})(?=s?(?!\\p{L}))`, 'gu')
  return text.replace(pattern, (_, before, name) => before + '·'.repeat(name.length))
}

/** @param {string} text */
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
