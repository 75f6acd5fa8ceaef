/**
 * Confidential requests on their way: the public keys that they are encrypted
 * to, which every phone fetches with every sync, and what is encrypted and not
 * sent yet. No list shows it. It goes without anything that says which phone it
 * comes from, and once the server has said what became of it, nothing of it is
 * left here. It uses nothing of the page, so that the worker can run it too.
 *
 * @import {RequestKeys, SealedRow} from './types.js'
 */
import { isFull, meta, setMeta, transact, withDB } from './db.js'
import { ask, Refused, Unheard } from './net.js'
import { isVerdict } from './verdicts.js'

/** Every phone asks in the same language, so that asking says nothing about its reader. */
const LOCALE = 'sv'
/** What could not be sent for so long is of no use to anybody. */
const KEPT = 30 * 24 * 60 * 60_000

/** @typedef {'waiting' | 'applied' | 'rejected'} Fate */

/** What became of requests, by op: whoever sent one tells the others, and it is kept nowhere. @type {Map<string, Fate>} */
const fates = new Map()
const told = new BroadcastChannel('folje:sealed')
told.addEventListener('message', ({ data }) => fates.set(data.op, data.fate))

/**
 * What became of a request that was put here.
 * @param {string} op
 * @returns {Promise<Fate>}
 */
export async function fateOf(op) {
  return await withDB((db) => db.get('sealed', op)) ? 'waiting' : fates.get(op) ?? 'applied'
}

/** Fetches the keys and sends what waits; it never fails. */
export async function keepRequests() {
  await Promise.all([fetchKeys(), sendSealed()])
}

/**
 * Puts an encrypted request on its way; when the promise is kept, it is on the disk.
 * @param {{op: string, to: string, ciphertext: string}} sealed
 */
export async function putSealed({ op, to, ciphertext }) {
  await transact(['sealed'], (tx) => tx.objectStore('sealed').put({ op, to, ciphertext, made: Date.now() }))
}

/** Whether an encrypted request waits here. @returns {Promise<boolean>} */
export async function hasSealed() {
  return await withDB((db) => db.count('sealed')) > 0
}

/** Sends what waits, each on its own. It never fails. */
export async function sendSealed() {
  await navigator.locks.request('folje:sealed', async () => {
    for (const row of await withDB((db) => db.getAll('sealed'))) {
      const fate = await sendOne(row)
      fates.set(row.op, fate)
      told.postMessage({ op: row.op, fate })
      // Once the server has it, nothing is left here, whatever it said.
      if (fate !== 'waiting' || Date.now() - row.made > KEPT) await withDB((db) => db.delete('sealed', row.op))
    }
  })
}

/**
 * @param {SealedRow} row
 * @returns {Promise<Fate>}
 */
async function sendOne({ op, to, ciphertext }) {
  try {
    const { data } = await ask('POST', 'requests', { locale: LOCALE, body: { op, to, ciphertext } })
    if (!isVerdict(data) || data.op !== op) return 'waiting'
    return data.verdict === 'rejected' ? 'rejected' : 'applied'
  } catch (error) {
    if (!(error instanceof Unheard || error instanceof Refused)) throw error
    return 'waiting'
  }
}

/** The channels as this phone knows them, null where it has not heard of any. @returns {Promise<RequestKeys | null>} */
export async function requestKeys() {
  return await meta('requestKeys') ?? null
}

/** Asks which keys hold now. It never fails. @returns {Promise<void>} */
export async function fetchKeys() {
  try {
    const known = await meta('requestKeys')
    const { status, data, etag } = await ask('GET', 'request-keys', { locale: LOCALE, etag: known?.etag })
    if (status === 304 || !Array.isArray(data?.channels)) return
    await setMeta('requestKeys', { etag, size: data.size, channels: data.channels })
  } catch (error) {
    if (!(error instanceof Unheard || error instanceof Refused || isFull(error))) throw error
  }
}
