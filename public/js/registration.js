/** Registering the service worker, which a first visit does once its letters are there. */
const SCRIPT = '/sw.js'

/**
 * Registers the worker and follows its updates for as long as the page lives.
 * @param {() => Promise<void>} firstLetters waits until this phone was told what there is
 * @param {(registration: ServiceWorkerRegistration) => void} offer is told whenever a newer version may wait
 */
export async function register(firstLetters, offer) {
  const registration = await navigator.serviceWorker.register(script(), { type: 'module', updateViaCache: 'none' })
  follow(registration, offer)
  keepLater(firstLetters)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') registration.update().catch(() => {})
  })
}

/**
 * @param {ServiceWorkerRegistration} registration
 * @param {(registration: ServiceWorkerRegistration) => void} offer
 */
function follow(registration, offer) {
  offer(registration)
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', () => offer(registration))
  })
}

/**
 * Has the worker keep the views that nobody has opened yet, once the letters are here and the phone has time.
 * @param {() => Promise<void>} firstLetters
 */
async function keepLater(firstLetters) {
  await firstLetters()
  const registration = await navigator.serviceWorker.ready
  // What is about to be replaced keeps nothing more: while it is busy, browsers let the newer version wait.
  const ask = () => { if (!registration.waiting) registration.active?.postMessage('keep later') }
  if ('requestIdleCallback' in globalThis) requestIdleCallback(ask, { timeout: 10_000 })
  else setTimeout(ask, 2_000)
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
