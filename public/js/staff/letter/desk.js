/**
 * The letter that is open: one at a time, the same for editor and preview, so
 * that going between them loses nothing, with or without a network.
 *
 * @import {Letter, Person} from '../types.js'
 * @import {Draft} from '../drafts.js'
 * @import {Beginning} from './writing.js'
 */
import * as api from '../api.js'
import { draftsOf } from '../drafts.js'
import { Problem } from '../problem.js'
import { newID } from './blocks.js'
import { Writing } from './writing.js'

/** @type {{writing: Writing, person: string}|null} */
let open = null

/**
 * The letter as she left it: with her unsaved text, if there is any.
 * @param {string} id
 * @param {Person} person
 * @returns {Promise<Writing>}
 * @throws {Problem} where neither the server nor this computer has it
 */
export async function openLetter(id, person) {
  const kept = open?.writing.id === id && open.person === person.id ? open.writing : null
  if (kept && kept.autosave.state !== 'saved') return kept
  const drafts = draftsOf(person.id)
  const draft = await drafts.get(id)
  if (draft?.untouched) return kept ?? lay(person, taken(id, null, draft, person))
  const found = await fetchLetter(id)
  if (found instanceof Problem && (!draft || found.signedOut)) {
    if (kept && found.offline) return kept
    throw found
  }
  if (kept && !(found instanceof Problem) && found.base === kept.letter?.base) {
    kept.accept(found)
    return kept
  }
  return lay(person, taken(id, found instanceof Problem ? lastKnown(draft, found) : found, draft, person))
}

/** The record without its server's word: as it was last read, or gone. @param {Draft} draft @param {Problem} problem */
const lastKnown = (draft, problem) => (problem.status === 404 ? null : draft.letter)

/** @param {string} id @returns {Promise<Letter|Problem>} */
const fetchLetter = (id) => api.letter(id).catch((error) => {
  if (error instanceof Problem) return error
  throw error
})

/**
 * @param {string} id
 * @param {Letter|null} letter
 * @param {Draft|undefined} draft at least one of the two is there
 * @param {Person} person
 */
function taken(id, letter, draft, person) {
  const from = letter ?? { ...draft?.content, unit: draft?.unit, meeting: draft?.meeting }
  const writing = new Writing(id, /** @type {Beginning} */ (from), draftsOf(person.id))
  if (letter) writing.accept(letter)
  if (draft) writing.restore(draft)
  return writing
}

/**
 * Begins a letter. The server hears of it with the first edit.
 * @param {Beginning} beginning
 * @param {Person} person
 * @returns {Writing}
 */
export function beginWriting(beginning, person) {
  const writing = new Writing(newID(), beginning, draftsOf(person.id))
  writing.begin()
  return lay(person, writing)
}

/** @param {Person} person @param {Writing} writing */
function lay(person, writing) {
  open?.writing.leave()
  open = { writing, person: person.id }
  return writing
}
