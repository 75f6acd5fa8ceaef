/** When the page syncs. Phones without news wait at random times, so that they don't all ask at once. */
import { isChosen, locale } from '../i18n/messages.js'
import { meta, withDB } from './db.js'
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
/** @type {Promise<void> | null} */
let next = null

/** Starts syncing for as long as the page lives. */
export function startSync() {
  addEventListener('online', () => syncNow())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && Date.now() - last > 10_000) syncNow()
  })
  // Before a language was chosen only the original is fetched.
  Promise.resolve(isChosen() && readIn(locale())).then(() => syncNow())
}

/**
 * Syncs at once, or once more after the sync under way, which may have asked before the news were there. Operations are
 * sent too, also those that just failed.
 * @returns {Promise<void>}
 */
export function syncNow() {
  if (running) return next ??= running.then(syncNow)
  next = null
  running = turn().finally(() => { running = null })
  return running
}

/** Waits until no sync is under way. */
export const settled = async () => { await running }

/** Sends what waits, and goes on trying. */
export async function sendSoon() {
  await (await import('./sender.js')).sendSoon()
}

async function turn() {
  clearTimeout(timer)
  last = Date.now()
  failures++
  try {
    const contact = await talk()
    if (contact === 'ok') {
      failures = 0
      document.documentElement.dataset.synced = new Date().toISOString()
      // Without a network its code may not be on the phone yet, and there is nothing new to keep.
      await withDB(async (db) => (await late(import('./identity.js')))?.keepIdentity(db))
      if (await meta('push')) await (await late(import('../push/phone.js')))?.keepPush()
    }
    if (contact !== 'offline') await (await late(import('./requests.js')))?.keepRequests()
    if (contact === 'ok') (await late(import('./attachments.js')))?.keepCarried()
  } catch (error) {
    console.error('sync', error)
  }
  timer = setTimeout(again, jitter(failures === 0 ? WAIT.ok : Math.min(WAIT.failed * 2 ** failures, WAIT.longest)))
}

/** Code, or undefined without a network. @template T @param {Promise<T>} code @returns {Promise<T | undefined>} */
const late = (code) => code.catch((error) => void console.warn('load', error))

/** Syncs, and sends where anything was ever written: a first visit does without the code for that. */
async function talk() {
  if (!await hasWritten()) return sync()
  const code = await late(Promise.all([import('./background.js'), import('./sender.js')]))
  if (!code) return await sync(), 'offline' // what waits is tried again soon
  const contact = await code[0].keepUp({ hurry: true })
  await code[1].planSending()
  return contact
}

async function hasWritten() {
  const counts = await withDB((db) => Promise.all([db.count('outbox'), db.count('sent'), db.count('answers'), db.count('meta', 'refilled')]))
  return counts.some((n) => n > 0)
}

function again() {
  if (document.visibilityState === 'visible') syncNow()
}

/** @param {number} ms */
const jitter = (ms) => ms * (0.75 + Math.random() / 2)
