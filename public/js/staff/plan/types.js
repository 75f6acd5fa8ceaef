/**
 * Shapes of themes, terms, plans and activities as the record API gives them,
 * and of the answers about plans. Nothing here runs.
 *
 * @typedef {object} ThemeRecord
 * @property {string} id
 * @property {string} key
 * @property {string} title
 * @property {string[]} also earlier names
 * @property {string} information
 * @property {string} discussion
 * @property {string} think
 * @property {number} order
 * @property {boolean} hidden
 * @property {number} base
 *
 * @typedef {{from: string, to: string, name: string}} Free days without school
 * @typedef {{id: string, name: string, starts: string, ends: string, free: Free[]}} TermRecord
 * @typedef {{id: string, term: string, unit: string, theme: string, yearFrom: number, yearTo: number, day: string, note: string, meetings: string[]}} PlanRecord
 *
 * @typedef {{unit: string, theme?: string, years?: [number, number], starts?: string}} Same something else on an evening
 * @typedef {object} Copied
 * @property {string} theme
 * @property {[number, number]} years
 * @property {string} was its day, or ""
 * @property {string} term
 * @property {string} day
 * @property {''|'free'|'outside'|'nowhere'} why it was moved
 * @property {string} name of the free days that it had to leave
 * @property {boolean} there the other year has it already
 * @property {Same[]} same
 *
 * @typedef {{rows: Copied[], made: number}} CopyAnswer
 *
 * @typedef {{from: string, to: string, place: string, heldBy: string, contact: string, childcare: boolean}} Usual
 * @typedef {{classes: {id: string, name: string, made: boolean}[], usual: Usual, same: Same[]}} Offer
 *
 * @typedef {{on: string, cancelled?: boolean, starts?: string, ends?: string}} Exception
 * @typedef {object} ActivityRecord
 * @property {string} id
 * @property {string} unit
 * @property {string} title
 * @property {string} information
 * @property {string} place
 * @property {number} ageFrom
 * @property {number} ageTo
 * @property {string} starts 2026-08-18T09:00
 * @property {string} ends
 * @property {string} rrule
 * @property {Exception[]|null} exceptions
 * @property {boolean} hidden
 * @property {number} base
 */
export {}
