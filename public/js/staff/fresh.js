/**
 * What a page needs of the server, or, without a network, as this computer
 * read it last. The copies are the account's (kept.js).
 */
import { keep, kept } from './kept.js'
import { Problem } from './problem.js'

/** @template T @typedef {{value: T, at: string|null}} Read at: when it was read, where this is a copy; null where it is fresh */

/**
 * @template T
 * @param {string} author the person's id
 * @param {string} id what it is kept under
 * @param {() => Promise<T>} load
 * @returns {Promise<Read<T>>}
 * @throws {Problem} the server's, or that there is no network and no copy
 */
export async function fresh(author, id, load) {
  try {
    const value = await load()
    await keep(author, id, { value, at: new Date().toISOString() })
    return { value, at: null }
  } catch (error) {
    if (!(error instanceof Problem) || !error.offline) throw error
    const copy = await kept(author, id)
    if (!copy) throw error
    return copy
  }
}
