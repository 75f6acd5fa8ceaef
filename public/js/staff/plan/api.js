/**
 * What the pages of themes, plans and activities ask the server for. Every
 * function throws a Problem.
 *
 * @import {ActivityRecord, CopyAnswer, Exception, Offer, PlanRecord, TermRecord, ThemeRecord, Usual} from './types.js'
 * @import {Meeting} from '../types.js'
 */
import { call } from '../client.js'

/**
 * @template T
 * @param {string} name
 * @param {object} query
 * @returns {Promise<T[]>}
 */
const list = (name, query) => call((pb, options) => pb.collection(name).getFullList({ ...query, ...options }))

/**
 * @template T
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<T>}
 */
const ours = (method, path, body) => call((pb, options) => pb.send(`/api/folje/v1/staff/${path}`, { ...options, method, body }))

/** @returns {Promise<ThemeRecord[]>} */
export const themes = () => list('themes', { sort: 'order,title' })
/** @returns {Promise<TermRecord[]>} */
export const terms = () => list('terms', { sort: 'starts' })
/** A school's rows. @param {string} unit @returns {Promise<PlanRecord[]>} */
export const rows = (unit) => list('term_plans', { filter: `unit = "${unit}"`, sort: 'yearFrom,yearTo,day' })
/** @param {string} id @returns {Promise<PlanRecord>} */
export const row = (id) => call((pb, options) => pb.collection('term_plans').getOne(id, options))
/** @param {string[]} ids @returns {Promise<Meeting[]>} */
export const meetings = async (ids) => (ids.length === 0 ? [] : list('meetings', { filter: ids.map((id) => `id = "${id}"`).join(' || '), sort: 'starts' }))
/** @returns {Promise<ActivityRecord[]>} */
export const activities = () => list('activities', { sort: 'title' })

/**
 * Copies a school year's plan, or only says what would become of it.
 * @param {string} unit
 * @param {{from: number, to: number, apply: boolean}} body school years
 * @returns {Promise<CopyAnswer>}
 */
export const copy = (unit, body) => ours('POST', `units/${encodeURIComponent(unit)}/plan/copy`, body)
/** @param {string} id @returns {Promise<Offer>} */
export const offer = (id) => ours('GET', `plans/${encodeURIComponent(id)}/meetings`)
/** @param {string} id @param {Usual & {groups: string[], together: boolean}} body @returns {Promise<{meetings: string[]}>} */
export const make = (id, body) => ours('POST', `plans/${encodeURIComponent(id)}/meetings`, body)
/** When an activity would be. @param {{starts: string, ends: string, rrule: string, exceptions: Exception[]}} body @returns {Promise<{times: [string, string][], cancelled: string[]}>} */
export const times = (body) => ours('POST', 'activities/times', body)
