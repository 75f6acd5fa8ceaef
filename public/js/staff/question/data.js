/**
 * What the server gives the helper and the warning: the rules of a good
 * question, and what letters may hold. Kept on this computer, so that both work
 * without a network.
 *
 * @import {Person} from '../types.js'
 * @import {Rules} from './rules.js'
 *
 * @typedef {{names: string[], mails: string[], lines: string[], allowed: string[]}} KnownLines lines: in them everything is the unit's own
 * @typedef {{off?: boolean, add?: string[], remove?: string[], words?: number, advice?: string}} Change of one of the program's rules
 * @typedef {{id?: string, words: string[], advice: string}} Own
 * @typedef {{rules: Record<string, Change>, own: Own[], allowed: string[]}} Changes
 * @typedef {{rules: Rules, known: KnownLines, base: number, changes?: Changes, defaults?: Rules}} Help changes, defaults: for those who may change them
 */
import { call } from '../client.js'
import { fresh } from '../fresh.js'
import { Problem } from '../problem.js'

const PATH = '/api/folje/v1/staff/question'

/** @returns {Promise<Help>} */
export const help = () => call((pb, options) => pb.send(PATH, { ...options, method: 'GET' }))
/** @param {number} base @param {Changes} changes @returns {Promise<Help>} */
export const saveHelp = (base, changes) => call((pb, options) => pb.send(PATH, { ...options, method: 'PUT', body: { base, changes } }))

/** The program's own rules. @param {Help} help */
export const defaultsOf = ({ defaults }) => defaults?.rules ?? []

/** As the server has it, or as it was read last; null where neither is to be had: what asks works without. @param {Person} person @returns {Promise<Help|null>} */
export const readHelp = (person) => fresh(person.id, 'question', help).then(({ value }) => value, forgiven)

/** @param {unknown} error @returns {null} */
export function forgiven(error) {
  if (!(error instanceof Problem)) throw error
  return null
}
