/**
 * The phone's own database, the only thing that parents' views read. Its
 * stores and the shape of every row are in types.js.
 *
 * @import {IDBPDatabase, IDBPTransaction, StoreNames} from '../../vendor/idb/index.js'
 * @import {Schema} from './types.js'
 */
import { openDB as open } from '../../vendor/idb/index.js'

const NAME = 'folje'
const VERSION = 3

/** Where localStorage has identity.js's copy. */
export const IDENTITY = 'folje.phone'

/** @type {Promise<IDBPDatabase<Schema>> | null} */
let opened = null
/** @type {IDBPDatabase<Schema> | null} */
let connection = null

/**
 * The open database, the same one for every caller. An iPhone drops the connection of an app that slept in the
 * background; the next call then opens a new one.
 * @returns {Promise<IDBPDatabase<Schema>>}
 */
export function openDB() {
  opened ??= connect().catch((error) => {
    opened = null
    throw error
  })
  return opened
}

async function connect() {
  const db = await reach(VERSION).catch((error) => {
    // The server went back to an earlier version of the app; what that one knows is there.
    if (error?.name === 'VersionError') return reach()
    throw error
  })
  // The worker has no localStorage, and cannot import like this.
  if (globalThis.localStorage?.getItem(IDENTITY) && !await db.get('meta', 'device')) await (await import('./identity.js')).restoreIdentity(db)
  return db
}

/** @param {number} [version] */
async function reach(version) {
  /** @type {IDBPDatabase<Schema>} */
  const db = await open(NAME, version, {
    upgrade(db, before, _to, tx) {
      if (before < 1) {
        db.createObjectStore('meta')
        db.createObjectStore('groups', { keyPath: 'id' })
        db.createObjectStore('records', { keyPath: 'id' })
        db.createObjectStore('texts')
        db.createObjectStore('feeds')
        db.createObjectStore('opened')
        db.createObjectStore('drafts')
      }
      if (before < 2) {
        db.createObjectStore('outbox', { keyPath: 'op' })
        db.createObjectStore('sent', { keyPath: 'op' })
        db.createObjectStore('answers', { keyPath: 'meeting' })
        // Earlier versions dropped the texts of records they did not know, such as meetings: all is fetched anew.
        tx.objectStore('feeds').clear()
      }
      if (before < 3) db.createObjectStore('sealed', { keyPath: 'op' })
    },
    // A newer version of the app in another tab must not wait for this one.
    blocking: () => forget(db),
    terminated: () => { opened = null },
  })
  return connection = db
}

/** @param {IDBPDatabase<Schema>} db */
function forget(db) {
  opened = null
  db.close()
}

// WebKit keeps a page that was left as it was, with its half transaction, for which every other page then waits.
globalThis.addEventListener?.('pagehide', (event) => {
  if (event.persisted && connection) forget(connection)
})

/**
 * Runs work on the database, once more on a new connection when the old one turns out to be dead.
 * @template T
 * @param {(db: IDBPDatabase<Schema>) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withDB(work) {
  try {
    return await work(await openDB())
  } catch (error) {
    if (!(error instanceof DOMException) || !['InvalidStateError', 'UnknownError'].includes(error.name)) throw error
    opened = null
    return work(await openDB())
  }
}

/**
 * Runs work in a transaction. On a full phone the oldest letters make room and it is run again; in the worker, which
 * leaves that to pages, it fails.
 * @template T
 * @param {StoreNames<Schema>[]} stores
 * @param {(tx: IDBPTransaction<Schema, any, 'readwrite'>) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function transact(stores, work) {
  for (;;) {
    try {
      return await withDB((db) => inOne(db.transaction([...new Set(stores)], 'readwrite', { durability: 'strict' }), work))
    } catch (error) {
      if (!isFull(error) || !('document' in globalThis) || !await (await import('./room.js')).makeRoom()) throw error
    }
  }
}

/** @param {unknown} error */
export const isFull = (error) => /** @type {any} */ (error)?.name === 'QuotaExceededError'

/**
 * @template T
 * @param {any} tx
 * @param {(tx: any) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function inOne(tx, work) {
  try {
    const [result] = await Promise.all([work(tx), tx.done])
    return result
  } catch (error) {
    // An exception of work's ends the transaction; otherwise it has ended, and its own error says why.
    try { tx.abort() } catch {}
    throw tx.error ?? error
  }
}

/**
 * One value of the store `meta`.
 * @template {keyof import('./types.js').Meta} K
 * @param {K} key
 * @returns {Promise<import('./types.js').Meta[K] | undefined>}
 */
export function meta(key) {
  return withDB(async (db) => /** @type {any} */ (await db.get('meta', key)))
}

/**
 * Stores one value of `meta`.
 * @template {keyof import('./types.js').Meta} K
 * @param {K} key
 * @param {import('./types.js').Meta[K]} value
 */
export async function setMeta(key, value) {
  await withDB((db) => db.put('meta', value, key))
}
