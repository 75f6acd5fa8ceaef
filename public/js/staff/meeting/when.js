/**
 * Times of a meeting in words.
 */
import { formatDate } from '../../i18n/messages.js'
import { local, parse } from '../time.js'
import { END_OF_DAY } from './deadlines.js'

/** From when to when; the two clocks are kept on one line. @param {{starts: string, ends: string}} meeting */
export const whenWords = ({ starts, ends }) => formatDate(starts, 'datetime') + (ends ? `\u2060–\u2060${formatDate(ends, 'time')}` : '')

/** A last moment: a whole day needs no clock. @param {string} time stored, or "" */
export const deadlineWords = (time) => formatDate(time, time && local(parse(time)).clock === END_OF_DAY ? 'weekday' : 'datetime')

/** @param {string} time stored, or "" */
export const passed = (time) => time !== '' && parse(time) < new Date()
