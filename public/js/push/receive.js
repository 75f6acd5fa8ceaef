/**
 * The worker's side of push. A message that comes is always shown, whatever it
 * holds and whatever fails, since browsers end subscriptions that show nothing;
 * before that the phone fetches what the message is about, for as long as a
 * slow network may keep a parent waiting.
 *
 * @import {Note} from './note.js'
 */
import { fetchAhead } from '../data/attachments.js'
import { keepUp } from '../data/background.js'
import { meta, setMeta } from '../data/db.js'
import { drawBadge } from './badge.js'
import { pathOf, readNote, withLatest, withShown } from './note.js'
import { renew } from './subscription.js'

/** How long, in ms, may be waited for the network, for the phone's own database, and for a page's answer. */
const PATIENCE = { network: 15_000, database: 2_000, page: 500 }

const worker = /** @type {any} */ (globalThis)

/** Listens to what push brings for as long as the worker lives. */
export function listenToPush() {
  worker.addEventListener('push', (/** @type {any} */ event) => event.waitUntil(receive(event)))
  worker.addEventListener('notificationclick', (/** @type {any} */ event) => event.waitUntil(follow(event)))
  worker.addEventListener('pushsubscriptionchange', (/** @type {any} */ event) => event.waitUntil(renew(worker.registration)))
}

/** @param {any} event */
async function receive(event) {
  await within(PATIENCE.network, keepUp({ hurry: true }))
  const note = readNote(messageOf(event), await within(PATIENCE.database, meta('words')), worker.location.origin)
  // Two of one delivery that come at the same moment are told apart only one after the other.
  await navigator.locks.request('folje:note', () => showOnce(note))
  await tellPages(note)
  await within(PATIENCE.database, drawBadge())
  await within(PATIENCE.network, fetchAhead())
}

/**
 * The message's JSON: Safari has read it already, other browsers hand over the text. Anything else is null.
 * @param {any} event
 */
function messageOf({ notification, data }) {
  if (notification) return { notification: { ...plain(notification), navigate: notification.navigate ?? notification.data?.navigate } }
  try {
    return data.json()
  } catch {
    return null
  }
}

/** @param {any} notification whose fields are getters, which spreading doesn't see */
const plain = ({ title, body, lang, dir, tag, silent, data }) => ({ title, body, lang, dir, tag, silent, data })

/**
 * Shows a note, and of a delivery that was sent twice, because the server could not know that it had arrived, nothing
 * new: the browser wants to see something shown, so what was shown last of the tag takes its own place without a sound.
 * Asking for what is on the screen instead, and closing it, loses: Chromium does not know yet what it is about to show.
 * @param {Note} note
 */
async function showOnce(note) {
  const [shown, latest] = await Promise.all([within(PATIENCE.database, meta('shown')), within(PATIENCE.database, meta('latest'))])
  if (note.id && shown?.[note.id]) return await show({ ...latest?.[note.tag] ?? note, silent: true })
  await show(note)
  if (!note.id) return
  await within(PATIENCE.database, setMeta('shown', withShown(shown ?? {}, note.id, Date.now())))
  await within(PATIENCE.database, setMeta('latest', withLatest(latest ?? {}, note)))
}

/** @param {Note} note */
async function show({ id, title, body, lang, dir, tag, silent, path }) {
  await worker.registration.showNotification(title, {
    body, lang, dir, tag, silent, renotify: !silent, icon: '/icons/icon-192.png', badge: '/icons/badge-96.png', data: { id, navigate: path },
  })
}

/** @param {Note} note */
async function tellPages({ tag }) {
  for (const page of await worker.clients.matchAll({ type: 'window' })) page.postMessage({ rang: tag })
}

/**
 * Leads to what the note is about: in a window that is open and holds nobody's unsaved text, otherwise in a new one.
 * @param {any} event
 */
async function follow({ notification }) {
  notification.close()
  const path = pathOf(notification.data?.navigate, worker.location.origin)
  const windows = await worker.clients.matchAll({ type: 'window' })
  const free = await Promise.all(windows.map(isFree))
  const page = await windows.find((/** @type {any} */ _, /** @type {number} */ i) => free[i])?.focus().catch(() => null)
  if (page) page.postMessage({ go: path })
  else await worker.clients.openWindow(path)
}

/**
 * Whether a window may be led elsewhere. One that a phone has put to sleep can't say; its address then tells whether
 * staff have it open.
 * @param {any} page
 * @returns {Promise<boolean>}
 */
async function isFree(page) {
  const { port1, port2 } = new MessageChannel()
  const said = new Promise((resolve) => { port1.onmessage = (answer) => resolve(answer.data === true) })
  page.postMessage('free?', [port2])
  return await within(PATIENCE.page, said) ?? !/^\/(?:staff|translate)/.test(new URL(page.url).pathname)
}

/**
 * What a promise is kept with, or undefined when it is broken or takes too long.
 * @template T
 * @param {number} ms
 * @param {Promise<T>} promise
 * @returns {Promise<T | undefined>}
 */
function within(ms, promise) {
  /** @type {ReturnType<typeof setTimeout>} */
  let timer
  const late = new Promise((resolve) => { timer = setTimeout(resolve, ms) })
  const done = promise.catch((error) => console.warn('receive push', error))
  return /** @type {Promise<any>} */ (Promise.race([done, late])).finally(() => clearTimeout(timer))
}
