/**
 * The service worker: keeps one version of the app's shell on the phone, whole
 * or not at all, and serves it from there. Letters are none of its business;
 * they are in IndexedDB.
 */

const VERSION = '{{version}}'
/** The shell: the page, its styles and modules, icons, and the messages of every language. */
const FILES = ['{{files}}']
/** Staff's and translators' modules, kept once somebody on this phone has opened them. */
const STAFF = new Set(['{{staff}}'])

const PREFIX = 'folje-shell-'
const CACHE = PREFIX + VERSION
const UNSAVED_LOCK = 'folje:unsaved'

const worker = /** @type {any} */ (globalThis)

worker.addEventListener('install', (/** @type {any} */ event) => event.waitUntil(install()))
worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(activate()))
worker.addEventListener('message', (/** @type {any} */ event) => {
  if (event.data === 'take over') event.waitUntil(takeOver(event.source))
  if (event.data === 'keep staff') event.waitUntil(keepStaff())
})
worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== worker.location.origin || url.pathname.startsWith('/api/')) return
  if (event.request.mode === 'navigate') {
    if (isPage(url.pathname)) event.respondWith(serve('/', event))
    return
  }
  event.respondWith(serve(url.pathname, event))
})

/** Every file of the shell, or the old version stays; staff's modules too where they have been used. */
async function install() {
  const files = await staffUsed() ? [...FILES, ...STAFF] : FILES
  const cache = await caches.open(CACHE)
  await cache.addAll(files.map((file) => new Request(file, { cache: 'no-cache' })))
}

async function staffUsed() {
  for (const file of STAFF) if (await caches.match(file)) return true
  return false
}

/** Keeps what staff's pages need, also what a first visit fetched before there was a worker. */
async function keepStaff() {
  const cache = await caches.open(CACHE)
  const kept = await Promise.all([...STAFF].map((file) => cache.match(file)))
  const missing = [...STAFF].filter((_, i) => !kept[i])
  if (missing.length > 0 && await isOwn()) await cache.addAll(missing.map((file) => new Request(file, { cache: 'no-cache' })))
}

async function activate() {
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE)
  await Promise.all(old.map((name) => caches.delete(name)))
  await worker.clients.claim()
}

/**
 * Replaces the running version, or tells the page that asked that another one holds unsaved text.
 * @param {any} page
 */
function takeOver(page) {
  return navigator.locks.request(UNSAVED_LOCK, { ifAvailable: true }, (lock) => (lock ? worker.skipWaiting() : page.postMessage('held')))
}

/**
 * A path without a dot is an address inside the app; the server answers those with the page too.
 * @param {string} path
 */
const isPage = (path) => !path.split('/').pop()?.includes('.')

/**
 * @param {string} path
 * @param {any} event
 */
async function serve(path, event) {
  const kept = await caches.match(path, { cacheName: CACHE })
  if (kept) return kept
  const answer = await fetch(event.request)
  if (FILES.includes(path)) event.waitUntil(refill())
  else if (STAFF.has(path) && answer.ok && await isOwn()) await (await caches.open(CACHE)).put(path, answer.clone())
  return answer
}

/** @type {Promise<void> | null} */
let refilling = null

/**
 * iPhones empty the cache of an app that was not opened for a week, and leave its worker, which then keeps the shell
 * again: all of it, and only while the server has this version. It tries once in its life.
 */
function refill() {
  refilling ??= isOwn().then((own) => (own ? install() : undefined)).catch((error) => console.warn('keep the shell', error))
  return refilling
}

/** @type {Promise<boolean> | null} */
let asking = null

/** Whether the server still has this version; the files of a newer one would not fit those kept. */
function isOwn() {
  asking ??= fetch('/sw.js', { cache: 'no-cache' }).then((answer) => answer.text())
    .then((text) => text.includes(VERSION), () => false)
    .finally(() => { asking = null })
  return asking
}
