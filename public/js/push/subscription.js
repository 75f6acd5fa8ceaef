/**
 * This phone's subscription at its browser's push service, and the server's
 * knowledge of it. Neither lasts: browsers drop subscriptions, servers change
 * their key or are restored; so whoever once said yes is subscribed and
 * registered anew whenever it is needed. It uses nothing of the page but what
 * the worker has too.
 */
import { announce } from '../data/changes.js'
import { meta, setMeta } from '../data/db.js'
import { registerAgain } from '../data/device.js'
import { ask, Refused, Unheard } from '../data/net.js'

const LOCK = 'folje:push'
const ROUTE = 'devices/me/subscription'

/**
 * Subscribes and registers when this phone's reader wanted it; it never fails. `lost` in meta says that the browser or
 * the server will not have it; without a network it stays as it was.
 * @param {ServiceWorkerRegistration} registration
 * @returns {Promise<void>}
 */
export async function renew(registration) {
  await navigator.locks.request(LOCK, async () => {
    try {
      if ((await meta('push'))?.wanted) await register(registration)
    } catch (error) {
      console.warn('renew subscription', error)
    }
  })
}

/**
 * Remembers that the reader wants it, subscribes and registers. It fails with Unheard where the server could not be
 * asked (and then does so later by itself), with Refused where it said no, otherwise with the browser's error.
 * @param {ServiceWorkerRegistration} registration
 * @returns {Promise<void>}
 */
export async function subscribe(registration) {
  await navigator.locks.request(LOCK, async () => {
    await setMeta('push', { wanted: true, lost: false, key: '', endpoint: '', told: 0 })
    await register(registration)
  })
}

/**
 * Ends the subscription in the browser, then at the server; a server that can't be asked finds out with its next message.
 * @param {ServiceWorkerRegistration} registration
 */
export async function unsubscribe(registration) {
  await navigator.locks.request(LOCK, async () => {
    const subscription = await registration.pushManager.getSubscription()
    const push = await meta('push')
    await setMeta('push', { wanted: false, lost: false, key: '', endpoint: '', told: 0 })
    await subscription?.unsubscribe()
    const endpoint = subscription?.endpoint || push?.endpoint
    try {
      if (endpoint) await ask('DELETE', ROUTE, { ...await credentials(), body: { endpoint } })
    } catch (error) {
      if (!(error instanceof Refused || error instanceof Unheard)) throw error
    }
  })
  announce()
}

/**
 * Asks the server for a message to this phone. It fails with Refused or Unheard.
 */
export async function askForTest() {
  await ask('POST', `${ROUTE}/test`, { ...await credentials(), body: { endpoint: (await meta('push'))?.endpoint ?? '' } })
}

/** @param {ServiceWorkerRegistration} registration */
async function register(registration) {
  let key = (await meta('hello'))?.vapidKey ?? ''
  if (!key) return
  try {
    let subscription = await present(registration, key)
    try {
      await tell(subscription, key)
    } catch (error) {
      if (!isRefused(error, 'error.push_key')) throw error
      // The server has a new key, which this phone has not heard of.
      key = await freshKey()
      subscription = await present(registration, key)
      await tell(subscription, key)
    }
    await note({ lost: false, key, endpoint: subscription.endpoint, told: Date.now() })
  } catch (error) {
    await note({ lost: !isPassing(error) })
    throw error
  }
}

/**
 * The subscription that was made with the key; one made with another ends.
 * @param {ServiceWorkerRegistration} registration
 * @param {string} key
 */
async function present({ pushManager }, key) {
  const old = await pushManager.getSubscription()
  const made = old && (encode(old.options?.applicationServerKey) || (await meta('push'))?.key)
  if (old && made === key) return old
  await old?.unsubscribe()
  return await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: decode(key) })
}

/**
 * @param {PushSubscription} subscription
 * @param {string} key
 */
async function tell(subscription, key) {
  const { endpoint, expirationTime, keys } = subscription.toJSON()
  const body = { endpoint, expirationTime: expirationTime ?? null, keys: { p256dh: keys?.p256dh, auth: keys?.auth }, key }
  const put = async () => { await ask('PUT', ROUTE, { ...await credentials(), bare: true, body }) }
  try {
    await put()
  } catch (error) {
    if (!isRefused(error, 'error.device_unknown')) throw error
    await registerAgain((await credentials()).locale)
    await put()
  }
}

async function freshKey() {
  const known = await meta('hello')
  const { data } = await ask('GET', 'hello', await credentials())
  if (known) await setMeta('hello', { ...known, vapidKey: data.vapidKey })
  return String(data.vapidKey ?? '')
}

/** @param {Partial<import('../data/types.js').Push>} changed */
async function note(changed) {
  const before = await meta('push')
  // Everything may have been erased here meanwhile.
  if (!before) return
  await setMeta('push', { ...before, ...changed })
  if (before.lost !== changed.lost || before.endpoint !== changed.endpoint) announce()
}

async function credentials() {
  const [device, locales] = await Promise.all([meta('device'), meta('locales')])
  return { locale: locales?.[0] ?? 'sv', secret: device?.secret }
}

/**
 * Whether the same may go well later, without anybody doing anything.
 * @param {unknown} error
 */
const isPassing = (error) => error instanceof Unheard || error instanceof Refused && (error.status === 429 || error.status >= 500)

/**
 * @param {unknown} error
 * @param {string} code
 */
const isRefused = (error, code) => error instanceof Refused && error.code === code

/** @param {string} key base64url */
function decode(key) {
  return Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0))
}

/** @param {ArrayBuffer | null | undefined} key */
function encode(key) {
  if (!key) return ''
  return btoa(String.fromCharCode(...new Uint8Array(key))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
