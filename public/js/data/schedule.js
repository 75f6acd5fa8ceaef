/**
 * When the page syncs and sends: at the start, when the network or the reader
 * comes back, after joining and after writing, and every few minutes while the
 * app is looked at. Phones without news wait at random times, so that they
 * don't all ask at once.
 */
import { isChosen, locale } from '../i18n/messages.js'
import { keepUp } from './background.js'
import { withDB } from './db.js'
import { keepIdentity } from './identity.js'
import { readIn } from './languages.js'
import { flush, nextTry } from './outbox.js'

const MINUTE = 60_000
/** Waits after a success, a first failure, and at most. */
const WAIT = { ok: 4 * MINUTE, failed: 5_000, longest: 15 * MINUTE }
/** The longest wait that a timer can count. */
const LONGEST_TIMER = 2 ** 31 - 1

let failures = 0
let last = 0
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer
/** @type {ReturnType<typeof setTimeout> | undefined} */
let sendTimer
/** @type {Promise<void> | null} */
let running = null

/** Starts syncing for as long as the page lives. */
export function startSync() {
  addEventListener('online', () => syncNow())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && Date.now() - last > 10_000) syncNow()
  })
  // Before a language was chosen only the original is fetched.
  Promise.resolve(isChosen() && readIn(locale())).then(() => syncNow())
}

/** Syncs at once, after the sync that is under way if there is one. Operations are sent too, also those that just failed. */
export async function syncNow() {
  while (running) await running
  running = turn().finally(() => { running = null })
  await running
}

/** Sends what waits in the outbox, and goes on trying for as long as the page lives. */
export async function sendSoon() {
  try {
    await flush()
  } finally {
    await planSending()
  }
}

async function turn() {
  clearTimeout(timer)
  last = Date.now()
  failures++
  try {
    const contact = await keepUp({ hurry: true })
    if (contact === 'ok') {
      failures = 0
      document.documentElement.dataset.synced = new Date().toISOString()
    }
    await withDB(keepIdentity)
  } catch (error) {
    console.error('sync', error)
  } finally {
    timer = setTimeout(again, jitter(failures === 0 ? WAIT.ok : Math.min(WAIT.failed * 2 ** failures, WAIT.longest)))
    await planSending()
  }
}

function again() {
  if (document.visibilityState === 'visible') syncNow()
}

async function planSending() {
  clearTimeout(sendTimer)
  const at = await nextTry()
  if (at !== null) sendTimer = setTimeout(sendSoon, Math.min(Math.max(at - Date.now(), 1000), LONGEST_TIMER))
}

/** @param {number} ms */
const jitter = (ms) => ms * (0.75 + Math.random() / 2)
