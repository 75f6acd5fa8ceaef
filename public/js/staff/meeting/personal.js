/**
 * What in an invitation may be somebody's, field by field. In the contact stands
 * what the unit is reached by: numbers and addresses that are known to be the
 * unit's, and who holds the meeting, are not asked about; others are.
 *
 * @import {Person} from '../types.js'
 * @import {Check, Part, Place} from '../personal/check.js'
 */
import { openCheck, readyCheck } from '../personal/check.js'

/** @typedef {{question: string, information: string, place: string, contact: string, heldBy: string}} Texts of a form or of a meeting */

/** @param {string} meeting id */
const named = (meeting) => `meeting/${meeting}`

/** @param {Person} person @param {string} meeting id @param {() => void} changed */
export const openMeetingCheck = (person, meeting, changed) => openCheck(person, named(meeting), changed)

/** What is asked about before parents get it. @param {Person} person @param {Texts & {id: string}} meeting */
export const askedOf = async (person, meeting) => placesOf(await readyCheck(person, named(meeting.id)), meeting)

/** @param {Check} check @param {Texts} texts @returns {Place[]} */
export function placesOf(check, { question, information, place, contact, heldBy }) {
  const holds = new Set((heldBy ?? '').match(/\p{L}[\p{L}\p{M}-]*/gu) ?? [])
  /** @type {Part[]} */
  const parts = [
    { id: 'place', kind: 'place', text: place }, { id: 'contact', kind: 'paragraph', text: contact ?? '' },
    { id: 'question', kind: 'question', text: question }, { id: 'information', kind: 'paragraph', text: information },
  ]
  return check.among(parts).filter((found) => found.kind !== 'name' || !holds.has(found.text))
}
