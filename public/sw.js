/**
 * The service worker: keeps one version of the app's shell on the phone, whole
 * or not at all, and serves it from there. Letters are none of its business;
 * they are in IndexedDB, which it fills and empties as pages do when the
 * browser wakes it with no page open. What push brings is push/receive.js's.
 */
import { SYNC_TAG, sendWaiting } from './js/data/background.js'
import { readWith } from './js/data/sync.js'
import { reader } from './js/data/ticket.js'
import { listenToPush } from './js/push/receive.js'

readWith(reader)

const VERSION = '{{version}}'
/** The shell: the page, its styles, what leads to a letter, icons, and the messages of every language. */
const FILES = ['{{files}}']
/** The rest of parents' screens, kept once the first of them was drawn. */
const LATER = ['{{later}}']
/** Staff's and translators' modules, kept once somebody on this phone has opened them. */
const STAFF = ['{{staff}}']
const OWN = new Set([...FILES, ...LATER, ...STAFF])

const PREFIX = 'folje-shell-'
const CACHE = PREFIX + VERSION
const UNSAVED_LOCK = 'folje:unsaved'

const worker = /** @type {any} */ (globalThis)

worker.addEventListener('install', (/** @type {any} */ event) => {
  event.waitUntil(Promise.all([install(), passBy(event)]))
})
worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(activate()))
worker.addEventListener('message', (/** @type {any} */ event) => {
  if (event.data === 'take over') event.waitUntil(takeOver(event.source))
  if (event.data === 'keep later') event.waitUntil(keepIfReached(LATER))
  if (event.data === 'keep staff') event.waitUntil(keepIfReached(STAFF))
})
worker.addEventListener('sync', (/** @type {any} */ event) => {
  if (event.tag === SYNC_TAG) event.waitUntil(sendNow())
})
listenToPush()
worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== worker.location.origin || url.pathname.startsWith('/api/')) return
  if (event.request.mode === 'navigate') {
    if (isPage(url.pathname)) event.respondWith(serve('/', event).catch(unreached))
    return
  }
  event.respondWith(serve(url.pathname, event).catch(unreached))
})

/** Every file of the shell, or the old version stays; a phone that had the rest keeps having it. */
async function install() {
  const [later, staff] = await Promise.all([LATER, STAFF].map(used))
  await keep([...FILES, ...(later ? LATER : []), ...(staff ? STAFF : [])])
  // The server may have moved on meanwhile, and files of two versions must not be mixed.
  if (!await isOwn()) throw new Error('a newer version came')
}

/**
 * Tells browsers that can (Chrome 123) to ask the server for data without asking here first. It saves waking this worker
 * up; and Chromium, when a request comes here while it waits for this worker to be idle, goes on waiting for minutes
 * before a newer one takes over.
 * @param {any} event
 */
async function passBy(event) {
  await event.addRoutes?.({ condition: { urlPattern: { pathname: '/api/*' } }, source: 'network' })
}

/** @param {string[]} files */
async function used(files) {
  for (const file of files) if (await caches.match(file)) return true
  return false
}

/**
 * Keeps files, also those that a first visit fetched before there was a worker.
 * @param {string[]} files
 */
async function keep(files) {
  const cache = await caches.open(CACHE)
  const kept = await Promise.all(files.map((file) => cache.match(file)))
  const missing = files.filter((_, i) => !kept[i])
  if (missing.length === 0) return
  if (await isOwn()) await cache.addAll(missing.map((file) => new Request(file, { cache: 'no-cache' })))
  else if (await keepBuilt(missing[0])) await Promise.all(missing.slice(1).map((file) => keepBuilt(file)))
}

/** @param {string[]} files that the next page asks for again when they can't be had now */
async function keepIfReached(files) {
  await keep(files).catch((error) => console.warn('keep files', error))
}

async function activate() {
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE)
  await Promise.all(old.map((name) => caches.delete(name)))
  await worker.clients.claim()
}

class StillWaiting extends Error {}

/** The browser tries again later when this fails, which is nothing to report. */
async function sendNow() {
  if (!await sendWaiting()) throw new StillWaiting()
}
worker.addEventListener('unhandledrejection', (/** @type {any} */ event) => {
  if (event.reason instanceof StillWaiting) event.preventDefault()
})

/**
 * Replaces the running version, or tells the page that asked that another one holds unsaved text. The lock is given back
 * before: the browser may wait until the running version has nothing to do, and a second tap must not find this worker's
 * own lock and take it for somebody's text.
 * @param {any} page
 */
async function takeOver(page) {
  const free = await navigator.locks.request(UNSAVED_LOCK, { ifAvailable: true }, (lock) => lock !== null)
  if (free) await worker.skipWaiting()
  else page.postMessage('held')
}

/**
 * A path without a dot is an address inside the app; the server answers those with the page too. The plain guide is the server's.
 * @param {string} path
 */
const isPage = (path) => !path.split('/').pop()?.includes('.') && !path.startsWith('/plain')

/**
 * @param {string} path
 * @param {any} event
 */
async function serve(path, event) {
  const kept = await caches.match(path, { cacheName: CACHE })
  if (kept) return kept
  if (!OWN.has(path)) return fetch(event.request)
  const built = await keepBuilt(path)
  if (FILES.includes(path)) event.waitUntil(refill())
  if (built) return built
  // The server doesn't know this version any more. A page of it can't use another's files; with none kept all are new.
  const running = await caches.match('/', { cacheName: CACHE })
  return running && !await isOwn() ? Response.error() : fetch(event.request)
}

/** The server has said that it does not know this version any more. */
let forgotten = false

/**
 * A file of this version, whatever version the server has now; null when it doesn't know this one.
 * @param {string} path
 * @returns {Promise<Response | null>}
 */
async function keepBuilt(path) {
  if (forgotten) return null
  const answer = await fetch(`/builds/${VERSION}${path}`, { cache: 'no-cache', redirect: 'error' })
  forgotten = answer.status === 404
  if (!answer.ok) return null
  // Made anew, because a module's own imports are looked for beside the address that its answer came from.
  const headers = { 'Content-Type': answer.headers.get('Content-Type') ?? '' }
  const file = new Response(await answer.blob(), { headers })
  await (await caches.open(CACHE)).put(path, file.clone())
  return file
}

/** What is neither kept nor to be had. */
const unreached = () => Response.error()

/** @type {Promise<void> | null} */
let refilling = null

/**
 * iPhones empty the cache of an app that was not opened for a week, and leave its worker, which then keeps the shell
 * again, all of it. It tries once in its life.
 */
function refill() {
  refilling ??= keep(FILES).catch((error) => console.warn('keep the shell', error))
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
