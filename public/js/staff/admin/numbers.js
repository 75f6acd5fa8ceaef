/**
 * The municipality's own numbers for urgent help, in the order in which phones
 * show them after those of all of Sweden.
 *
 * @import {TownNumber} from './types.js'
 */
import { html } from '../../lib/html.js'
import { t } from '../../i18n/messages.js'
import { isNational } from '../../parent/worry.js'
import { field } from '../field.js'
import { choice, rowsOf } from '../guide/controls.js'

/** How many there may be: more would have to be read. */
const MOST = 6

/** Whose a number may be, and what that is called. @type {[string, string][]} */
const KINDS = [['social', 'urgent.kind.social'], ['care', 'urgent.kind.care'], ['shelter', 'urgent.kind.shelter'], ['other', 'staff.town.number_other']]

const DIALLED = /^\+?[0-9](?:[ /()-]{0,2}[0-9])*$/

/** @param {string} number */
const digits = (number) => number.replace(/\D/g, '')

/** @param {TownNumber[]} numbers @returns {TownNumber[]} */
export const trimmed = (numbers) => numbers.map(({ kind, name, number }) => ({ kind, name: name.trim(), number: number.trim() }))

/** The rows that can't be shown so. @param {TownNumber[]} numbers */
export function faultyNumbers(numbers) {
  const all = trimmed(numbers)
  return new Set(all.flatMap(({ kind, name, number }, i) => {
    const right = DIALLED.test(number) && digits(number).length >= 3 && digits(number).length <= 15
    const another = !isNational(number) && all.findIndex((other) => digits(other.number) === digits(number)) === i
    return right && another && (kind !== 'other' || name) ? [] : [i]
  }))
}

/**
 * @param {TownNumber[]} numbers
 * @param {Set<number>} wrong
 * @param {(numbers: TownNumber[]) => void} change
 */
export const numberRows = (numbers, wrong, change) => rowsOf({
  name: 'numbers', title: t('staff.town.numbers'), hint: t('staff.town.hint.numbers'), rows: numbers, add: t('staff.town.number_add'),
  fresh: () => ({ kind: 'social', name: '', number: '' }),
  change: (rows) => change(rows.slice(0, MOST)),
  draw: ({ kind, name, number }, i, edit) => html`<div class="stack">
    ${choice({ name: `kind-${i}`, label: t('staff.town.number_kind'), value: kind, choices: KINDS.map(([of, words]) => [of, t(words)]), change: (of) => edit({ kind: of }) })}
    ${field({ name: `name-${i}`, label: t('staff.town.number_name'), value: name, lang: 'sv', max: 80, required: kind === 'other', input: (text) => edit({ name: text }) })}
    ${field({ name: `number-${i}`, type: 'tel', label: t('staff.town.phone'), value: number, max: 30, required: true, error: wrong.has(i) ? t('staff.town.wrong_number') : '', input: (text) => edit({ number: text }) })}
  </div>`,
})
