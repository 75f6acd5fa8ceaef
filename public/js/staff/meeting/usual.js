/**
 * What a unit's meetings usually are like, so that a new one is planned with a
 * date and a question: read from its last meetings, and so never out of date.
 *
 * @import {Meeting} from '../types.js'
 * @import {Input} from './input.js'
 */
import { local, parse } from '../time.js'

/** So many of the last meetings are looked at. */
export const LAST = 6

/** @typedef {Pick<Input, 'from'|'to'|'place'|'contact'|'heldBy'|'childcare'>} Usual */

/**
 * Of each value the one that most of the last meetings had, the later one among
 * equals. The group's own meetings count where it has any.
 * @param {Meeting[]} meetings the unit's QPM meetings, latest first
 * @param {string} group id
 * @returns {Usual|null} null where there was none yet
 */
export function usualOf(meetings, group) {
  const held = meetings.filter((m) => m.kind === 'qpm' && !m.cancelled)
  const own = held.filter((m) => m.groups.includes(group))
  const last = (own.length ? own : held).slice(0, LAST)
  if (last.length === 0) return null
  const clock = (/** @type {string} */ time) => (time ? local(parse(time)).clock : '')
  return {
    from: most(last.map((m) => clock(m.starts))), to: most(last.map((m) => clock(m.ends))),
    place: most(last.map((m) => m.place)), contact: most(last.map((m) => m.contact ?? '')), heldBy: most(last.map((m) => m.heldBy ?? '')),
    childcare: most(last.map((m) => m.childcare ?? false)),
  }
}

/** The value that comes most often; the first among equals. @template T @param {T[]} values at least one @returns {T} */
function most(values) {
  const times = (/** @type {T} */ value) => values.filter((v) => v === value).length
  return values.reduce((best, value) => (times(value) > times(best) ? value : best))
}
