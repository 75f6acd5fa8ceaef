/**
 * What was written on this phone and has to reach the server: operations wait
 * here until the server's verdict on each was read. Nothing else takes one out,
 * neither an error nor a page of somebody else's. It uses nothing of the page,
 * so that the worker can send too; a Web Lock keeps two tabs and the worker
 * from sending the same operation at the same time.
 *
 * @import {OperationRow, OwnAnswer, Schema} from './types.js'
 * @import {IDBPTransaction, StoreNames} from '../../vendor/idb/index.js'
 */
import { inBatches, pauseAfter } from './batches.js'
import { announce } from './changes.js'
import { isFull, meta, setMeta, transact, withDB } from './db.js'
import { OUTBOX_LOCK, newUUID, registerAgain } from './device.js'
import { ask, Refused, Unheard } from './net.js'
import { recall, settle } from './verdicts.js'

/** The name under which a browser with Background Sync wakes the worker. */
export const SYNC_TAG = 'folje-outbox'

/** @typedef {IDBPTransaction<Schema, any, 'readwrite'>} Transaction */

/**
 * What an operation changes on this phone, in the transaction that it is put into the outbox with.
 * @typedef {{stores: StoreNames<Schema>[], write: (tx: Transaction, row: OperationRow) => Promise<void>}} Own
 */

/**
 * Puts an operation into the outbox; when the promise is kept, both are on the disk.
 * @param {string} kind
 * @param {any} body
 * @param {string} about the meeting or group it is about, or ""
 * @param {Own} [own]
 * @returns {Promise<OperationRow>}
 */
export async function put(kind, body, about, own = { stores: [], write: async () => {} }) {
  const op = newUUID()
  const row = await transact(['outbox', 'meta', ...own.stores], async (tx) => {
    const row = await add(tx, op, kind, body, about)
    await own.write(tx, row)
    return row
  })
  announce()
  wakeLater()
  return row
}

/**
 * Sends what waits; it never fails. `hurry` tries also what failed a moment ago, because there is a reason to hope.
 * @param {{hurry?: boolean}} [options]
 * @returns {Promise<'ok' | 'revoked' | 'restored'>}
 */
export async function flush({ hurry = false } = {}) {
  return await navigator.locks.request(OUTBOX_LOCK, async () => {
    try {
      await recall()
      return await inBatches((tried, size) => due(tried, size, hurry), send)
    } catch (error) {
      // A phone too full to write a verdict down sends again later, and gets the same verdict.
      if (!isFull(error)) throw error
      return 'ok'
    }
  })
}

/**
 * What the outbox holds: how many operations wait, those that the server refused, and the answers that came late.
 * @returns {Promise<{waiting: number, refused: OperationRow[], late: OwnAnswer[]}>}
 */
export async function waiting() {
  const [rows, answers] = await withDB((db) => Promise.all([db.getAll('outbox'), db.getAll('answers')]))
  return {
    waiting: rows.filter((r) => r.state === 'waiting').length,
    refused: rows.filter((r) => r.state === 'refused').sort((a, b) => a.seq - b.seq),
    late: answers.filter((a) => a.state === 'late'),
  }
}

/** When the next operation may be tried, or null when none waits. @returns {Promise<number | null>} */
export async function nextTry() {
  const [rows, quiet] = await Promise.all([withDB((db) => db.getAll('outbox')), meta('quiet')])
  const waits = rows.filter((r) => r.state === 'waiting').map((r) => r.next)
  return waits.length === 0 ? null : Math.max(Math.min(...waits), quiet ?? 0)
}

/**
 * Takes note of a refusal: the operation goes, and an answer becomes what the server has.
 * @param {string} op
 */
export async function dismiss(op) {
  await withDB(async (db) => {
    const tx = db.transaction(['outbox', 'answers'], 'readwrite')
    if ((await tx.objectStore('outbox').get(op))?.state === 'refused') await tx.objectStore('outbox').delete(op)
    const answer = (await tx.objectStore('answers').getAll()).find((a) => a.op === op && a.state === 'refused')
    if (answer?.held) await tx.objectStore('answers').put(fromServer(answer))
    else if (answer) await tx.objectStore('answers').delete(answer.meeting)
    await tx.done
  })
  announce()
}

/**
 * Tries a refused operation once more, as a new one.
 * @param {string} op
 */
export async function again(op) {
  const renewed = newUUID()
  await withDB(async (db) => {
    const tx = db.transaction(['outbox', 'answers', 'meta'], 'readwrite', { durability: 'strict' })
    const old = await tx.objectStore('outbox').get(op)
    if (old?.state === 'refused') {
      await tx.objectStore('outbox').delete(op)
      const row = await add(tx, renewed, old.kind, old.body, old.about)
      const answer = await tx.objectStore('answers').get(old.about)
      if (answer?.op === op) await tx.objectStore('answers').put({ ...answer, op: renewed, seq: row.seq, state: 'pending', message: '' })
    }
    await tx.done
  })
  announce()
  wakeLater()
}

