/**
 * What translators' screens keep on this computer to open without a network.
 * It is the account's, and goes when she signs out or somebody else comes:
 * staff share computers. What she typed is kept apart (drafts.js) and stays.
 */
import { withDB } from '../data/db.js'

const ROOT = 'kept/'

/** @param {string} author @param {string} id */
const key = (author, id) => `${ROOT}${author}/${id}`

/** @param {string} prefix */
const under = (prefix) => IDBKeyRange.bound(prefix, `${prefix}\uffff`)

/**
 * Keeps a value of the author's, replacing what was kept under its id. A full
 * disk is no failure: it is a copy.
 * @param {string} author the person's id
 * @param {string} id
 * @param {any} value
 */
export async function keep(author, id, value) {
  await withDB((db) => db.put('drafts', value, key(author, id))).catch((error) => console.warn('keep a copy', error))
}

/** @param {string} author @param {string} id @returns {Promise<any>} undefined where there is none */
export const kept = (author, id) => withDB((db) => db.get('drafts', key(author, id)))

/** The ids of what is kept below a path. @param {string} author @param {string} path @returns {Promise<string[]>} */
export async function keptIds(author, path) {
  const keys = await withDB((db) => db.getAllKeys('drafts', under(key(author, path))))
  return keys.map((at) => String(at).slice(key(author, '').length))
}

/** @param {string} author @param {string} id */
export const drop = (author, id) => withDB((db) => db.delete('drafts', key(author, id)))

/** Forgets everybody's, except one person's. @param {string} [author] */
export async function forgetOthers(author = '') {
  await withDB(async (db) => {
    const tx = db.transaction('drafts', 'readwrite')
    for (const at of await tx.store.getAllKeys(under(ROOT))) {
      if (!author || !String(at).startsWith(key(author, ''))) await tx.store.delete(at)
    }
    await tx.done
  })
}
