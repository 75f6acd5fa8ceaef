/**
 * Letters read aloud, as far as this phone has loaded them: each under its id in a cache of its own, since what an id
 * names never changes. What loads and plays them is in sound.js; this is what sync needs of them, in the worker too.
 */
import { withDB } from './db.js'

export const CACHE = 'folje-recordings'
/** When a recording was loaded, in a header of its own beside it. */
export const LOADED = 'X-Loaded'

/** Where a recording is kept. @param {string} id */
export const address = (id) => `/recordings/${id}`

/** Everything that is kept, the oldest first. */
export async function entries() {
  const cache = await caches.open(CACHE)
  const found = await Promise.all((await cache.keys()).map(async (key) => {
    const headers = (await cache.match(key))?.headers
    return { key, size: Number(headers?.get('Content-Length') ?? 0), loaded: Number(headers?.get(LOADED) ?? 0) }
  }))
  return found.sort((a, b) => a.loaded - b.loaded)
}

/**
 * Lets the recording go that was loaded first, for what needs the space more.
 * @returns {Promise<boolean>} false when there was none
 */
export async function forgetOldest() {
  if (!await caches.has(CACHE)) return false
  const [oldest] = await entries()
  return oldest ? await (await caches.open(CACHE)).delete(oldest.key) : false
}

/** Lets those go that no letter on this phone has any more. */
export async function forgetGone() {
  if (!globalThis.caches || !await caches.has(CACHE)) return
  const rows = await withDB((db) => db.getAll('records'))
  const wanted = new Set(rows.flatMap((row) => Object.values(row.via).flatMap(({ record }) =>
    ('recordings' in record && record.recordings ? Object.values(record.recordings).map((r) => address(r.id)) : []))))
  const cache = await caches.open(CACHE)
  for (const key of await cache.keys()) if (!wanted.has(new URL(key.url).pathname)) await cache.delete(key)
}

/** Lets all of them go. */
export async function forgetAll() {
  await globalThis.caches?.delete(CACHE)
}
