/** The municipality's logo on this phone: it comes after a sync, once for each that there is. */
import { announce } from './changes.js'
import { meta, setMeta, withDB } from './db.js'
import { ROOT } from './net.js'

/** After a sync: has the phone keep the logo that the server named, or none. It never fails; the next sync tries again. */
export async function keepLogo() {
  try {
    const [hello, kept] = await Promise.all([meta('hello'), meta('logo')])
    const named = hello?.municipality?.logo
    if (named?.id === kept?.id) return
    const url = named && await load(named.id)
    if (named && url) await setMeta('logo', { id: named.id, url })
    else if (!named) await withDB((db) => db.delete('meta', 'logo'))
    announce()
  } catch (error) {
    console.warn('keep the logo', error)
  }
}

/** The logo as a data: address, "" where it can't be had now. @param {string} id @returns {Promise<string>} */
async function load(id) {
  const answer = await fetch(`${ROOT}logo/${encodeURIComponent(id)}`, { credentials: 'omit', redirect: 'error' })
  if (!answer.ok || answer.headers.get('Content-Type') !== 'image/png') return ''
  const bytes = new Uint8Array(await answer.arrayBuffer())
  return `data:image/png;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`
}
