/**
 * How long a page waits for the network where it has something to show without
 * it: a network that doesn't answer is worse than none.
 */

/** In ms. */
const PATIENCE = 5_000

/** What came in time, or undefined; at once where the browser knows that there is no network. @template T @param {() => Promise<T>} ask @returns {Promise<T|undefined>} */
export async function inTime(ask) {
  if (!navigator.onLine) return undefined
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer
  const late = new Promise((resolve) => { timer = setTimeout(resolve, PATIENCE, undefined) })
  const asked = ask()
  asked.catch(() => {}) // a failure that comes too late concerns nobody
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
  }
}
