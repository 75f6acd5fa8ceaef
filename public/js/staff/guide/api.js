/**
 * What the guide's staff pages ask the server for. Every function throws a
 * Problem.
 *
 * @import {DueAnswer, EntryRecord, GroupRecord, WorryRecord} from './types.js'
 */
import { call } from '../client.js'

/**
 * Everything of a collection.
 * @template T
 * @param {string} name
 * @param {string} sort
 * @returns {Promise<T[]>}
 */
const all = (name, sort) => call((pb, options) => pb.collection(name).getFullList({ sort, ...options }))

/** @returns {Promise<EntryRecord[]>} */
export const entries = () => all('guide_entries', 'order,key')
/** @returns {Promise<WorryRecord[]>} */
export const worries = () => all('worries', 'order,key')
/** Support groups, for their leaders and administrators only. @returns {Promise<GroupRecord[]>} */
export const groups = () => all('support_groups', 'ageFrom,title')
/** Staff that she may know of. @returns {Promise<{id: string, name: string}[]>} */
export const people = () => all('staff', 'name')

/**
 * Saves a record, a new one where it has no id.
 * @param {string} collection
 * @param {string} id
 * @param {object} body with the base it started from
 * @returns {Promise<any>}
 */
export const save = (collection, id, body) => call((pb, options) => (id
  ? pb.collection(collection).update(id, body, options) : pb.collection(collection).create(body, options)))

/** @param {string} collection @param {string} id */
export const remove = (collection, id) => call((pb, options) => pb.collection(collection).delete(id, options))

/** She has found the entry to be right today. @param {string} id @returns {Promise<{checked: string}>} */
export const checked = (id) => call((pb, options) => pb.send(`/api/folje/v1/staff/guide/${encodeURIComponent(id)}/checked`, { ...options, method: 'POST' }))
/** What is to be looked through this season. @returns {Promise<DueAnswer>} */
export const overdue = () => call((pb, options) => pb.send('/api/folje/v1/staff/guide/overdue', { ...options, method: 'GET' }))

/** The addresses that the municipality sets. @returns {Promise<{id: string, value: Record<string, string>}>} */
export const settings = () => call((pb, options) => pb.collection('settings').getFirstListItem('name = "guide"', options))
/** @param {string} id @param {Record<string, string>} value */
export const saveSettings = (id, value) => call((pb, options) => pb.collection('settings').update(id, { value }, options))
