/**
 * A copy of who this phone is, beside the database. Browsers clear the database
 * of an app that was not opened for long, or that they need the space of; some
 * leave localStorage, and with the copy the phone is the same phone again and
 * fetches everything by itself. The copy holds the id, the secret and the codes
 * of the groups, nothing else. The worker has no localStorage; pages do this.
 *
 * @import {IDBPDatabase} from '../../vendor/idb/index.js'
 * @import {Device, Schema} from './types.js'
 */
import { IDENTITY } from './db.js'

/**
 * Writes the copy, when it is not the one already there.
 * @param {IDBPDatabase<Schema>} db
 */
export async function keepIdentity(db) {
  const device = /** @type {Device | undefined} */ (await db.get('meta', 'device'))
  const groups = await db.getAll('groups')
  if (!device?.registered) return
  const copy = JSON.stringify({ id: device.id, secret: device.secret, codes: Object.fromEntries(groups.map((g) => [g.id, g.code])) })
  if (read() !== copy) write(copy)
}

/** Ends the copy. */
export function forgetIdentity() {
  try {
    localStorage?.removeItem(IDENTITY)
  } catch {
    // Storage that is forbidden holds no copy.
  }
}

/**
 * Gives an empty database the identity of the copy, if there is one. Numbers of operations go on from the clock: the
 * server has seen lower ones, and of two answers it takes the higher.
 * @param {IDBPDatabase<Schema>} db
 */
export async function restoreIdentity(db) {
  const copy = parse(read())
  if (!copy) return
  const tx = db.transaction(['meta', 'groups'], 'readwrite')
  const meta = tx.objectStore('meta')
  if (await meta.get('device')) return
  const now = Date.now()
  await meta.put({ id: copy.id, secret: copy.secret, registered: false, locale: '' }, 'device')
  await meta.put(now, 'seq')
  await meta.put(now, 'refilled')
  for (const [id, code] of Object.entries(copy.codes)) {
    await tx.objectStore('groups').put({ id, name: '', unit: { id: '', name: '' }, code: String(code), ended: false })
  }
  await tx.done
}

function read() {
  try {
    return globalThis.localStorage?.getItem(IDENTITY) ?? null
  } catch {
    return null
  }
}

/** @param {string} copy */
function write(copy) {
  try {
    globalThis.localStorage?.setItem(IDENTITY, copy)
  } catch {
    // Without the copy a cleared phone is a new one.
  }
}

/** @param {string | null} text */
function parse(text) {
  try {
    const copy = JSON.parse(text ?? 'null')
    return typeof copy?.id === 'string' && typeof copy.secret === 'string' ? { codes: {}, ...copy } : null
  } catch {
    return null
  }
}
