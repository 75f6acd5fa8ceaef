/**
 * What this phone shows for its groups' feeds instead of its secret, where the server says that others answer in its
 * stead: they know no phones, only the server's signature. Without a ticket everything works too, by the server itself;
 * so nothing here fails, and nothing is said to the reader.
 *
 * @import {Reader} from './sync.js'
 * @import {Device, Ticket} from './types.js'
 */
import { meta, withDB } from './db.js'
import { ask, Refused, Unheard } from './net.js'

/** A ticket that ends sooner is not worth setting out with, in ms. */
const MARGIN = 60_000

/** What the server says of a ticket that is no good (any more). */
const NO_GOOD = ['error.ticket_expired', 'error.ticket_forged']

/**
 * Who asks for a scope's feeds: with the ticket where it is for the scope, with the secret where it is not, or turns out
 * to be no good.
 * @param {Device} device
 * @param {string} locale
 * @returns {Promise<(scope: string) => Reader>}
 */
export async function reader(device, locale) {
  const ticket = (await withDB((db) => db.count('groups'))) > 0 ? await currentTicket(device, locale) : null
  return (scope) => async (asking) => {
    if (!ticket?.scopes.includes(scope)) return asking(device.secret)
    try {
      return await asking(ticket.text)
    } catch (error) {
      if (!isNoGood(error)) throw error
      await dropTicket(ticket)
      return asking(device.secret)
    }
  }
}

/** @param {unknown} error @returns {boolean} whether the ticket shown is to be dropped, and the secret shown instead */
const isNoGood = (error) => error instanceof Refused && error.status === 401 && NO_GOOD.includes(error.code)

/**
 * The phone's ticket, a new one when the one it has ends soon; null when there is none to be had.
 * @param {Device} device
 * @param {string} locale
 * @returns {Promise<Ticket | null>}
 */
async function currentTicket(device, locale) {
  const kept = await meta('ticket')
  const own = kept?.device === device.id ? kept : null
  const now = Date.now()
  // One from the future was kept by a clock that was wrong.
  if (own && own.until > now + MARGIN && own.until < now + 2 * own.life) return own
  try {
    return await fetchTicket(device, locale)
  } catch (error) {
    if (!(error instanceof Unheard || error instanceof Refused)) throw error
    return own && own.until > now ? own : null
  }
}

/**
 * Asks for a ticket, and says how far this phone has read: whoever it shows the ticket to does not tell the server.
 * @param {Device} device
 * @param {string} locale
 * @returns {Promise<Ticket>}
 */
async function fetchTicket({ id, secret }, locale) {
  const asked = Date.now()
  const has = await withDB(async (db) => {
    const groups = (await db.getAllKeys('groups')).map(String)
    const feeds = await Promise.all(groups.map((group) => db.get('feeds', group)))
    return Object.fromEntries(groups.flatMap((group, i) => (feeds[i] ? [[group, feeds[i].cursor]] : [])))
  })
  const { data } = await ask('POST', 'devices/me/ticket', { locale, secret, body: { has } })
  if (typeof data.ticket !== 'string' || !(data.seconds > 0) || !Array.isArray(data.scopes)) throw new Unheard('a ticket of another shape')
  const life = data.seconds * 1000
  const ticket = { device: id, text: data.ticket, until: asked + life, life, scopes: data.scopes }
  await withDB(async (db) => {
    const tx = db.transaction('meta', 'readwrite')
    // Everything may have been erased here while the server answered.
    if (/** @type {Device | undefined} */ (await tx.store.get('device'))?.id === id) await tx.store.put(ticket, 'ticket')
    await tx.done
  })
  return ticket
}

/** Forgets a ticket that is no good. @param {Ticket} ticket */
async function dropTicket({ text }) {
  await withDB(async (db) => {
    const tx = db.transaction('meta', 'readwrite')
    const kept = /** @type {Ticket | undefined} */ (await tx.store.get('ticket'))
    if (kept?.text === text) await tx.store.delete('ticket')
    await tx.done
  })
}
