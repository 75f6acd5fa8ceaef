/**
 * The question of the day: Degerforsmodellen wants it positive and in "we"
 * form, so that the talk stays open. The app only helps; it refuses nothing.
 */

const WE = /(^|[^\p{L}])(vi|oss|vår|vårt|våra|tillsammans)(?![\p{L}])/iu
const NEGATIVE = /(^|[^\p{L}])(inte|aldrig|problem|fel|sluta|varför|brist|svårt)(?![\p{L}])/iu

/**
 * What could make a Swedish question better, as a message id, or "".
 * @param {string} question
 */
export function advice(question) {
  const text = question.trim()
  if (text.length < 12) return ''
  if (!WE.test(text)) return 'staff.question.we'
  if (NEGATIVE.test(text)) return 'staff.question.positive'
  return text.endsWith('?') ? '' : 'staff.question.mark'
}
