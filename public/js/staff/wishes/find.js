/** @import {Wish} from '../types.js' */
import * as api from '../api.js'

/**
 * A wish of one of the groups; null where there is none, or where the server
 * can't be asked: the form works without it.
 * @param {string[]} groups ids
 * @param {string} id "" for none
 * @returns {Promise<Wish|null>}
 */
export async function findWish(groups, id) {
  if (!id) return null
  const found = await Promise.allSettled(groups.map((group) => api.wishes(group)))
  const all = found.flatMap((f) => (f.status === 'fulfilled' ? f.value.wishes : []))
  return all.find((w) => w.id === id) ?? null
}
