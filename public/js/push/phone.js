/**
 * Notifications as the page's views use them: where this phone stands, turning
 * them on and off, and what is done about them at every start.
 */
import { announce } from '../data/changes.js'
import { meta, setMeta, withDB } from '../data/db.js'
import { Refused, Unheard } from '../data/net.js'
import { dir, langTag, locale, t } from '../i18n/messages.js'
import { inApp, isInstalled } from '../parent/inapp.js'
import { drawBadge } from './badge.js'
import { obstacle, platformOf } from './platform.js'
import { askForTest, renew, subscribe, unsubscribe } from './subscription.js'

/** How often, in ms, a page that stays open registers again. */
const AGAIN = 12 * 60 * 60_000
/** How long the browser may take to have its worker ready. */
const PATIENCE = 10_000

/**
 * Where this phone stands: `unoffered` the server has no push; `alone` it follows no group; `in_app`, `old`, `install`,
 * `unsupported` as obstacle() says; `denied` the browser was told never to; `off`; `lost` it was on, and the browser or
 * the server ended it; `waiting` for a network to be registered; `on`.
 * @typedef {'unoffered' | 'alone' | 'in_app' | 'old' | 'install' | 'unsupported' | 'denied' | 'off' | 'lost' | 'waiting' | 'on'} State
 */

/** This phone. */
export const platform = () => platformOf(navigator.userAgent, navigator.maxTouchPoints)

/** @returns {Promise<State>} */
export async function stateOfPush() {
  const [hello, push, groups] = await Promise.all([meta('hello'), meta('push'), withDB((db) => db.count('groups'))])
  if (!hello?.vapidKey) return 'unoffered'
  if (groups === 0) return 'alone'
  const able = 'PushManager' in globalThis && 'Notification' in globalThis
  const missing = obstacle(platform(), { installed: isInstalled(), inApp: inApp(), able })
  if (missing) return missing
  if (Notification.permission === 'denied') return 'denied'
  if (!push?.wanted) return 'off'
  if (push.lost || Notification.permission !== 'granted') return 'lost'
  return push.told > 0 ? 'on' : 'waiting'
}

/**
 * Turns notifications on; call it first of all in what a tap does, since browsers ask for leave only then. When the
 * promise is kept with `granted` the state is on or waiting, otherwise the reader has not allowed it; it fails where
 * something else is wrong.
 * @returns {Promise<NotificationPermission>}
 */
export async function turnOn() {
  const leave = await Notification.requestPermission()
  if (leave !== 'granted') return leave
  await keepWords()
  try {
    await subscribe(await registration())
  } catch (error) {
    if (!(error instanceof Unheard)) throw error
  } finally {
    announce()
  }
  return leave
}

/** Turns notifications off, in the browser too. */
export async function turnOff() {
  await unsubscribe(await registration())
}

/** Asks for a message to this phone, registering it first where the server has lost it. It fails with Refused or Unheard. */
export async function testPush() {
  try {
    await askForTest()
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'error.push_unknown') throw error
    await renew(await registration())
    await askForTest()
  }
}

let renewed = 0

/**
 * Does what has to be done at every start where notifications are wanted: registers again, and has the words ready that
 * the worker falls back on. Later calls of the same page do little.
 */
export async function keepPush() {
  const push = await meta('push')
  if (!push?.wanted) return
  await keepWords()
  await drawBadge().catch((error) => console.warn('draw badge', error))
  const key = (await meta('hello'))?.vapidKey
  if (!key || renewed > Date.now() - AGAIN && push.told > 0 && push.key === key && !push.lost) return
  renewed = Date.now()
  await renew(await registration())
}

/**
 * Takes a letter's note away once it is read, and counts it no more.
 * @param {string} letter
 */
export async function markRead(letter) {
  if (!(await meta('push'))?.wanted) return
  const open = await navigator.serviceWorker.getRegistration()
  for (const note of await open?.getNotifications?.({ tag: `letter-${letter}` }) ?? []) note.close()
  await drawBadge()
}

/** Ends the subscription and what is shown of a phone whose data are erased; the server erases its own side. */
export async function forgetPush() {
  const open = await navigator.serviceWorker.getRegistration()
  for (const note of await open?.getNotifications?.() ?? []) note.close()
  await (await open?.pushManager?.getSubscription())?.unsubscribe()
  await /** @type {any} */ (navigator).clearAppBadge?.()
}

async function keepWords() {
  const words = { title: t('notify.note_title'), body: t('notify.note_text'), lang: langTag(locale()), dir: dir() }
  if ((await meta('words'))?.title !== words.title) await setMeta('words', words)
}

/** @returns {Promise<ServiceWorkerRegistration>} */
async function registration() {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error('no worker yet')), PATIENCE))
  return await Promise.race([navigator.serviceWorker.ready, /** @type {Promise<never>} */ (late)])
}
