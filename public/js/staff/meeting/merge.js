/**
 * Two people changed one meeting: what the other changed and she didn't is
 * taken over, what both changed is shown to her.
 *
 * @import {Input} from './input.js'
 *
 * @typedef {keyof Input} Name
 * @typedef {{name: Part, mine: Partial<Input>, theirs: Partial<Input>, clash: boolean}} Difference clash: both changed it
 * @typedef {'groups'|'time'|'place'|'contact'|'heldBy'|'childcare'|'answerBy'|'bookBy'|'cancelBy'|'information'|'question'} Part
 */

/** What is one thing to her, though it takes several fields. @type {Record<Part, Name[]>} */
const PARTS = {
  groups: ['groups'], time: ['date', 'from', 'fromLater', 'to', 'toLater'], place: ['place'], contact: ['contact'], heldBy: ['heldBy'], childcare: ['childcare'],
  answerBy: ['answerBy'], bookBy: ['bookBy'], cancelBy: ['cancelBy'], information: ['information'], question: ['question'],
}

/**
 * @param {Input|null} before what both started from, if it is known
 * @param {Input} mine
 * @param {Input} theirs
 * @returns {{input: Input, differences: Difference[]}} hers with what only the other changed, and all that the other has otherwise
 */
export function merge(before, mine, theirs) {
  /** @type {Input} */
  let input = mine
  /** @type {Difference[]} */
  const differences = []
  for (const [name, fields] of /** @type {[Part, Name[]][]} */ (Object.entries(PARTS))) {
    const [hers, others] = [pick(mine, fields), pick(theirs, fields)]
    if (same(hers, others)) continue
    const old = before && pick(before, fields)
    if (old && same(others, old)) continue // only she changed it
    const clash = !old || !same(hers, old)
    differences.push({ name, mine: hers, theirs: others, clash })
    if (!clash) input = { ...input, ...others }
  }
  return { input, differences }
}

/** Whether the two are saved alike. @param {Input} a @param {Input} b */
export const sameInput = (a, b) => Object.values(PARTS).every((fields) => same(pick(a, fields), pick(b, fields)))

/** @param {Input} input @param {Name[]} fields @returns {Partial<Input>} */
const pick = (input, fields) => Object.fromEntries(fields.map((f) => [f, f === 'groups' ? [...input.groups].sort() : input[f]]))

/** @param {Partial<Input>} a @param {Partial<Input>} b */
export const same = (a, b) => JSON.stringify(a, trimmed) === JSON.stringify(b, trimmed)

/** @param {string} _ @param {unknown} value */
const trimmed = (_, value) => (typeof value === 'string' ? value.trim() : value)
