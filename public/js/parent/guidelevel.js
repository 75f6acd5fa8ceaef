/**
 * What stands in the guide without an address of its own. What is sensitive is
 * opened at /guide itself: neither history, nor the title, nor the browser's
 * own list of pages can tell that somebody read it. It lasts as long as the
 * page shows it.
 */
import { navigate } from '../router.js'

/** The guide's own address, and that of everything that has none. */
export const HOME = '/guide'

/**
 * @typedef {object} Level
 * @property {'worry' | 'entry' | 'consent' | 'request'} kind
 * @property {string} key of the worry or entry
 */

/** @type {Level[]} */
let pending = []

/**
 * Shows something at the guide's own address, in place of what is there.
 * @param {Level[]} levels what leads to it, itself last; none is the guide's first page
 */
export function showQuietly(levels) {
  pending = levels
  navigate(HOME, { replace: true })
}

/** What the view that opens now is to show. @returns {Level[]} */
export function takeLevels() {
  const taken = pending
  pending = []
  return taken
}
