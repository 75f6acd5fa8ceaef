/**
 * Reading again what changes on the server, while it is looked at.
 */

/**
 * Calls again when she comes back to the page, or the network does.
 * @param {HTMLElement} root of the view; it ends with it
 * @param {() => void} again
 */
export function whileShown(root, again) {
  const look = () => {
    if (!root.isConnected) stop()
    else if (document.visibilityState === 'visible') again()
  }
  const stop = () => {
    document.removeEventListener('visibilitychange', look)
    removeEventListener('online', look)
  }
  document.addEventListener('visibilitychange', look)
  addEventListener('online', look)
}
