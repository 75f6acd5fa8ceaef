/**
 * The space that recordings take on this phone: the oldest makes room.
 */
import { CACHE } from './recordings.js'

/** When a recording was loaded, in a header of its own beside it. */
export const LOADED = 'X-Loaded'

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
