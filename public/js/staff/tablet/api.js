/**
 * What shared tablets ask the server for, and what is asked about them. Every
 * function throws a Problem.
 */
import { asTablet, call, enter, open } from '../client.js'
import { tabletSecret } from './here.js'

/**
 * @typedef {{name: string, unit: {id: string, name: string}, people: {id: string, name: string}[]}} Names who may tap her name on this tablet
 * @typedef {{id: string, name: string, unit: string, state: 'waiting'|'over'|'in', seen: string}} Tablet seen: the day of its last use
 */

/** @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
const ours = (method, path, body) => call((pb, options) => pb.send(`/api/folje/v1/${path}`, { ...options, method, body }))

/** @returns {Promise<Names>} */
export const names = () => asTablet(tabletSecret(), 'GET', 'tablet')
/** @param {string} code @param {string} secret this tablet's from now on @returns {Promise<Names>} */
export const enrol = (code, secret) => open('POST', 'tablet/enrol', { code, secret })
/** Somebody is in from now on. @param {string} person her id @param {string} pin */
export async function enterWith(person, pin) {
  const { token, life, record } = await asTablet(tabletSecret(), 'POST', 'tablet/enter', { person, pin })
  enter(token, life, record)
}

/** @returns {Promise<Tablet[]>} */
export const tablets = async () => (await ours('GET', 'staff/tablets')).tablets
/** @param {string} name @param {string} unit @returns {Promise<{tablet: Tablet, code: string, link: string, qr: import('../types.js').QR}>} */
export const add = (name, unit) => ours('POST', 'staff/tablets', { name, unit })
/** @param {string} id @returns {Promise<void>} */
export const revoke = (id) => ours('DELETE', `staff/tablets/${encodeURIComponent(id)}`)

/** @returns {Promise<boolean>} whether she has chosen a PIN */
export const hasPIN = async () => (await ours('GET', 'staff/me/pin')).set
/** @param {string} pin @returns {Promise<void>} */
export const setPIN = (pin) => ours('PUT', 'staff/me/pin', { pin })
/** @returns {Promise<void>} */
export const dropPIN = () => ours('DELETE', 'staff/me/pin')
