/**
 * What the screens about colleagues ask the server for. Every function throws a
 * Problem.
 *
 * @import {Role} from '../types.js'
 */
import { call, open } from '../client.js'

/**
 * @typedef {object} Colleague
 * @property {string} id
 * @property {string} name
 * @property {string} email
 * @property {Role[]} roles
 * @property {string[]} units ids
 * @property {string[]} locales that she translates into
 *
 * @typedef {Colleague & {state: 'waiting'|'sent'|'refused'|'over', sent: string, expires: string}} Invited somebody who has not answered yet
 * @typedef {{mail: boolean, codes: boolean, people: Colleague[], invites: Invited[]}} Colleagues mail: the server sends e-mail; codes: signing in takes a code
 * @typedef {Omit<Colleague, 'id'>} Input
 */

/** @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
const ours = (method, path, body) => call((pb, options) => pb.send(`/api/folje/v1/${path}`, { ...options, method, body }))

/** @returns {Promise<Colleagues>} */
export const colleagues = () => ours('GET', 'staff/colleagues')
/**
 * Invites a colleague; again says that she was invited before, link is for where there is no e-mail.
 * @param {Input} input
 * @returns {Promise<{invite: Invited, again: boolean, link?: string}>}
 */
export const invite = (input) => ours('POST', 'staff/colleagues', input)
/** @param {string} id @param {Input} input @returns {Promise<Colleague>} */
export const change = (id, input) => ours('PUT', `staff/colleagues/${encodeURIComponent(id)}`, input)
/** @param {string} id @returns {Promise<void>} */
export const leave = (id) => ours('POST', `staff/colleagues/${encodeURIComponent(id)}/leave`)
/** She gets a link to choose another password with; link is for where there is no e-mail. @param {string} id @returns {Promise<{link?: string}>} */
export const newPassword = (id) => ours('POST', `staff/colleagues/${encodeURIComponent(id)}/password`)
/** @param {string} id of the invite @returns {Promise<void>} */
export const takeBack = (id) => ours('DELETE', `staff/colleagues/invites/${encodeURIComponent(id)}`)

/** She is sent a code, to see whether it arrives. @returns {Promise<{id: string}>} */
export const tryCode = () => ours('POST', 'staff/colleagues/codes')
/** Everybody signs in with a code too, or nobody. @param {boolean} on @param {{id: string, code: string}} [arrived] the code that she was sent, for on @returns {Promise<void>} */
export const setCodes = (on, arrived) => ours('PUT', 'staff/colleagues/codes', { on, ...arrived })

/** Of whom a link is; known: she has an account, and is to choose another password. @param {string} secret @returns {Promise<{name: string, email: string, roles: Role[], units: string[], known: boolean}>} */
export const look = (secret) => open('POST', 'welcome/look', { secret })
/** @param {string} secret @param {string} password @returns {Promise<{email: string}>} */
export const accept = (secret, password) => open('POST', 'welcome/accept', { secret, password })
