/** The languages that this phone keeps letters in. */
import { LOCALES, SIMPLE, SOURCE } from '../i18n/locales.js'
import { meta, setMeta, withDB } from './db.js'

/** How many; the one not read for longest makes room. */
const HELD = 4

/**
 * Puts a language first among those the phone fetches letters in.
 * @param {string} tag
 */
export async function readIn(tag) {
  const second = await meta('second')
  const held = [tag, second ?? '', ...await meta('locales') ?? [], SOURCE]
  const known = held.filter((l, i) => LOCALES.some((k) => k.tag === l) && held.indexOf(l) === i)
  await setMeta('locales', known.slice(0, HELD))
  for (const dropped of known.slice(HELD)) if (dropped !== SIMPLE) await forget(dropped)
}

/**
 * Texts that are no longer fetched would not hear of a letter that is withdrawn.
 * @param {string} tag
 */
async function forget(tag) {
  await withDB(async (db) => {
    const tx = db.transaction(['texts', 'feeds'], 'readwrite')
    for (const store of /** @type {const} */ (['texts', 'feeds'])) {
      for (const key of (await tx.objectStore(store).getAllKeys()).map(String)) {
        if (key.endsWith(`/${tag}`)) await tx.objectStore(store).delete(key)
      }
    }
    await tx.done
  })
}

/** The languages that letters can be read in now, without a network. @returns {Promise<string[]>} */
export async function onPhone() {
  const keys = (await withDB((db) => db.getAllKeys('feeds'))).map(String)
  return LOCALES.map((l) => l.tag).filter((tag) => tag === SOURCE || keys.some((k) => k.split('/')[1] === tag))
}
