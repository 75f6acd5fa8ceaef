/**
 * Meetings in a calendar, a month at a time: a grid that arrow keys move about
 * in and that screen readers read as a table, with the chosen day's meetings
 * under it.
 *
 * @import {Meeting} from '../data/meetings.js'
 */
import { dir, formatDate, t, tn } from '../i18n/messages.js'
import { dayOf, monthFrom, noonOf, plusDays, weekdayOf, weeksOf } from '../lib/days.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/** @typedef {{day: string, shown: boolean}} Chosen the day that keys start from, and whether its meetings are asked for */

/** @param {Meeting[]} meetings @returns {Chosen} */
export function freshMonth(meetings) {
  const today = dayOf(Date.now())
  const next = meetings.map((m) => dayOf(m.starts)).find((day) => day >= today)
  return { day: next ?? today, shown: next !== undefined }
}

/**
 * @param {Meeting[]} meetings
 * @param {Chosen} chosen
 * @param {() => Promise<void>} redraw
 * @param {(meeting: Meeting) => unknown} row how a meeting is listed
 */
export function month(meetings, chosen, redraw, row) {
  /** @type {Map<string, Meeting[]>} */
  const byDay = new Map()
  for (const m of meetings) byDay.set(dayOf(m.starts), [...byDay.get(dayOf(m.starts)) ?? [], m])
  const inMonth = meetings.filter((m) => dayOf(m.starts).startsWith(chosen.day.slice(0, 7)))
  const listed = chosen.shown ? byDay.get(chosen.day) ?? [] : inMonth
  /** @param {string} day @param {boolean} shown */
  const go = async (day, shown) => {
    Object.assign(chosen, { day, shown })
    await redraw()
  }
  return html`<section class="stack month" aria-labelledby="month">
    <div class="row apart">
      <button type="button" class="button" data-action="previous-month" aria-label=${t('month.previous')} @click=${() => go(monthFrom(chosen.day, -1), false)}>${icon('chevron-left')}</button>
      <h2 id="month" aria-live="polite">${nameOf(chosen.day)}</h2>
      <button type="button" class="button" data-action="next-month" aria-label=${t('month.next')} @click=${() => go(monthFrom(chosen.day, 1), false)}>${icon('chevron-right')}</button>
    </div>
    ${grid(byDay, chosen, go)}
    <div class="stack" aria-live="polite" data-part="day">
      ${chosen.shown ? html`<h3>${formatDate(noonOf(chosen.day), 'weekday')}</h3>` : nothing}
      ${listed.length > 0 ? html`<ol class="meetings">${listed.map(row)}</ol>` : html`<p class="quiet">${t(chosen.shown ? 'month.none' : 'month.empty')}</p>`}
    </div>
  </section>`
}

/** November 2026. @param {string} day */
const nameOf = (day) => `${t(`date.month.${Number(day.slice(5, 7))}`)} ${day.slice(0, 4)}`

/**
 * @param {Map<string, Meeting[]>} byDay
 * @param {Chosen} chosen
 * @param {(day: string, shown: boolean) => Promise<void>} go
 */
function grid(byDay, chosen, go) {
  /** @param {KeyboardEvent} event */
  const key = async (event) => {
    const to = target(event.key, chosen.day)
    if (!to) return
    event.preventDefault()
    await go(to, true)
    const button = document.querySelector(`.month [data-day="${to}"]`)
    if (button instanceof HTMLElement) button.focus()
  }
  return html`<table role="grid" aria-labelledby="month" @keydown=${key}>
    <thead><tr role="row">${[1, 2, 3, 4, 5, 6, 7].map((n) => html`<th role="columnheader" scope="col" abbr=${t(`date.weekday.${n}`)}
      ><span aria-hidden="true">${t(`date.weekday_short.${n}`)}</span><span class="visually-hidden">${t(`date.weekday.${n}`)}</span></th>`)}</tr></thead>
    <tbody>${weeksOf(chosen.day).map((week) => html`<tr role="row">${week.map((day) => (day.slice(0, 7) === chosen.day.slice(0, 7)
      ? cell(day, byDay.get(day) ?? [], chosen, go) : html`<td role="gridcell"></td>`))}</tr>`)}</tbody>
  </table>`
}

/**
 * @param {string} day
 * @param {Meeting[]} meetings
 * @param {Chosen} chosen
 * @param {(day: string, shown: boolean) => Promise<void>} go
 */
function cell(day, meetings, chosen, go) {
  const today = day === dayOf(Date.now())
  const words = [formatDate(noonOf(day), 'weekday'), ...(today ? [t('month.today')] : []), ...(meetings.length > 0 ? [tn('month.meetings', meetings.length)] : [])].join(', ')
  const is = day === chosen.day && chosen.shown
  return html`<td role="gridcell" aria-selected=${is ? 'true' : 'false'}><button type="button" data-day=${day} aria-label=${words}
    class=${[today ? 'today' : '', meetings.some((m) => !m.cancelled) ? 'has' : meetings.length > 0 ? 'off' : ''].filter(Boolean).join(' ') || nothing}
    aria-current=${today ? 'date' : nothing} tabindex=${day === chosen.day ? '0' : '-1'} @click=${() => go(day, true)}>${Number(day.slice(8))}</button></td>`
}

/**
 * The day that a key leads to; in Arabic the next one is to the left.
 * @param {string} key
 * @param {string} from
 */
function target(key, from) {
  const onward = dir() === 'rtl' ? -1 : 1
  switch (key) {
    case 'ArrowRight': return plusDays(from, onward)
    case 'ArrowLeft': return plusDays(from, -onward)
    case 'ArrowDown': return plusDays(from, 7)
    case 'ArrowUp': return plusDays(from, -7)
    case 'Home': return plusDays(from, 1 - weekdayOf(from))
    case 'End': return plusDays(from, 7 - weekdayOf(from))
    case 'PageDown': return monthFrom(from, 1)
    case 'PageUp': return monthFrom(from, -1)
  }
  return ''
}
