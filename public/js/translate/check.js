/**
 * Compares a translation with its source and names what a reader would be
 * misled by. The exact twin of the server's package wording: both must find the
 * same in internal/wording/testdata/vectors.json.
 *
 * @typedef {'empty'|'placeholder'|'link'|'phone'|'date'|'time'|'number'|'script'|'punctuation'|'swedish'|'length'} Code each has a message, translate.check.<code>
 * @typedef {{code: Code, hard: boolean, at: string}} Fault hard: it misleads, and the text can't be called right; at: what it is about
 *
 * @typedef {object} Figure a kind of thing that must say the same in every language
 * @property {Code} code
 * @property {RegExp} find
 * @property {(s: string) => string} same what makes two of them the same
 * @property {(s: string) => boolean} [is] without it all that is found is one
 * @property {boolean} [unsure] a lost one is only pointed at: it may be a slip of the source's
 */

/** The digits alone. @param {string} s */
const digits = (s) => s.replace(/\D/g, '')

/** A time of day as 9:05. @param {string} s */
const minutes = (s) => s.slice(0, -2).replace('.', ':').replace(/^0+/, '') + s.slice(-2)

const THOUSANDS = /^\d+(?:[ \u00a0\u202f.,]\d{3})+$/

/** A number without the marks between its thousands, and with a point before its decimals. @param {string} s */
const amount = (s) => (THOUSANDS.test(s) ? digits(s) : s.replace(',', '.').replace(/^0+/, ''))

const PLACEHOLDERS = /\{\{[^{}]*\}\}/g
/** What linkify.js draws as a link, whole, and the same in capitals. */
const LINKS = /(?:https?:\/\/|www\.)[^\s.,;:!?)\u2068\u2069<>"'][^\s\u2068\u2069<>"']*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi

