/**
 * What of an entry is written in the form.
 *
 * @import {Contact, EntryRecord, Note, Part} from './types.js'
 */

/**
 * @typedef {object} Input
 * @property {string} key
 * @property {string} name
 * @property {string} title
 * @property {string[]} also
 * @property {string} type
 * @property {string} audience
 * @property {boolean} hidden
 * @property {number} ageFrom
 * @property {number} ageTo
 * @property {Part[]} parts
 * @property {Note[]} staff
 * @property {Contact[]} contacts
 * @property {{name: string, address: string}} place
 * @property {string[]} related
 * @property {string[]} chain
 * @property {boolean} sensitive
 * @property {boolean} urgent
 * @property {boolean} ask
 * @property {string} owner
 * @property {number} order
 */

/** @returns {Input} */
export const empty = () => ({
  key: '', name: '', title: '', also: [], type: 'service', audience: 'everyone', hidden: false, ageFrom: 0, ageTo: 20,
  parts: [{ id: 'p1', part: 'summary', kind: 'paragraph', text: '' }], staff: [], contacts: [], place: { name: '', address: '' },
  related: [], chain: [], sensitive: false, urgent: false, ask: false, owner: '', order: 0,
})

/** @param {EntryRecord} record @returns {Input} */
export function inputOf(record) {
  const names = /** @type {(keyof Input)[]} */ (Object.keys(empty()))
  const input = /** @type {Input} */ (Object.fromEntries(names.map((name) => [name, record[name]])))
  return { ...input, place: record.place ?? { name: '', address: '' } }
}

/** An id that no part has yet. @param {Part[]} parts */
export function freeID(parts) {
  let n = parts.length + 1
  while (parts.some((p) => p.id === `p${n}`)) n++
  return `p${n}`
}

/**
 * The key that a new entry gets from what it is called, for texts to name it by.
 * @param {string} name
 */
export const keyFrom = (name) => name.normalize('NFKD').toLowerCase().replace(/\p{M}+/gu, '').replace(/[^a-z0-9]+/g, '_').replace(/^[_0-9]+|_+$/g, '').slice(0, 40)

/** The part of a message's id that names a field. @param {string} name */
export const idOf = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
