/**
 * The page's side of the service worker: registers it, and says when a newer
 * version waits. A newer version takes over only when the reader wants it and
 * no page holds unsaved text; then every page starts again with it.
 */
import { announce } from './data/changes.js'
import { isGuarded } from './router.js'

const SCRIPT = '/sw.js'

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
    if (event.data !== 'held') return
    held = true
    announce()
  })
  try {
    const registration = await workers.register(script(), { type: 'module', updateViaCache: 'none' })
    follow(registration)
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') registration.update().catch(() => {})
    })
  } catch (error) {
    // Without a worker everything still works while there is a network.
    console.warn('register worker', error)
  }
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

/**
 * The worker's address in the form that Trusted Types ask for, where the browser has them. Whatever the policy is asked,
 * it gives this one.
 * @returns {string}
 */
function script() {
  const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy('app', { createScriptURL: () => SCRIPT })
  return policy?.createScriptURL(SCRIPT) ?? SCRIPT
}