/** What may be a domain without anything that says so: isDomain decides. */
const BARE = /[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?:[/?#][^\s\u2068\u2069<>"']*)?/gu

const HOST = /^(?:https?:\/\/)?[^/?#]*/i

/** Marks that end a sentence rather than an address. */
const TAIL = /[.,;:!?)\]»”"'،؛؟።፧۔]+$/

/** A host may be in capitals, a path not. @param {string} s */
const address = (s) => s.replace(TAIL, '').replace(HOST, (host) => host.toLowerCase())

/** Ends of domains that have a name of figures or of one letter. */
const KNOWN = ['com', 'net', 'org', 'se', 'nu', 'co', 'io', 'me']

/** Tells a domain from figures, abbreviations and a full stop without a space behind it. @param {string} s */
function isDomain(s) {
  const [end, name] = (HOST.exec(s) ?? [''])[0].split('.').reverse()
  if (!/^(?:[a-z]{2,}|[A-Z]{2,})$/.test(end)) return false
  return (Array.from(name).length > 1 && /\p{L}/u.test(name)) || KNOWN.includes(end.toLowerCase())
}

/** In the order in which they are taken out of a text, so that the digits of a date aren't numbers as well. @type {Figure[]} */
const FIGURES = [
  { code: 'placeholder', find: PLACEHOLDERS, same: (s) => s },
  { code: 'link', find: LINKS, same: address },
  { code: 'link', find: BARE, same: address, is: isDomain, unsure: true },
  { code: 'date', find: /\b\d{4}-\d{2}-\d{2}\b/g, same: digits },
  { code: 'time', find: /\b(?:[01]?\d|2[0-3])[:.][0-5]\d\b/g, same: minutes },
  // A telephone number, and the shorter ones that are drawn as links.
  { code: 'phone', find: /\+?\d(?:[ \u00a0\u2011–/()-]{0,2}\d){6,}|(?:\+\d{1,3}|\b0\d{1,3})(?:\s?[-–/]\s?|\s)?\d{2,3}(?:[\s-]?\d{2,3}){1,3}\b/g, same: digits },
  // The numbers of help, which no part of another number is.
  { code: 'phone', find: /\d+(?:[ \u00a0\u202f.,]\d{3})+\b|\d+[.,]\d+|114 14\b|\d+/g, same: digits, is: (s) => /^(?:112|1177|114 ?14|116 ?111)$/.test(s) },
  { code: 'number', find: /\d+(?:[ \u00a0\u202f.,]\d{3})+\b|\d+[.,]\d+|\d+/g, same: amount },
]

/**
 * The faults of a target in a locale, hard ones first. The source is Swedish;
 * digits of any script count as 0–9, and the order of things is free.
 * @param {string} source
 * @param {string} target
 * @param {string} locale
 * @returns {Fault[]}
 */
export function check(source, target, locale) {
  if (target.trim() === '') return source.trim() === '' ? [] : [{ code: 'empty', hard: true, at: '' }]
  const faults = [
    ...checkFigures(source, target),
    ...checkScript(target, locale),
    ...checkPunctuation(source, target, locale),
    ...checkLeftOver(source, target, locale),
    ...checkLength(source, target),
  ]
  return [...faults.filter((f) => f.hard), ...faults.filter((f) => !f.hard)]
}

/** Whether one of the faults misleads. @param {Fault[]} faults */
export const isHard = (faults) => faults.some((f) => f.hard)

/** @param {Code} code @param {string} [at] @returns {Fault} */
const hint = (code, at = '') => ({ code, hard: false, at })

/**
 * Compares what must be the same, kind by kind.
 * @param {string} source
 * @param {string} target
 */
function checkFigures(source, target) {
  let from = latinDigits(source)
  let to = latinDigits(target)
  /** @type {Fault[]} */
  const faults = []
  /** Full hours of the target that no time of the source asked for. @type {string[]} */
  let hours = []
  for (const { code, find, same, is = () => true, unsure } of FIGURES) {
    let { lost, added } = compare((from.match(find) ?? []).filter(is), (to.match(find) ?? []).filter(is), same)
    from = from.replace(find, (s) => (is(s) ? ' ' : s))
    to = to.replace(find, (s) => (is(s) ? ' ' : s))
    if (code === 'time') {
      hours = added.filter(isFull).map((time) => minutes(time).slice(0, -3))
      ;({ lost, added } = compare(lost, added.filter((time) => !isFull(time)), onTwelve))
    }
    if (code === 'number') lost = lost.filter((n) => !hours.includes(amount(n)))
    faults.push(...lost.map((at) => ({ code, hard: !unsure, at })))
    // A number word may have become a figure: that is pointed at only.
    faults.push(...added.map((at) => ({ code, hard: code !== 'number', at })))
  }
  return faults
}

/** "kl. 11" may become "11:00". @param {string} time */
const isFull = (time) => minutes(time).endsWith(':00')

/** The same on a clock of twelve hours. @param {string} time */
function onTwelve(time) {
  const [hour, minute] = minutes(time).split(':')
  return `${Number(hour) % 12}:${minute}`
}

/**
 * What only one side has, once for each time it is missing in the other.
 * @param {string[]} from
 * @param {string[]} to
 * @param {(s: string) => string} same
 */
function compare(from, to, same) {
  const added = [...to]
  const lost = from.filter((f) => {
    const i = added.findIndex((t) => same(t) === same(f))
    if (i >= 0) added.splice(i, 1)
    return i < 0
  })
  return { lost, added }
}

const DIGIT = /\p{Nd}/u

/** The digits of every script as 0–9. @param {string} s */
function latinDigits(s) {
  return s.replace(/[^\0-\x7f]/gu, (char) => {
    if (!DIGIT.test(char)) return char
    const point = /** @type {number} */ (char.codePointAt(0))
    let zero = point
    while (point - zero < 9 && DIGIT.test(String.fromCodePoint(zero - 1))) zero--
    return String((point - zero) % 10)
  })
}

/**
 * How a locale is written, where that isn't with Latin letters: its script,
 * what a sentence's last mark becomes, and marks of another script.
 * @typedef {{script: RegExp, ends: Record<string, string>, wrong: string}} Written
 */

/** @type {Written} */
const ARABIC = { script: /\p{Script=Arabic}/u, ends: { '?': '؟?', '.': '.۔', '!': '!' }, wrong: ',;?' }

/** @type {Written} */
const LATIN = { script: /\p{Script=Latin}/u, ends: {}, wrong: '' }

/** @type {Record<string, Written>} */
const SCRIPTS = {
  ar: ARABIC, fa: ARABIC, 'fa-AF': ARABIC, ckb: ARABIC, ps: ARABIC,
  ti: { script: /\p{Script=Ethiopic}/u, ends: { '?': '?፧', '.': '።.', '!': '!' }, wrong: '' },
  uk: { script: /\p{Script=Cyrillic}/u, ends: {}, wrong: '' },
}

/** Without links and placeholders, which stay as they are in every language. @param {string} s @param {string} instead */
const plain = (s, instead) => withoutLinks(s, instead).replace(PLACEHOLDERS, instead)

/** @param {string} s @param {string} instead */
const withoutLinks = (s, instead) => s.replace(LINKS, instead).replace(BARE, (found) => (isDomain(found) ? instead : found))

/** A text that isn't in the locale's script at all; names may stay as they are. @param {string} target @param {string} locale */
function checkScript(target, locale) {
  const { script } = SCRIPTS[locale] ?? LATIN
  const letters = plain(target, '').match(/\p{L}/gu) ?? []
  const right = letters.filter((letter) => script.test(letter)).length
  return letters.length >= 12 && right * 3 < letters.length ? [hint('script')] : []
}

/** What may stand behind a sentence's last mark. */
const CLOSING = /[ \u00a0\u2066-\u2069\u200e\u200f)"'»«”“’]+$/

/** The last character, without what closes. @param {string} s */
const lastOf = (s) => Array.from(s.replace(CLOSING, '')).at(-1) ?? '\ufffd'

/** How the texts end, and marks of another script. @param {string} source @param {string} target @param {string} locale */
function checkPunctuation(source, target, locale) {
  const { ends, wrong } = SCRIPTS[locale] ?? LATIN
  const last = lastOf(source)
  if ('.?!'.includes(last) && !(ends[last] ?? last).includes(lastOf(target))) return [hint('punctuation', last)]
  const chars = Array.from(plain(target, ''))
  const found = chars.find((char, i) => wrong.includes(char) && !(DIGIT.test(chars[i - 1] ?? '') && DIGIT.test(chars[i + 1] ?? '')))
  return found ? [hint('punctuation', found)] : []
}

/** @param {string} s @returns {string[]} */
const wordsOf = (s) => withoutLinks(s, ' ').match(/[\p{L}\p{M}]{4,}/gu) ?? []

/**
 * Words that the target took over from the source: written small, so that names may stay.
 * @param {string} source
 * @param {string} target
 * @param {string} locale
 */
function checkLeftOver(source, target, locale) {
  if (locale.startsWith('sv')) return []
  const ours = wordsOf(source)
  const left = [...new Set(wordsOf(target).filter((word) => word === word.toLowerCase() && ours.includes(word)))]
  const swedish = locale !== 'fi' && left.some((word) => /[åäö]/.test(word))
  return (SCRIPTS[locale] && left.length > 0) || swedish || left.length > 1 ? [hint('swedish', left[0])] : []
}

/** Bounds of a text's length in characters: languages differ by less than this. */
const LONGER = 3
const SLACK = 20
const SHORTER = 5

/** @param {string} source @param {string} target */
function checkLength(source, target) {
  const from = Array.from(source).length
  const to = Array.from(target).length
  return to > LONGER * from + SLACK || to * SHORTER < from - SLACK ? [hint('length')] : []
}
