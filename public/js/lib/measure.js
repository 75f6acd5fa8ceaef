/** How long and how large a recording is, as readers are told. */
import { formatNumber } from '../i18n/numbers.js'

/** Minutes and seconds, such as 2:05. @param {number} milliseconds */
export function clock(milliseconds) {
  const seconds = Math.round(milliseconds / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** Megabytes with one decimal, never less than what it is. @param {number} bytes */
export const size = (bytes) => formatNumber(Math.max(Math.ceil(bytes / 100_000) / 10, 0.1), { minimumFractionDigits: 1, maximumFractionDigits: 1 })
