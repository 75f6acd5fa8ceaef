/**
 * When the page syncs: at the start, when the network or the reader comes
 * back, after joining, and every few minutes while the app is looked at.
 * Phones without news wait at random times, so that they don't all ask at once.
 */
import { isChosen, locale } from '../i18n/messages.js'
import { readIn } from './languages.js'
import { sync } from './sync.js'

const MINUTE = 60_000
/** Waits after a success, a first failure, and at most. */
const WAIT = { ok: 4 * MINUTE, failed: 5_000, longest: 15 * MINUTE }

let failures = 0
let last = 0
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer
/** @type {Promise<void> | null} */
let running = null

/** Starts syncing for as long as the page lives. */
export function startSync() {
  addEventListener('online', () => syncNow())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && Date.now() - last > 10_000) syncNow()
  })
  // Before a language was chosen only the original is fetched.
  Promise.resolve(isChosen() && readIn(locale())).then(syncNow)
}

/** Syncs at once, after the sync that is under way if there is one. */
export async function syncNow() {
  if (running) await running
  running ??= turn().finally(() => { running = null })
  await running
}

async function turn() {
  clearTimeout(timer)
  last = Date.now()
  const contact = await sync()
  failures = contact === 'ok' ? 0 : failures + 1
  if (contact === 'ok') document.documentElement.dataset.synced = new Date().toISOString()
  timer = setTimeout(again, jitter(failures === 0 ? WAIT.ok : Math.min(WAIT.failed * 2 ** failures, WAIT.longest)))
}

function again() {
  if (document.visibilityState === 'visible') syncNow()
}

/** @param {number} ms */
const jitter = (ms) => ms * (0.75 + Math.random() / 2)
