/**
 * What administrators' pages ask the server for. Every function throws a
 * Problem.
 *
 * @import {Group} from '../types.js'
 * @import {Imported, Town} from './types.js'
 */
import { call } from '../client.js'

/** A unit's groups. @param {string} unit @returns {Promise<Group[]>} */
export const groupsOf = (unit) => call((pb, options) => pb.collection('groups').getFullList({ filter: `unit = "${unit}"`, sort: 'name', ...options }))

/** @param {string} id */
export const removeUnit = (id) => call((pb, options) => pb.collection('units').delete(id, options))

/**
 * Reads a table, and makes what it says where it is to be applied and nothing
 * is wrong with it.
 * @param {{file: string, apply: boolean}} body the file's bytes in base64
 * @returns {Promise<Imported>}
 */
export const importSheet = (body) => call((pb, options) => pb.send('/api/folje/v1/staff/admin/import', { ...options, method: 'POST', body }))

/** What the municipality says of itself. @returns {Promise<{id: string, value: Partial<Town>}>} */
export const town = () => call((pb, options) => pb.collection('settings').getFirstListItem('name = "municipality"', options))
/** @param {string} id @param {Partial<Town>} value */
export const saveTown = (id, value) => call((pb, options) => pb.collection('settings').update(id, { value }, options))

/** Keeps a logo, a PNG. @param {Blob} body @returns {Promise<import('../../data/types.js').Logo>} */
export async function saveLogo(body) {
  const file = btoa(Array.from(new Uint8Array(await body.arrayBuffer()), (byte) => String.fromCharCode(byte)).join(''))
  return call((pb, options) => pb.send('/api/folje/v1/staff/admin/logo', { ...options, method: 'PUT', body: { file } }))
}
export const removeLogo = () => call((pb, options) => pb.send('/api/folje/v1/staff/admin/logo', { ...options, method: 'DELETE' }))
/** The logo that phones have, if any. @returns {Promise<import('../../data/types.js').Logo|undefined>} */
export const logo = async () => (await call((pb, options) => pb.send('/api/folje/v1/hello', options))).municipality?.logo
