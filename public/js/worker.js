/**
 * The page's side of the service worker: registers it, and says when a newer
 * version waits, which takes over when the reader wants it and no page holds
 * unsaved text; then every page starts again with it.
 */
import { announce, changes } from './data/changes.js'
import { withDB } from './data/db.js'
import { isGuarded, navigate } from './router.js'

const SCRIPT = '/sw.js'
/** How long a first visit waits for its letters before it starts the worker. */
const NEWCOMER = 5_000

/** @type {ServiceWorker | null} */
let waiting = null
let held = false

/**
 * Whether a newer version is ready: `ready`, or `held` when the reader asked for it and another page holds unsaved text.
 * A page that writes says nothing of it.
 * @returns {'none' | 'ready' | 'held'}
 */
export const update = () => (waiting === null || isGuarded() ? 'none' : held ? 'held' : 'ready')

/** Lets the newer version take over, unless some page holds unsaved text. */
export function takeUpdate() {
  waiting?.postMessage('take over')
}

/** Registers the worker and follows its updates for as long as the page lives. */
export async function startWorker() {
  const workers = navigator.serviceWorker
  const replaced = workers.controller !== null
  workers.addEventListener('controllerchange', () => {
    // The first worker of a first visit changes nothing on the page; a later one has other files than this page.
    if (replaced && !isGuarded()) location.reload()
  })
  workers.addEventListener('message', (event) => {
    const { data, ports } = event
    if (data === 'free?') ports[0].postMessage(!isGuarded() && !/^\/(staff|translate)/.test(location.pathname))
    if (data?.go) navigate(data.go)
    if (data !== 'held') return
    held = true
    announce()
  })
  // On a first visit the letters come first.
  if (!await workers.getRegistration()) await Promise.race([firstLetters(), pause(NEWCOMER)])
  try {
    const registration = await workers.register(script(), { type: 'module', updateViaCache: 'none' })
    follow(registration)
    keepLater()
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') registration.update().catch(() => {})
    })
  } catch (error) {
    // Without a worker everything still works while there is a network.
    console.warn('register worker', error)
  }
}

/** Has the worker keep the views that nobody has opened yet, once the letters are here and the phone has time. */
async function keepLater() {
  await firstLetters()
  const { active } = await navigator.serviceWorker.ready
  const ask = () => active?.postMessage('keep later')
  if ('requestIdleCallback' in globalThis) requestIdleCallback(ask, { timeout: 10_000 })
  else setTimeout(ask, 2_000)
}

/** @returns {Promise<void>} */
async function firstLetters() {
  while (!await hasLetters()) await new Promise((resolve) => changes.addEventListener('change', resolve, { once: true }))
}

/** Whether this phone was told what there is, be it nothing: by a group, or without one by everybody's feed. */
async function hasLetters() {
  const [groups, feeds] = await withDB((db) => Promise.all([db.getAllKeys('groups'), db.getAllKeys('feeds')]))
  return groups.length === 0 ? feeds.includes('public') && location.pathname !== '/join' : groups.some((id) => feeds.includes(id))
}

/** @param {ServiceWorkerRegistration} registration */
function follow(registration) {
  offer(registration)
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', () => offer(registration))
  })
}

/** @param {ServiceWorkerRegistration} registration */
function offer(registration) {
  waiting = navigator.serviceWorker.controller ? registration.waiting : null
  if (waiting) announce()
}

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * The worker's address in the form that Trusted Types ask for, where the browser has them. Whatever the policy is asked,
 * it gives this one.
 * @returns {string}
 */
function script() {
  const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy('app', { createScriptURL: () => SCRIPT })
  return policy?.createScriptURL(SCRIPT) ?? SCRIPT
}
