/**
 * Everything the phone and the server have to tell each other, for whoever can
 * do it: a page, or the worker while no page is open.
 */
import { forgetOldAnswers, pullAnswers } from './answers.js'
import { flush, nextTry } from './outbox.js'
import { forgetGone } from './recordings.js'
import { hasSealed, keepRequests } from './requests.js'
import { sync } from './sync.js'

export { SYNC_TAG } from './outbox.js'

/**
 * Fetches what is new and sends what waits; it never fails. `hurry` also sends what failed a moment ago.
 * @param {{hurry?: boolean}} [options]
 * @returns {Promise<import('./sync.js').Contact>}
 */
export async function keepUp({ hurry = false } = {}) {
  const [contact] = await Promise.all([sync(), flush({ hurry })])
  // Only now it is known whether the server was restored; what it lost of this phone's is sent again.
  await flush()
  await pullAnswers()
  await forgetOldAnswers(Date.now())
  await forgetGone()
  return contact
}

/**
 * Sends what waits, on behalf of a browser that can try again later.
 * @returns {Promise<boolean>} whether nothing waits any more
 */
export async function sendWaiting() {
  await Promise.all([keepUp({ hurry: true }), keepRequests()])
  return await nextTry() === null && !await hasSealed()
}
