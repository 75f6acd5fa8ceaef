/**
 * Tells every open page, and the worker, that the phone's data changed.
 * Listen for "change" on `changes`; it fires in the page that made the change too.
 */
export const changes = new EventTarget()

const channel = new BroadcastChannel('folje')
channel.onmessage = () => changes.dispatchEvent(new Event('change'))

/** Announces that something in the database changed. */
export function announce() {
  channel.postMessage('change')
  changes.dispatchEvent(new Event('change'))
}
