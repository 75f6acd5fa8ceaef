/** When the page sends what waits in the outbox, beside every sync: after writing, and when it is time to try again. */
import { flush, nextTry } from './outbox.js'

/** The shortest wait, and the longest that a timer can count. */
const WAIT = { shortest: 1000, longest: 2 ** 31 - 1 }

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer

/** Sends what waits, and goes on trying for as long as the page lives. */
export async function sendSoon() {
  try {
    // A restored server takes nothing before the phone has synced with it.
    if (await flush() === 'restored') await (await import('./background.js')).keepUp()
  } finally {
    await planSending()
  }
}

/** Sets the time of the next try. */
export async function planSending() {
  clearTimeout(timer)
  const at = await nextTry()
  if (at !== null) timer = setTimeout(sendSoon, Math.min(Math.max(at - Date.now(), WAIT.shortest), WAIT.longest))
}
