/**
 * Numbers and order as the reader's language has them, with the digits of
 * Swedish signs and timetables.
 */
import { locale } from './messages.js'

/**
 * @param {number} value
 * @param {Intl.NumberFormatOptions} [options]
 */
export function formatNumber(value, options = {}) {
  return new Intl.NumberFormat(formatTag(), { numberingSystem: 'latn', ...options }).format(value)
}

/** The tag that Intl sorts and names languages in the present locale by; Swedish where this browser has no data for it. */
export function formatTag() {
  const tag = locale()
  const known = tag === 'en' ? 'en-GB' : tag === 'sv-simple' ? 'sv' : tag
  return Intl.DateTimeFormat.supportedLocalesOf([known]).length > 0 ? known : 'sv'
}
