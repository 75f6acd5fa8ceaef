/**
 * How an activity comes back, between what is chosen on the screen and RFC
 * 5545's rule, and in words.
 *
 * @import {Exception} from '../plan/types.js'
 *
 * @typedef {object} Repeat
 * @property {'once'|'weekly'|'biweekly'|'monthly'|'other'} how `other` is a rule that the screen can't show; it stays as it is
 * @property {number[]} days of the week, Monday is 1
 * @property {string} until the last day, or ""
 */
import { formatDate, t } from '../../i18n/messages.js'
import { noonOf, plusDays, weekdayOf } from '../../lib/days.js'
import { local, stored } from '../time.js'

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/**
 * @param {string} rule or "" for once
 * @param {string} first the first day
 * @returns {Repeat}
 */
export function repeatOf(rule, first) {
  if (!rule) return { how: 'once', days: [], until: '' }
  const parts = Object.fromEntries(rule.split(';').map((part) => part.split('=')))
  const days = String(parts.BYDAY ?? (first ? DAYS[weekdayOf(first) - 1] : '')).split(',').map((d) => DAYS.indexOf(d) + 1)
  const until = parts.UNTIL ? local(new Date(parts.UNTIL.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))).date : ''
  const plain = Object.keys(parts).every((name) => ['FREQ', 'INTERVAL', 'BYDAY', 'UNTIL'].includes(name))
  if (plain && parts.FREQ === 'WEEKLY' && days.every((d) => d > 0) && ['1', '2', undefined].includes(parts.INTERVAL)) return { how: parts.INTERVAL === '2' ? 'biweekly' : 'weekly', days, until }
  if (plain && parts.FREQ === 'MONTHLY' && /^[1-4][A-Z]{2}$/.test(parts.BYDAY ?? '') && !parts.INTERVAL) return { how: 'monthly', days: [DAYS.indexOf(parts.BYDAY.slice(1)) + 1], until }
  return { how: 'other', days: [], until }
}

/**
 * The rule; the last day counts to its end.
 * @param {Repeat} repeat
 * @param {string} first the first day
 * @param {string} rule as it was, for what the screen can't show
 */
export function ruleOf({ how, days, until }, first, rule) {
  if (how === 'other') return rule
  if (how === 'once' || !first) return ''
  const end = until ? `;UNTIL=${stored(until, '23:59').replace(/[-:]|\.\d+/g, '')}` : ''
  if (how === 'monthly') return `FREQ=MONTHLY;BYDAY=${Math.ceil(Number(first.slice(8)) / 7)}${DAYS[weekdayOf(first) - 1]}${end}`
  const by = [...new Set(days)].sort().map((d) => DAYS[d - 1]).join(',')
  return `FREQ=WEEKLY${how === 'biweekly' ? ';INTERVAL=2' : ''};BYDAY=${by || DAYS[weekdayOf(first) - 1]}${end}`
}

/** The first day from a day on that is one of the chosen weekdays. @param {string} from @param {number[]} days */
export function firstOf(from, days) {
  if (!from || days.length === 0) return from
  for (let n = 0; n < 7; n++) if (days.includes(weekdayOf(plusDays(from, n)))) return plusDays(from, n)
  return from
}

/**
 * When an activity is, as somebody would say it.
 * @param {Repeat} repeat
 * @param {{starts: string, ends: string, exceptions: Exception[]}} times by the clock, 2026-08-18T09:00
 */
export function inWords({ how, days, until }, { starts, ends, exceptions }) {
  const [first, from] = starts.split('T')
  if (!first || !from) return ''
  const clock = `${from}\u2060–\u2060${ends.split('T')[1] ?? ''}`
  const names = [...days].sort().map((d) => t(`date.weekday.${d}`))
  const on = names.length > 1 ? t('staff.activity.and', { First: names.slice(0, -1).join(', '), Last: names[names.length - 1] }) : names[0] ?? ''
  const whole = how === 'once' ? t('staff.activity.words_once', { Date: formatDate(noonOf(first), 'weekday'), Time: clock })
    : how === 'other' ? t('staff.activity.words_other', { Time: clock })
      : t(`staff.activity.words_${how}`, { Days: on, Time: clock, Number: Math.ceil(Number(first.slice(8)) / 7) })
  const off = exceptions.filter((e) => e.cancelled && e.on).map((e) => formatDate(noonOf(e.on), 'date')).join(', ')
  return [whole, how !== 'once' && until ? t('staff.activity.words_until', { Date: formatDate(noonOf(until), 'date') }) : '', off ? t('staff.activity.words_not', { Dates: off }) : ''].filter(Boolean).join(', ')
}
