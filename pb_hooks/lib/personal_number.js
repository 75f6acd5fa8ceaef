// Swedish personal identity numbers (personnummer) and coordination numbers
// (samordningsnummer) in running text.

const CODE = 'error.personal_number'

// [YY]YYMMDD, - or + or a space or nothing, NNNC; + is for those over a hundred.
const SHAPE = /(?<!\d)(18|19|20)?(\d\d)(\d\d)(\d\d)( ?[-+] ?| )?(\d{4})(?!\d)/g

/**
 * Throws PocketBase's 400 with an error at each field of the letter or meeting
 * in which there is a number; a letter's block is block.<id>.
 */
function refuse(e) {
  const faults = {}
  for (const [field, text] of fields(e.record)) {
    if (contains(text)) faults[field] = new ValidationError(CODE, $message(e, CODE))
  }
  if (Object.keys(faults).length > 0) throw new BadRequestError('', faults)
}

/** The texts by field that families get to read. */
function fields(record) {
  if (record.collection().name === 'letters') return fieldsOfLetter(record)
  return ['information', 'question', 'place', 'contact'].map((name) => [name, record.getString(name)])
}

/** Whether blocks are well formed is not asked here. */
function fieldsOfLetter(letter) {
  const blocks = JSON.parse(letter.getString('blocks') || 'null')
  const body = (Array.isArray(blocks) ? blocks : []).map((block) => [`block.${block?.id}`, String(block?.text ?? '')])
  return [['title', letter.getString('title')], ['question', letter.getString('question')], ...body]
}

/** Whether the text contains something that can be a personal identity number. */
function contains(text) {
  for (const [, century, year, month, day, separator, last] of plain(text).matchAll(SHAPE)) {
    // Ten digits in a row that begin with 0 are a telephone number far oftener.
    if (!century && !separator && year.startsWith('0')) continue
    if (isDate(month, day) && luhn(year + month + day + last)) return true
  }
  return false
}

/** Digits and hyphens of every sort made plain, and what can't be seen taken away. */
function plain(text) {
  return text.normalize('NFKC')
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s/g, ' ')
}

/** A coordination number has 60 added to the day. */
function isDate(month, day) {
  const d = day > 60 ? day - 60 : Number(day)
  return month >= 1 && month <= 12 && d >= 1 && d <= 31
}

/** The check digit of ten digits (Luhn, every other digit doubled from the first). */
function luhn(digits) {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const n = Number(digits[i]) * (i % 2 === 0 ? 2 : 1)
    sum += n > 9 ? n - 9 : n
  }
  return sum % 10 === 0
}

module.exports = { refuse, contains }
