/**
 * What the channels' screens ask the server for. Every function throws a
 * Problem.
 *
 * @import {Channel, ChannelName, Colleague, ConsentWay, OwnHolder, OwnKey, Receipt, RequestRow, RequestState, Share, Span, Wrap} from './types.js'
 */
import { call } from '../client.js'

/**
 * @template T
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<T>}
 */
const ask = (method, path, body) => call((pb, options) => pb.send(`/api/folje/v1/staff/${path}`, { ...options, method, body }))

/** @returns {Promise<Channel[]>} those that she has something to do with */
export const channels = async () => (await ask('GET', 'channels')).channels
/**
 * @param {ChannelName} name
 * @param {{head?: string, answersDays?: number, hours?: string, away?: Span[], keepDays?: number, open?: boolean}} body
 * @returns {Promise<Channel>}
 */
export const configure = (name, body) => ask('POST', `channels/${name}`, body)

/** @returns {Promise<OwnKey>} */
export const ownKey = () => ask('GET', 'key')
/** @param {OwnKey} key @returns {Promise<OwnKey>} */
export const putOwnKey = (key) => ask('PUT', 'key', key)
/** @param {ChannelName} name @returns {Promise<OwnHolder>} */
export const ownHolder = (name) => ask('GET', `channels/${name}/holder`)
/** Asks to be let in, or stores her key under another passphrase. @param {ChannelName} name @param {OwnKey} key @returns {Promise<OwnHolder>} */
export const askIn = (name, key) => ask('PUT', `channels/${name}/holder`, key)
/**
 * @param {ChannelName} name
 * @param {string} id
 * @param {{state?: 'in' | 'left', wraps?: Wrap[], cover?: Span | null}} body
 * @returns {Promise<Channel>}
 */
export const changeHolder = (name, id, body) => ask('PUT', `channels/${name}/holders/${id}`, body)
/**
 * Gives the channel a key. What proves the recovery key is told with the first one, and stays.
 * @param {ChannelName} name
 * @param {{base: number, recipient: string, recovery: string, recoveryRecipient: string, check?: string, wraps: {holder: string, wrapped: string}[]}} body
 * @returns {Promise<Channel>}
 */
export const addKey = (name, body) => ask('POST', `channels/${name}/keys`, body)
/** @param {ChannelName} name @param {{proof: string, wraps: Wrap[]}} body @returns {Promise<Channel>} */
export const recover = (name, body) => ask('POST', `channels/${name}/recover`, body)

/** @param {ChannelName} name @returns {Promise<RequestRow[]>} the latest first */
export const requests = async (name) => (await ask('GET', `channels/${name}/requests`)).requests
/** That she reads it is noted before the answer. @param {string} id @returns {Promise<RequestRow & {ciphertext: string}>} */
export const openRequest = (id) => ask('POST', `requests/${id}/open`)
/** @param {string} id @param {RequestState} state @returns {Promise<RequestRow>} */
export const setState = (id, state) => ask('PUT', `requests/${id}`, { state })
/** @param {string} id @param {{to: string, ciphertext: string, consent: {how: ConsentWay, at: string}}} body @returns {Promise<{id: string}>} */
export const share = (id, body) => ask('POST', `requests/${id}/share`, body)
/** @param {string} id @returns {Promise<Receipt>} */
export const exportRequest = (id) => ask('POST', `requests/${id}/export`)

/** @returns {Promise<Share[]>} requests that colleagues have shared with her */
export const shares = async () => (await ask('GET', 'shares/mine')).shares
/** @param {string} id @returns {Promise<{id: string, ciphertext: string}>} */
export const openShare = (id) => ask('POST', `shares/${id}/open`)
/** @returns {Promise<Colleague[]>} */
export const people = async () => (await ask('GET', 'people')).people
/**
 * The audit log's rows after one of them.
 * @param {number} after
 * @returns {Promise<{head: import('./types.js').Head, rows: import('./types.js').Link[]}>}
 */
export const chain = (after) => ask('GET', `audit/chain?after=${after}`)
