/**
 * When the page syncs: at the start, when the network or the reader comes
 * back, after joining, and every few minutes while the app is looked at.
 * Phones without news wait at random times, so that they don't all ask at once.
 */
import { LOCALES, SOURCE, isChosen, locale } from '../i18n/messages.js'
import { meta, setMeta, withDB } from './db.js'
import { sync } from './sync.js'

const MINUTE = 60_000
/** Waits after a success, a first failure, and at most. */
const WAIT = { ok: 4 * MINUTE, failed: 5_000, longest: 15 * MINUTE }
/** How many languages a phone keeps letters in; the one not read for longest makes room. */
const HELD = 4

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

/**
 * Puts a language first among those the phone fetches letters in.
 * @param {string} tag
 */
export async function readIn(tag) {
  const second = await meta('second')
  const held = [tag, second ?? '', ...await meta('locales') ?? [], SOURCE]
  const known = held.filter((l, i) => LOCALES.some((k) => k.tag === l) && held.indexOf(l) === i)
  await setMeta('locales', known.slice(0, HELD))
}

/** The languages that letters can be read in now, without a network. @returns {Promise<string[]>} */
export async function onPhone() {
  const keys = (await withDB((db) => db.getAllKeys('feeds'))).map(String)
  return LOCALES.map((l) => l.tag).filter((tag) => tag === SOURCE || keys.some((k) => k.split('/')[1] === tag))
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
