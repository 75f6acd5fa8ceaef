/**
 * The page's side of the service worker: says when a newer version waits,
 * which takes over when the reader wants it and no page holds unsaved text;
 * then every page starts again with it.
 */
import { announce, changes } from './data/changes.js'
import { withDB } from './data/db.js'
import { settled } from './data/schedule.js'
import { isGuarded, navigate } from './router.js'

/** How long the worker waits for a first visit's letters, or for a sync, at most. */
const PATIENCE = 5_000

/** @type {ServiceWorker | null} */
let waiting = null
let held = false

/**
 * Whether a newer version is ready: `ready`, or `held` when the reader asked for it and another page holds unsaved text.
 * A page that writes says nothing of it.
 * @returns {'none' | 'ready' | 'held'}
 */
export const update = () => (waiting === null || isGuarded() ? 'none' : held ? 'held' : 'ready')

/**
 * Lets the newer version take over, unless some page holds unsaved text. A sync ends first: its files could start the
 * running worker again.
 */
export async function takeUpdate() {
  await Promise.race([settled(), pause(PATIENCE)])
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
  if (!await workers.getRegistration()) await Promise.race([firstLetters(), pause(PATIENCE)])
  try {
    await (await import('./registration.js')).register(firstLetters, offer)
  } catch (error) {
    // Without a worker everything still works while there is a network.
    console.warn('register worker', error)
  }
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
function offer(registration) {
  waiting = navigator.serviceWorker.controller ? registration.waiting : null
  if (waiting) announce()
}

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
