/**
 * Notes of a meeting, by the three dialogues of Vägledande samspel: that each
 * parent is seen, what is understood together, and what is agreed on. Plain
 * values, apart from the page.
 *
 * @import {Meeting, Person} from '../types.js'
 *
 * @typedef {'emotional'|'meaning'|'regulating'} Dialogue
 * @typedef {Record<Dialogue, string>} Notes
 * @typedef {Notes & {id: string, meeting: string, base: number, updated: string}} NotesRecord
 */

/** In the order in which they are talked of. @type {Dialogue[]} */
export const DIALOGUES = ['emotional', 'meaning', 'regulating']

/** The most signs that a note can have, as the server has it. */
export const MOST = 5000

/** Whether she may see and take notes: as an editor of the meeting's own unit, as the server has it. @param {Person} person @param {Meeting} meeting */
export const notesAt = ({ roles, units }, { unit }) => roles.includes('editor') && units.includes(unit)

/** @returns {Notes} */
export const noNotes = () => ({ emotional: '', meaning: '', regulating: '' })

/** @param {Notes} from */
export const notesOf = ({ emotional, meaning, regulating }) => ({ emotional, meaning, regulating })

/** @param {Notes} a @param {Notes} b */
export const sameNotes = (a, b) => DIALOGUES.every((name) => a[name] === b[name])

/**
 * Two people's notes as one, so that neither loses a word: what only one of
 * them changed is hers, and where both did her text stands before the other's.
 * @param {Notes} before what both began from
 * @param {Notes} mine
 * @param {Notes} theirs
 * @returns {Notes}
 */
export function joined(before, mine, theirs) {
  const one = (/** @type {Dialogue} */ name) => {
    const [was, here, there] = [before[name], mine[name], theirs[name]]
    if (here === there || there === was) return here
    if (here === was || there.includes(here)) return there
    return here.includes(there) ? here : `${here}\n${rest(was, there)}`
  }
  return { emotional: one('emotional'), meaning: one('meaning'), regulating: one('regulating') }
}

/** What was added to a text, where it was only added to. @param {string} was @param {string} now */
const rest = (was, now) => (was && now.startsWith(was) ? now.slice(was.length).trimStart() : now)
