/**
 * This phone as the server knows it: an id and a secret made here, no name.
 * Everything in this module may be repeated after a lost answer; the server
 * then sees the same phone again.
 *
 * @import {Device, Group} from './types.js'
 */
import { announce } from './changes.js'
import { meta, setMeta, withDB } from './db.js'
import { ask, Refused, Unheard } from './net.js'

const TRIES = 3

/** Held by whoever sends operations. */
export const OUTBOX_LOCK = 'folje:outbox'

/**
 * Joins the groups that a code lets in, registering the phone first if need be.
 * @param {string} code folded
 * @param {string} locale
 * @returns {Promise<Group[]>} the groups joined
 */
export async function join(code, locale) {
  return await whileNotLeaving(() => navigator.locks.request('folje:device', async () => {
    const groups = await persistently(() => enter(code, locale))
    await keepGroups(groups, () => code)
    announce()
    // Without this a browser may clear an app that was not opened for a while; with it most ask nobody.
    navigator.storage?.persist?.().then((kept) => setMeta('persisted', kept)).catch(() => {})
    return groups
  }))
}

/**
 * Makes a phone known again to a restored server, or to itself after its database was cleared, with the id, secret and
 * codes it has. Groups whose code no longer works are kept; the next sync marks them as ended.
 * @param {string} locale
 */
export async function registerAgain(locale) {
  const kept = (await withDB((db) => db.getAll('groups'))).filter((g) => !g.ended)
  const codes = new Map(kept.map((g) => [g.id, g.code]))
  const known = (await register(await ownDevice(), locale)).filter((g) => codes.has(g.id))
  await keepGroups(known, (id) => codes.get(id) ?? '')
  for (const { id } of known) codes.delete(id)
  for (const code of new Set(codes.values())) {
    try {
      await keepGroups(await follow(await ownDevice(), code, locale), () => code)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
    }
  }
}

/**
 * Does the work so that no leaving that still waits in the outbox is sent during it.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function whileNotLeaving(work) {
  const waiting = await withDB((db) => db.getAll('outbox'))
  return waiting.some((r) => r.kind === 'leave') ? await navigator.locks.request(OUTBOX_LOCK, work) : work()
}

/**
 * Tells the server which language this phone reads, when it has changed since it was last told.
 * @param {string} locale
 */
export async function tellLocale(locale) {
  const device = await meta('device')
  if (device?.registered && device.locale !== locale) await register(device, locale)
}

/**
 * @param {string} code
 * @param {string} locale
 * @returns {Promise<Group[]>}
 */
async function enter(code, locale) {
  const device = await ownDevice()
  const before = new Set((await withDB((db) => db.getAllKeys('groups'))).map(String))
  if (device.registered) {
    try {
      return await follow(device, code, locale)
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'error.device_unknown') throw error
      await registerAgain(locale)
      return follow(device, code, locale)
    }
  }
  const groups = await register(device, locale, code)
  const added = groups.filter((g) => !before.has(g.id))
  return added.length > 0 ? added : groups
}

/**
 * @param {Device} device that the server knows
 * @param {string} code
 * @param {string} locale
 * @returns {Promise<Group[]>}
 */
async function follow({ secret }, code, locale) {
  return (await ask('POST', 'devices/me/groups', { locale, secret, body: { code } })).data.groups
}

/**
 * @param {Device} device
 * @param {string} locale
 * @param {string} [code]
 * @returns {Promise<Group[]>} all groups of this phone
 */
async function register({ id, secret }, locale, code) {
  const { data } = await ask('PUT', `devices/${id}`, { locale, body: { secret, locale, code } })
  await withDB(async (db) => {
    const tx = db.transaction('meta', 'readwrite')
    const present = /** @type {Device | undefined} */ (await tx.store.get('device'))
    if (present?.id === id) await tx.store.put({ id, secret, registered: true, locale }, 'device')
    await tx.done
  })
  return data.groups
}

/**
 * The phone's identity, made and stored before the server first hears of it.
 * @returns {Promise<Device>}
 */
async function ownDevice() {
  return withDB(async (db) => {
    const tx = db.transaction('meta', 'readwrite')
    let device = /** @type {Device | undefined} */ (await tx.store.get('device'))
    if (!device) {
      device = { id: newUUID(), secret: newSecret(), registered: false, locale: '' }
      await tx.store.put(device, 'device')
    }
    await tx.done
    return device
  })
}

/**
 * Keeps groups that the server says this phone follows. Having left one of them earlier counts no more.
 * @param {Group[]} groups
 * @param {(id: string) => string} codeOf
 */
async function keepGroups(groups, codeOf) {
  await withDB(async (db) => {
    const tx = db.transaction(['groups', 'outbox', 'sent', 'meta'], 'readwrite')
    // Everything may have been erased here while the server answered.
    if (!await tx.objectStore('meta').get('device')) return
    for (const { id, name, unit } of groups) {
      await tx.objectStore('groups').put({ id, name, unit, code: codeOf(id), ended: false })
      for (const store of [tx.objectStore('outbox'), tx.objectStore('sent')]) {
        for (const row of await store.getAll()) if (row.kind === 'leave' && row.about === id) await store.delete(row.op)
      }
    }
    await tx.done
  })
}

/**
 * Repeats work whose answer was lost, a few times, a little later each time.
 * @template T
 * @param {() => Promise<T>} work
 */
async function persistently(work) {
  for (let turn = 1; ; turn++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Unheard) || turn === TRIES || !navigator.onLine) throw error
      await new Promise((resolve) => setTimeout(resolve, turn * 500))
    }
  }
}

/** A random UUID, version 4; browsers before 2022 have no randomUUID. */
export function newUUID() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 0x0f) | 0x40
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** 256 random bits in base64url. */
function newSecret() {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
