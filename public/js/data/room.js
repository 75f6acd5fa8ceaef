/**
 * What happens when the phone has no space left for this app: recordings go,
 * which can be loaded again, then the oldest letters, until what came now fits. What the parent wrote never does. Only
 * pages do this; a worker without space leaves it to the next page.
 *
 * @import {Row, Schema} from './types.js'
 * @import {IDBPTransaction} from '../../vendor/idb/index.js'
 */
import { isFull, setMeta, withDB } from './db.js'
import { segmentsOf } from './feeds.js'
import { forgetOldest } from './recordingspace.js'

/** How much of the letters goes at a time. */
const SHARE = 4

/** @typedef {IDBPTransaction<Schema, any, 'readwrite'>} Transaction */

/**
 * Lets a recording go, or, where there is none, the oldest letters, with the texts that only they had, and notes how old they were: they are not kept again
 * when they come again. What only deletes needs no space, so that comes first, and what is kept of the texts is written
 * after it. Their feeds' cursors go and come with them: cut off in between, the phone fetches those feeds anew.
 * @returns {Promise<boolean>} false when there was no letter left to go
 */
export async function makeRoom() {
  if (await forgetOldest()) return true
  for (;;) {
    const kept = await withDB(dropOldest)
    if (!kept) return false
    try {
      await withDB((db) => putBack(db, kept))
      return true
    } catch (error) {
      if (!isFull(error)) throw error
    }
  }
}

/**
 * @typedef {{texts: Map<string, any>, feeds: Map<string, import('./types.js').Feed>}} Kept
 *
 * @param {import('../../vendor/idb/index.js').IDBPDatabase<Schema>} db
 * @returns {Promise<Kept | null>} what to put back
 */
async function dropOldest(db) {
  const tx = db.transaction(['records', 'texts', 'feeds', 'meta'], 'readwrite')
  const letters = (await tx.objectStore('records').getAll()).filter((r) => r.kind === 'letter').sort((a, b) => newest(a).localeCompare(newest(b)))
  const oldest = letters.slice(0, Math.min(Math.ceil(letters.length / SHARE), letters.length - 1))
  if (oldest.length === 0) return null
  for (const { id } of oldest) await tx.objectStore('records').delete(id)
  const kept = { texts: await takeTexts(tx), feeds: await takeAll(tx.objectStore('feeds')) }
  await tx.done
  await setMeta('horizon', newest(oldest[oldest.length - 1]))
  await setMeta('full', Date.now())
  return kept
}

/**
 * @param {import('../../vendor/idb/index.js').IDBPDatabase<Schema>} db
 * @param {Kept} kept
 */
async function putBack(db, { texts, feeds }) {
  const tx = db.transaction(['texts', 'feeds'], 'readwrite')
  tx.done.catch(() => {})
  try {
    for (const [key, value] of texts) await tx.objectStore('texts').put({ ...value, ...await tx.objectStore('texts').get(key) }, key)
    for (const [key, feed] of feeds) if (!await tx.objectStore('feeds').get(key)) await tx.objectStore('feeds').put(feed, key)
    await tx.done
  } catch (error) {
    throw tx.error ?? error
  }
}

/** When the letter was published or last corrected, in whatever scope that is newest. @param {Row} row */
function newest(row) {
  return Object.values(row.via).map(({ record }) => (record.kind === 'letter' ? record.corrected || record.published : '')).sort().pop() ?? ''
}

/**
 * Takes all texts out and gives back those that letters on this phone use.
 * @param {Transaction} tx
 */
async function takeTexts(tx) {
  /** @type {Map<string, Set<string>>} */
  const used = new Map()
  for (const row of await tx.objectStore('records').getAll()) {
    for (const [scope, { epoch, record }] of Object.entries(row.via)) {
      const at = `${scope}/${epoch}`
      used.set(at, new Set([...used.get(at) ?? [], ...segmentsOf(record).map(String)]))
    }
  }
  const texts = await takeAll(tx.objectStore('texts'))
  for (const [key, value] of texts) {
    const wanted = used.get(key.split('/').slice(0, 2).join('/'))
    if (!wanted) texts.delete(key)
    else texts.set(key, Object.fromEntries(Object.entries(value ?? {}).filter(([number]) => wanted.has(number))))
  }
  return texts
}

/**
 * Empties a store.
 * @param {any} store
 * @returns {Promise<Map<string, any>>} what was in it
 */
async function takeAll(store) {
  const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()])
  await store.clear()
  return new Map(keys.map((/** @type {any} */ key, /** @type {number} */ i) => [String(key), values[i]]))
}
