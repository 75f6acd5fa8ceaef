/**
 * Personal identity numbers, telephone numbers, e-mail addresses and street
 * addresses in Swedish running text. What is found is where it stands, not
 * whose it is.
 *
 * A character before a match is in the pattern's first group: Safari before
 * 16.4 knows no other way to look behind.
 *
 * @typedef {{start: number, end: number, text: string}} Found
 */

/** Dashes and spaces of every sort made plain, sign for sign, so that places stay what they are. @param {string} text */
export const plain = (text) => text.replace(/[\u2010-\u2015\u2212]/g, '-').replace(/\s/g, ' ')

/** [YY]YYMMDD and four more, of which the last is a check digit, or letters where the number is provisional. */
const NUMBER = /(^|[^\d-])((18|19|20)?(\d\d)([ -]?)(\d\d)\5(\d\d)( ?[-+] ?| )?(\d{4}|[A-Z]{1,2}\d{2,3}))(?![\d\p{L}])/gu

/** @param {string} text plain @returns {Found[]} personal identity numbers and coordination numbers */
export const numbersIn = (text) => matches(text, NUMBER).filter(({ groups: [century, year, , month, day, separator = '', last] }) => {
  if (!isDay(month, day)) return false
  // Who writes a hyphen means such a number, also where a digit is wrong.
  if (/[-+]/.test(separator) || /[A-Z]/.test(last)) return last.length === 4
  // Ten digits in a row that begin with 0 are a telephone number far oftener.
  return (century || !year.startsWith('0')) && luhn(year + month + day + last)
})

/** A coordination number has 60 added to the day. @param {string} month @param {string} day */
const isDay = (month, day) => {
  const d = Number(day) > 60 ? Number(day) - 60 : Number(day)
  return Number(month) >= 1 && Number(month) <= 12 && d >= 1 && d <= 31
}

/** The check digit of ten digits: Luhn's, every other digit doubled from the first. @param {string} digits */
function luhn(digits) {
  const sum = [...digits].reduce((sum, digit, i) => {
    const n = Number(digit) * (i % 2 === 0 ? 2 : 1)
    return sum + (n > 9 ? n - 9 : n)
  }, 0)
  return sum % 10 === 0
}

const PHONE = /(^|[^\d.,+-])((?:\+|00)\d{1,3}[ ()./-]{0,3}(?:\(0\) ?)?\d(?:[ ./-]{0,3}\d){6,11}|\(?0\d{1,3}\)?[ ./-]{0,3}\d(?:[ ./-]{0,3}\d){4,8})(?!\d)/gu
/** 01.02.2026, 08.00-16.00 */
const NO_PHONE = /^\(?0\d[./]\d\d(?!\d)/
/** Nobody's own: authorities (010), calls that cost nothing (020) or little (077). */
const NOBODYS = /^0(?:10|20|77)/

/** @param {string} text plain @returns {Found[]} telephone numbers that can be a person's */
export const phonesIn = (text) => matches(text, PHONE).filter(({ text }) => !NO_PHONE.test(text) && !NOBODYS.test(digitsOf(text)))

/** A number's digits as one dials them in Sweden: the same however it is written. @param {string} text */
export const digitsOf = (text) => text.replace(/\(0\)/g, '').replace(/[^\d+]/g, '').replace(/^(?:\+|00)46/, '0').replace(/^\+/, '00')

const MAIL = /(^|[^\p{L}\p{N}._%+-])([\p{L}\p{N}._%+-]+ ?(?:@|[[(]at[\])]) ?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)/gu

/** @param {string} text plain @returns {Found[]} */
export const mailsIn = (text) => matches(text, MAIL)

const STREET = '(?:gatan|vägen|stigen|gränd|gränden|backen|torget|allén|leden|slingan|svängen|kroken|kajen|esplanaden|rundan|liden|väg|gata|stig)'
const ADDRESS = new RegExp(
  `(^|[^\\p{L}])((?:(?:Norra|Södra|Östra|Västra|Stora|Lilla|Gamla|Nya|Övre|Nedre|Sankt|Sankta|S:t|S:ta) )?(?:\\p{Lu}[\\p{L}-]*${STREET}|\\p{Lu}[\\p{L}-]+ ${STREET}) \\d{1,4}(?: ?[A-Za-z](?!\\p{L}))?(?:,? (?:lgh|vån)\\.? ?\\d+)?)(?![\\d\\p{L}]|[.:-]\\d| ?(?:barn|vuxna|platser|kr)(?!\\p{L}))`, 'gu')

/** @param {string} text plain @returns {Found[]} street addresses */
export const addressesIn = (text) => matches(text, ADDRESS)

/** @param {string} text @param {RegExp} pattern @returns {(Found & {groups: string[]})[]} */
const matches = (text, pattern) => [...text.matchAll(pattern)].map((match) => {
  const [, before, found, ...groups] = match
  const start = (match.index ?? 0) + before.length
  return { start, end: start + found.length, text: found, groups }
})
