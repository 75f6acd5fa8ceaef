/**
 * The audit log's head, kept on this computer: each row's hash is made of the
 * one before and of the row, so that a log of which rows were changed or
 * removed does not go on from the head that was seen here.
 *
 * @import {Head, Link} from './types.js'
 */
import { meta, setMeta } from '../../data/db.js'
import { chain } from './api.js'
import { hex } from './fingerprint.js'

/** @typedef {'whole' | 'broken'} Found */

/**
 * Follows the log from the head that is kept here, and keeps the newest.
 * @returns {Promise<Found>}
 */
export async function follow() {
  const kept = await meta('auditHead')
  let at = kept ?? { seq: 0, hash: '0'.repeat(64) }
  for (;;) {
    const { head, rows } = await chain(at.seq)
    if (head.seq < at.seq || (head.seq === at.seq && head.seq > 0 && head.hash !== at.hash)) return 'broken'
    for (const row of rows) {
      if (!await goesOn(at, row)) return 'broken'
      at = { seq: row.seq, hash: row.hash }
    }
    if (rows.length === 0 || at.seq >= head.seq) break
  }
  await setMeta('auditHead', at)
  return 'whole'
}

/** Goes on from the log as it is now, after its break was looked into. */
export async function accept() {
  let at = 0
  for (;;) {
    const { head, rows } = await chain(at)
    const last = rows[rows.length - 1]
    if (!last || last.seq >= head.seq) return setMeta('auditHead', head)
    at = last.seq
  }
}

/** @param {Head} before @param {Link} row */
async function goesOn(before, row) {
  if (row.seq !== before.seq + 1) return false
  const sum = await crypto.subtle.digest('SHA-256', bytes(before.hash + row.digest))
  return hex(sum) === row.hash
}

/** @param {string} text in hexadecimal */
const bytes = (text) => Uint8Array.from(text.match(/../g) ?? [], (two) => parseInt(two, 16))
