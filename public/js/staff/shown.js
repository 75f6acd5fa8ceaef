/**
 * Reading again what changes on the server, while it is looked at.
 */

/** Milliseconds before what could not be read is tried again; they double up to the longest. */
const SHORTEST = 2_000
const LONGEST = 60_000

/**
 * Calls again when she comes back to the page, or the network does. A network
 * that is said to be back may still need a moment: false, "that could not be
 * read", is tried again while she looks.
 * @param {HTMLElement} root of the view; it ends with it
 * @param {() => Promise<boolean|void>} again
 */
export function whileShown(root, again) {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer
  let wait = SHORTEST
  const look = async () => {
    clearTimeout(timer)
    if (!root.isConnected) return stop()
    if (document.visibilityState !== 'visible') return
    if (await again() !== false) {
      wait = SHORTEST
      return
    }
    clearTimeout(timer)
    timer = setTimeout(look, wait)
    wait = Math.min(wait * 2, LONGEST)
  }
  const stop = () => {
    document.removeEventListener('visibilitychange', look)
    removeEventListener('online', look)
  }
  document.addEventListener('visibilitychange', look)
  addEventListener('online', look)
}
