/**
 * What a confidential request says, and the one size that every request has
 * before it is encrypted, so that nothing shows how much somebody wrote.
 */

/** The size before encryption, in bytes of UTF-8. */
export const SIZE = 6000

/** @typedef {'phone' | 'sms' | 'mail' | 'post' | 'none'} How */

/**
 * @typedef {object} Request
 * @property {1} v
 * @property {'question' | 'contact'} kind
 * @property {string} text
 * @property {{how: How, value: string, voicemail: boolean, when: string}} reach voicemail: one may be left
 * @property {string} language a BCP 47 tag that the answer is wanted in
 * @property {boolean} interpreter one is wanted
 * @property {string} made
 */

/**
 * The request as text of exactly SIZE bytes.
 * @param {Request} request
 * @returns {string}
 * @throws {RangeError} where it is longer; tooLong tells by how much
 */
export function pad(request) {
  const text = JSON.stringify(request)
  const missing = SIZE - sizeOf(text)
  if (missing < 0) throw new RangeError(`${-missing} bytes too long`)
  return text + ' '.repeat(missing)
}

/**
 * How many signs of the text must go for the request to fit, 0 where it fits.
 * @param {Request} request
 * @returns {number}
 */
export function tooLong(request) {
  let over = sizeOf(JSON.stringify(request)) - SIZE
  let signs = 0
  for (const sign of [...request.text].reverse()) {
    if (over <= 0) break
    // As it stands in JSON, without the quotation marks round it.
    over -= sizeOf(JSON.stringify(sign)) - 2
    signs++
  }
  return signs
}

/**
 * Reads a request that was opened.
 * @param {string} text
 * @returns {Request | null} null where it is none, of whatever shape
 */
export function read(text) {
  try {
    const { v, kind, text: words, reach, language, interpreter, made } = JSON.parse(text)
    if (v !== 1 || typeof words !== 'string') return null
    return {
      v,
      kind: kind === 'contact' ? 'contact' : 'question',
      text: words,
      reach: {
        how: ['phone', 'sms', 'mail', 'post'].includes(reach?.how) ? reach.how : 'none',
        value: said(reach?.value), voicemail: reach?.voicemail === true, when: said(reach?.when),
      },
      language: said(language),
      interpreter: interpreter === true,
      made: said(made),
    }
  } catch {
    return null
  }
}

/** @param {unknown} value */
const said = (value) => (typeof value === 'string' ? value : '')

/** @param {string} text */
const sizeOf = (text) => new TextEncoder().encode(text).length
