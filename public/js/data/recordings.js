/**
 * What letters carry that this phone has loaded, read aloud or attached, each under its id, since what an id names never
 * changes: what sync needs of it, in the worker too.
 */
import { withDB } from './db.js'

export const CACHE = 'folje-recordings'

/** Where a recording is kept. @param {string} id */
export const address = (id) => `/recordings/${id}`

/** Where a picture or a document is kept. @param {string} id */
export const attached = (id) => `/attachments/${id}`

/** Lets those go that no letter on this phone has any more. */
export async function forgetGone() {
  if (!globalThis.caches || !await caches.has(CACHE)) return
  const rows = await withDB((db) => db.getAll('records'))
  const wanted = new Set(rows.flatMap((row) => Object.values(row.via).flatMap((/** @type {any} */ { record: { recordings = {}, blocks = [] } }) =>
    [...Object.values(recordings).map((r) => address(r.id)), ...blocks.map((/** @type {any} */ b) => attached(b.attachment?.id))])))
  const cache = await caches.open(CACHE)
  for (const key of await cache.keys()) if (!wanted.has(new URL(key.url).pathname)) await cache.delete(key)
}

/** Lets all of them go. */
export async function forgetAll() {
  await globalThis.caches?.delete(CACHE)
}
