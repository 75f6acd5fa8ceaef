/**
 * What stands in a meeting's form, apart from the page: how it comes from a
 * record, what is wrong with it, and what is sent.
 *
 * @import {Fields, Meeting} from '../types.js'
 *
 * @typedef {object} Input
 * @property {string[]} groups ids
 * @property {string} date 2026-11-26
 * @property {string} from 17:30
 * @property {boolean|null} fromLater the second of two equal times; null: not asked or not answered
 * @property {string} to 19:00, or ""
 * @property {boolean|null} toLater
 * @property {string} place
 * @property {string} contact
 * @property {string} heldBy
 * @property {boolean} childcare it is offered
 * @property {string} answerBy a date, or ""
 * @property {string} bookBy
 * @property {string} cancelBy
 * @property {string} information
 * @property {string} question
 */
import { t } from '../../i18n/messages.js'
import { LIMITS } from '../letter/blocks.js'
import { addDays, local, moments, parse, stored } from '../time.js'
import { DEADLINES, lastMoment } from './deadlines.js'

export const MAX = { place: 200, contact: 200, heldBy: 200, information: 5000 }

/** A meeting that ends on the next day is no longer than this; else one of its clocks is wrong. In milliseconds. */
const LONGEST_NIGHT = 12 * 3_600_000

/** @param {string} group @returns {Input} */
export const empty = (group) => ({
  groups: [group], date: '', from: '17:30', fromLater: null, to: '19:00', toLater: null, place: '', contact: '', heldBy: '',
  childcare: false, answerBy: '', bookBy: '', cancelBy: '', information: '', question: '',
})

/** @param {Meeting} meeting @returns {Input} */
export function inputOf({ groups, starts, ends, place, contact, heldBy, childcare, answerBy, bookBy, cancelBy, information, question }) {
  const begins = local(parse(starts))
  const to = ends ? local(parse(ends)) : { date: begins.date, clock: '' }
  const day = (/** @type {string} */ time) => (time ? local(parse(time)).date : '')
  return {
    groups, date: begins.date, from: begins.clock, fromLater: later(begins, starts), to: to.clock, toLater: ends ? later(to, ends) : null,
    place, contact: contact ?? '', heldBy: heldBy ?? '', childcare: childcare ?? false, answerBy: day(answerBy), bookBy: day(bookBy), cancelBy: day(cancelBy),
    information, question,
  }
}

/** Which of two equal times a stored one is. @param {{date: string, clock: string}} shown @param {string} time */
function later({ date, clock }, time) {
  const both = moments(date, clock)
  return both.length < 2 ? null : both[1] === parse(time).toISOString()
}

/** Whether the clock shows this time twice that night, so that she has to say which. @param {Input} input @param {'from'|'to'} name */
export const isTwice = (input, name) => moments(dateOf(input, name), input[name]).length > 1

/** @param {Input} input @param {'from'|'to'} name */
const dateOf = (input, name) => (name === 'to' ? endDate(input) : input.date)

/**
 * The day the meeting ends on: the next one where the clock she gave is not after the start on that day.
 * @param {Input} input
 * @returns {string} 2026-11-27
 */
export function endDate({ date, from, fromLater, to }) {
  if (!date || !from || !to || to > from) return date
  // In the night when an hour comes twice, an earlier clock can be later.
  const last = moments(date, to).at(-1)
  return last && last > stored(date, from, fromLater) ? date : addDays(date, 1)
}

/**
 * What is sent.
 * @param {Input} input without faults
 * @param {Meeting|null} before the record it started from
 * @returns {Partial<Meeting>}
 */
export function bodyOf(input, before) {
  const starts = stored(input.date, input.from, input.fromLater)
  const deadlines = Object.fromEntries(DEADLINES.map((name) => [name, lastMoment(input[name], starts, before?.[name] ?? '')]))
  return {
    groups: input.groups,
    starts,
    ends: endsOf(input),
    place: input.place.trim(),
    contact: input.contact.trim(),
    heldBy: input.heldBy.trim(),
    childcare: input.childcare,
    ...deadlines,
    information: input.information.trim(),
    question: input.question.trim(),
  }
}

/** Whether the meeting goes on past midnight, and not so long that she must have mistyped. @param {Input} input */
export const endsNextDay = (input) => endDate(input) !== input.date && lasts(input) <= LONGEST_NIGHT

/** In milliseconds; NaN where a time is missing or doesn't exist. @param {Input} input */
const lasts = (input) => Date.parse(endsOf(input)) - Date.parse(stored(input.date, input.from, input.fromLater))

/** @param {Input} input @returns {string} ISO 8601, or "" where she didn't say */
const endsOf = (input) => (input.to ? stored(endDate(input), input.to, input.toLater) : '')

/** @param {string} id @param {Record<string, string|number>} [params] */
const said = (id, params) => ({ code: id, message: t(id, params) })

/** What is wrong, by field. @param {Input} input @returns {Fields} */
export function faults(input) {
  const { groups, date, from, question } = input
  return {
    ...(groups.length === 0 && { groups: said('staff.meeting.need_group') }),
    ...(!date && { date: said('staff.meeting.need_date') }),
    ...(!from && { from: said('staff.meeting.need_time') }),
    ...(date && timeFaults(input)),
    ...(date && deadlineFaults(input)),
    ...(question.length > LIMITS.question && { question: said('staff.meeting.long_question') }),
  }
}

/** @param {Input} input @returns {Fields} */
function timeFaults(input) {
  const found = { ...clockFault(input, 'from', input.fromLater), ...clockFault(input, 'to', input.toLater) }
  if (Object.keys(found).length > 0 || !input.from || !input.to) return found
  const sound = endDate(input) === input.date ? lasts(input) > 0 : endsNextDay(input)
  return sound ? {} : { to: said('staff.meeting.ends_before') }
}

/** @param {Input} input @param {'from'|'to'} name @param {boolean|null} chosen @returns {Fields} */
function clockFault(input, name, chosen) {
  if (!input[name]) return {}
  const found = moments(dateOf(input, name), input[name])
  if (found.length === 0) return { [name]: said('staff.meeting.no_such_time', { Time: input[name] }) }
  return found.length > 1 && chosen === null ? { [name]: said('staff.meeting.which_time', { Time: input[name] }) } : {}
}

/** @param {Input} input @returns {Fields} */
function deadlineFaults(input) {
  const late = DEADLINES.filter((name) => input[name] > input.date)
  return Object.fromEntries(late.map((name) => [name, said('staff.meeting.deadline_after')]))
}
