/**
 * The question of the day in the languages that it has, and which of them are
 * wanted: those that phones of the groups read (five or more), and those that
 * parents asked an interpreter for. Kept, so that the room needs no network.
 *
 * @import {Answers, Person, Place, Readiness} from '../types.js'
 *
 * @typedef {object} Spoken
 * @property {Record<string, string>} texts by locale; the original first
 * @property {string[]} wanted locales besides the original, those that most read first
 * @property {string[]} lacking wanted locales without a text
 */
import { LOCALES, SOURCE } from '../../i18n/locales.js'
import * as api from '../api.js'
import { fresh } from '../fresh.js'
import { Problem } from '../problem.js'

/**
 * @param {string} id the meeting's
 * @param {Person} person
 * @returns {Promise<Spoken>}
 */
export const readSpoken = (id, person) => fresh(person.id, `spoken/${id}`, () => gather(id)).then(({ value }) => value)

/** @param {string} id @returns {Promise<Spoken>} */
async function gather(id) {
  const owner = { kind: /** @type {const} */ ('meetings'), id }
  const [meeting, { locales }, answers] = await Promise.all([api.meeting(id), api.readiness(owner), answersOf(id)])
  const whole = locales.filter((r) => r.missing + r.draft < r.total)
  const read = await Promise.all(whole.map(async ({ tag }) => /** @type {const} */ ([tag, wordsOf((await api.places(owner, tag, 'draft')).places, meeting)])))
  /** @type {Record<string, string>} */
  const texts = { [SOURCE]: meeting.question || meeting.title, ...Object.fromEntries(read.filter(([, words]) => words !== '')) }
  const all = wantedOf(locales, answers)
  return { texts, wanted: all.filter((tag) => texts[tag]), lacking: all.filter((tag) => !texts[tag]) }
}

/** Before parents are invited nobody has answered. @param {string} id @returns {Promise<Answers|null>} */
const answersOf = (id) => api.answers(id).catch((error) => {
  if (error instanceof Problem && !error.offline) return null
  throw error
})

/**
 * The question in a language, or "" where a part of it has no text.
 * @param {Place[]} places
 * @param {{question: string}} meeting
 */
export function wordsOf(places, { question }) {
  const asked = places.filter((p) => p.block === (question ? 'question' : 'title'))
  return asked.every((p) => p.text && p.state !== 'missing') ? asked.map((p) => p.text).join(' ') : ''
}

/**
 * Who asked for an interpreter comes; readers may.
 * @param {Readiness[]} locales those first that most read
 * @param {Answers|null} answers
 * @returns {string[]}
 */
export function wantedOf(locales, answers) {
  const asked = (answers?.interpreters ?? []).filter((i) => i.families > 0).map((i) => i.language)
  const readers = locales.filter((r) => r.readers > 0).map((r) => r.tag)
  const known = (/** @type {string} */ tag) => tag !== SOURCE && LOCALES.some((l) => l.tag === tag)
  return [...new Set([...asked, ...readers])].filter(known)
}