/**
 * @param {Transaction} tx
 * @param {string} op
 * @param {string} kind
 * @param {any} body
 * @param {string} about
 */
export async function add(tx, op, kind, body, about) {
  const seq = (/** @type {number | undefined} */ (await tx.objectStore('meta').get('seq')) ?? 0) + 1
  /** @type {OperationRow} */
  const row = { op, seq, kind, v: 1, body, made: new Date().toISOString(), state: 'waiting', tries: 0, next: 0, code: '', message: '', about }
  await tx.objectStore('meta').put(seq, 'seq')
  await tx.objectStore('outbox').put(row)
  return row
}

/** @param {OwnAnswer} answer @returns {OwnAnswer} */
function fromServer(answer) {
  const { body, seq, late } = /** @type {import('./types.js').Held} */ (answer.held)
  return { ...answer, ...body, seq, op: '', state: late ? 'late' : 'applied', message: '' }
}

/** Asks a browser that can to wake the worker when there is a network again. */
export function wakeLater() {
  const ready = navigator.serviceWorker?.ready
  ready?.then((registration) => /** @type {any} */ (registration).sync?.register(SYNC_TAG)).catch(() => {})
}

/**
 * The operations to send next, the oldest first. One that erases a phone goes alone, with that phone's secret.
 * @param {Set<string>} tried
 * @param {number} size
 * @param {boolean} hurry
 */
async function due(tried, size, hurry) {
  const now = Date.now()
  if ((await meta('quiet') ?? 0) > now) return []
  const rows = (await withDB((db) => db.getAll('outbox'))).sort((a, b) => a.seq - b.seq)
    .filter((r) => r.state === 'waiting' && !tried.has(r.op) && (hurry || r.next <= now))
  const erasure = rows.find((r) => r.secret)
  if (erasure) return [erasure]
  return await meta('device') ? rows.slice(0, size) : []
}

/**
 * Sends one batch and does what the verdicts say.
 * @param {OperationRow[]} rows
 * @returns {Promise<'heard' | 'too much' | 'later' | 'revoked' | 'restored'>}
 */
async function send(rows) {
  // Of before the request: the server may be restored while its answer is on the way.
  const epoch = (await meta('hello'))?.epoch ?? ''
  try {
    const verdicts = await deliver(rows, epoch)
    const open = await settle(rows, verdicts, epoch)
    if (open.length > 0) await postpone(open, 0)
    return 'heard'
  } catch (error) {
    if (!(error instanceof Refused || error instanceof Unheard)) throw error
    if (error.status === 413 || error instanceof Refused && error.status === 400) {
      if (rows.length === 1) await postpone(rows, 0)
      return 'too much'
    }
    if (error instanceof Refused && error.code === 'error.epoch') return 'restored'
    await postpone(rows, error.wait)
    if (!(error instanceof Refused) || error.code !== 'error.device_revoked') return 'later'
    await setMeta('contact', 'revoked')
    return 'revoked'
  } finally {
    announce()
  }
}

/**
 * @param {OperationRow[]} rows
 * @param {string} epoch that this phone knows of the server; a restored one refuses it, until the phone has synced
 * @returns {Promise<any[]>}
 */
async function deliver(rows, epoch) {
  const locale = (await meta('locales'))?.[0] ?? 'sv'
  const operations = rows.map(({ op, seq, kind, v, body, made }) => ({ op, seq, kind, v, body, made }))
  const post = async () => {
    const secret = rows[0].secret ?? (await meta('device'))?.secret
    const { data } = await ask('POST', 'operations', { locale, secret, body: { epoch, operations } })
    if (!Array.isArray(data.verdicts)) throw new Unheard('operations: an answer without verdicts')
    return data.verdicts
  }
  try {
    return await post()
  } catch (error) {
    if (rows[0].secret || !(error instanceof Refused) || error.code !== 'error.device_unknown') throw error
    await registerAgain(locale)
    return await post()
  }
}

/**
 * Leaves operations where they are and tries them later, each time a little later.
 * @param {OperationRow[]} rows
 * @param {number} wait that the server asked for, in ms
 */
async function postpone(rows, wait) {
  const now = Date.now()
  await withDB(async (db) => {
    const tx = db.transaction(['outbox', 'meta'], 'readwrite')
    for (const { op } of rows) {
      const row = await tx.objectStore('outbox').get(op)
      if (!row) continue
      await tx.objectStore('outbox').put({ ...row, tries: row.tries + 1, next: now + pauseAfter(row.tries) })
    }
    if (wait > 0) await tx.objectStore('meta').put(now + wait, 'quiet')
    await tx.done
  })
}
