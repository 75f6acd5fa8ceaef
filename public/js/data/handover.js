/** Letting one more phone in. */
import { meta } from './db.js'
import { ask } from './net.js'

/**
 * A one-time code that lets one more phone into all groups of this one.
 * @param {string} locale
 * @returns {Promise<{code: string, url: string, expires: string, qr: {size: number, path: string}}>}
 */
export async function handover(locale) {
  const device = await meta('device')
  return (await ask('POST', 'devices/me/handover', { locale, secret: device?.secret, body: {} })).data
}
