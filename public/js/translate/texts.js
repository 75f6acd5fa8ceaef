/**
 * The places of a text and what helps with them: from the server, or as they
 * were kept on this computer.
 *
 * @import {Help, Person, Places, TextOwner} from '../staff/types.js'
 */
import * as api from '../staff/api.js'
import { keep, kept } from '../staff/kept.js'
import { Problem } from '../staff/problem.js'
import { idOf } from './owner.js'
import { inTime } from './patience.js'

/** @typedef {{answer: Places, help: Help, at: string, stamp: string}} Texts at: when the server said so */

/** @type {Help} */
export const NO_HELP = { suggestions: {}, terms: {} }

/**
 * The places as the server has them, kept for the next time; where there is no
 * network, or one that doesn't answer, as they were kept.
 * @param {TextOwner} owner
 * @param {string} locale
 * @param {Person} person
 * @returns {Promise<{texts: Texts, away: boolean}>} away: they are a copy
 * @throws {Problem}
 */
export async function readPlaces(owner, locale, person) {
  const copy = await kept(person.id, idOf(owner, locale))
  const ask = () => api.places(owner, locale, 'draft')
  try {
    const answer = await (copy ? inTime(ask) : ask())
    if (!answer) return { texts: copy, away: true }
    const texts = { answer, help: copy?.help ?? NO_HELP, at: new Date().toISOString(), stamp: '' }
    await keep(person.id, idOf(owner, locale), texts)
    return { texts, away: false }
  } catch (error) {
    if (!(error instanceof Problem) || !error.offline || !copy) throw error
    return { texts: copy, away: true }
  }
}

/**
 * Suggestions and school words; none where they can't be had.
 * @param {TextOwner} owner
 * @param {string} locale
 * @returns {Promise<Help|null>}
 */
export async function readHelp(owner, locale) {
  if (owner.kind === 'messages') return null
  try {
    const { suggestions, terms } = await api.suggestions(owner, locale)
    return { suggestions: suggestions ?? {}, terms: terms ?? {} }
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

/**
 * Fetches and keeps everything of a text.
 * @param {TextOwner} owner
 * @param {string} locale
 * @param {Person} person
 * @param {string} stamp
 */
export async function fetchTexts(owner, locale, person, stamp) {
  const [answer, help] = await Promise.all([api.places(owner, locale, 'draft'), readHelp(owner, locale)])
  await keep(person.id, idOf(owner, locale), { answer, help: help ?? NO_HELP, at: new Date().toISOString(), stamp })
}
