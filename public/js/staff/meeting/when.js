/**
 * Times of a meeting in words.
 */
import { formatDate } from '../../i18n/messages.js'
import { local, parse } from '../time.js'
import { END_OF_DAY } from './deadlines.js'

/** From when to when; the two clocks are kept on one line, and another day is named. @param {{starts: string, ends: string}} meeting */
export function whenWords({ starts, ends }) {
  const from = formatDate(starts, 'datetime')
  if (!ends) return from
  const sameDay = local(parse(starts)).date === local(parse(ends)).date
  return sameDay ? `${from}\u2060–\u2060${formatDate(ends, 'time')}` : `${from} – ${formatDate(ends, 'datetime')}`
}

/** A last moment: a whole day needs no clock. @param {string} time stored, or "" */
export const deadlineWords = (time) => formatDate(time, time && local(parse(time)).clock === END_OF_DAY ? 'weekday' : 'datetime')

/** @param {string} time stored, or "" */
export const passed = (time) => time !== '' && parse(time) < new Date()
