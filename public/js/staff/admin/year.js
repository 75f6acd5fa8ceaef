/**
 * What a group's parents are asked when a school year ends: from which day to
 * which, and where their phones may go on to.
 *
 * @import {Group, Unit} from '../types.js'
 */
import { html, nothing } from '../../lib/html.js'
import { t } from '../../i18n/messages.js'
import { errorLine, field } from '../field.js'
import { tick } from '../guide/controls.js'

/** @typedef {{from: string, until: string, to: string[]}} Asks days: 2026-08-10; "" while nothing is asked */

/** @param {Group|null} group @returns {Asks} */
export const asksOf = (group) => ({ from: group?.moves?.from ?? '', until: group?.moves?.until ?? '', to: group?.moves?.to ?? [] })

/**
 * @param {object} of
 * @param {string} of.own the group's id
 * @param {Asks} of.asks
 * @param {Unit[]} of.units
 * @param {Group[]} of.groups of every unit
 * @param {string} [of.error]
 * @param {(asks: Asks) => void} of.change
 */
export const yearPart = ({ own, asks, units, groups, error, change }) => html`<details ?open=${asks.from !== '' || Boolean(error)}>
  <summary data-action="year">${t('staff.year.title')}</summary>
  <div class="stack">
    <p class="hint quiet">${t('staff.year.intro')}</p>
    ${errorLine('moves', error)}
    <div class="row fields">
      ${field({ name: 'from', label: t('staff.year.from'), type: 'date', value: asks.from, input: (from) => change({ ...asks, from }) })}
      ${field({ name: 'until', label: t('staff.year.until'), type: 'date', value: asks.until, input: (until) => change({ ...asks, until }) })}
    </div>
    ${units.map((unit) => ofUnit(unit, groups.filter((g) => g.unit === unit.id && g.id !== own), asks, change))}
  </div>
</details>`

/** The groups of a unit that they may go on to. @param {Unit} unit @param {Group[]} groups @param {Asks} asks @param {(asks: Asks) => void} change */
const ofUnit = (unit, groups, asks, change) => (groups.length === 0 ? nothing : html`<fieldset class="field"><legend class="label">${t('staff.year.to')} <bdi lang="sv">${unit.name}</bdi></legend>
  ${groups.map((g) => tick({ name: `to-${g.id}`, label: g.name, on: asks.to.includes(g.id), change: (on) => change({ ...asks, to: on ? [...asks.to, g.id] : asks.to.filter((id) => id !== g.id) }) }))}</fieldset>`)
