/**
 * Telling the server that a letter was opened here, so that staff know, in
 * counts of five, whom it did not reach. It says the letter and the language.
 *
 * @import {Letter} from './letters.js'
 */
import { meta, transact } from './db.js'
import { add } from './outbox.js'
import { sendSoon } from './sender.js'

/**
 * Tells it of a letter that was not opened here before in its present wording. It goes by the outbox, so that it may
 * wait for a network, and its id is made of the letter and of what only this phone knows: told twice, it counts once,
 * and the server can't find out by it which phone it was that opened a letter.
 * @param {Pick<Letter, 'id'|'fresh'>} letter
 * @param {string} locale that it is read in
 */
export async function tellOpened({ id, fresh }, locale) {
  const device = fresh && await meta('device')
  if (!device) return
  const op = await operationOf(`${device.secret} opened ${id}`)
  await transact(['outbox', 'meta'], (tx) => add(tx, op, 'opened', { letter: id, locale }, id))
  sendSoon()
}

/** A UUID of version 4 that is the same for the same words. @param {string} words */
async function operationOf(words) {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(words))).subarray(0, 16)
  bytes[6] = bytes[6] & 0x0f | 0x40
  bytes[8] = bytes[8] & 0x3f | 0x80
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('')
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')
}
