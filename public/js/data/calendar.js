/**
 * The address that a calendar program may read this phone's meetings from. The
 * server makes it and keeps only a mark of it; the phone keeps it so that it
 * can be shown again.
 */
import { announce } from './changes.js'
import { meta, setMeta, withDB } from './db.js'
import { ask, Refused } from './net.js'

/** The address, or "" when there is none. */
export const calendarAddress = async () => await meta('calendar') ?? ''

/**
 * Makes an address; one made before no longer works. It fails with Unheard or Refused.
 * @param {string} locale
 */
export async function openCalendar(locale) {
  const { data } = await ask('POST', 'devices/me/calendar', { locale, secret: await secret(), body: {} })
  await setMeta('calendar', String(data.url))
  announce()
}

/**
 * Ends the address. It fails with Unheard or Refused.
 * @param {string} locale
 */
export async function closeCalendar(locale) {
  try {
    await ask('DELETE', 'devices/me/calendar', { locale, secret: await secret() })
  } catch (error) {
    // A server that does not know the phone serves no calendar of its either.
    if (!(error instanceof Refused) || ![401, 404].includes(error.status)) throw error
  }
  await withDB((db) => db.delete('meta', 'calendar'))
  announce()
}

const secret = async () => (await meta('device'))?.secret
