/**
 * A school's plan of the year's meetings: which theme meets which years of
 * school in which term. Everybody may read it; what is for the parent's own
 * classes is marked.
 *
 * @import {PlanRow} from '../data/themes.js'
 * @import {Reading} from './reading.js'
 */
import { withDB } from '../data/db.js'
import { count } from '../data/shelf.js'
import { planRows } from '../data/themes.js'
import { SOURCE, formatDate, loadMore, locale, t } from '../i18n/messages.js'
import { dayOf, noonOf } from '../lib/days.js'
import { html, nothing, render, repeat } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { stateOf } from '../lib/state.js'
import { explainMarks, paragraphDir, run } from './sentences.js'
import { themeParts } from './themeparts.js'
import { yearsWords } from './years.js'

/** @typedef {{unit: string, year: string, open: Set<string>}} State open: sentences whose original is shown */

/** @type {import('../routes.js').View} */
export async function view(path, root) {
  const state = stateOf(root, () => /** @type {State} */ ({ unit: '', year: '', open: new Set() }))
  const [all, own] = await Promise.all([planRows(locale()), ownYears(), loadMore('later')])
  const units = [...new Map(all.map((r) => [r.unit.id, r.unit])).values()].sort((a, b) => a.name.localeCompare(b.name, SOURCE))
  if (!units.some((u) => u.id === state.unit)) state.unit = units.find((u) => own.has(u.id))?.id ?? units[0]?.id ?? ''
  const ofUnit = all.filter((r) => r.unit.id === state.unit)
  const years = [...new Set(ofUnit.map(schoolYear))].sort()
  if (!years.includes(state.year)) state.year = present(ofUnit, years)
  const rows = ofUnit.filter((r) => schoolYear(r) === state.year)
  const redraw = () => view(path, root)
  const whole = count(rows.flatMap(sentencesOf))
  /** @type {Reading} */
  const reading = { mode: locale() === SOURCE ? 'source' : 'translation', language: locale(), open: state.open, count: whole, redraw }
  render(html`<div class="stack loose narrow">
    <header class="stack tight"><h1>${t('plan.title')}</h1><p class="quiet">${t('plan.what')}</p></header>
    ${all.length === 0 ? html`<div class="empty">${icon('book-open')}<p>${t('plan.none')}</p></div>` : html`
      ${units.length > 1 ? choice('unit', t('plan.school'), units.map((u) => [u.id, u.name]), state, redraw) : html`<p><strong lang=${SOURCE} dir="auto">${units[0].name}</strong></p>`}
      ${years.length > 1 ? choice('year', t('plan.school_year'), years.map((y) => [y, y]), state, redraw) : nothing}
      ${explainMarks(whole, locale())}
      ${termsOf(rows).map(([term, of]) => html`<section class="stack" aria-labelledby=${`term-${term.id}`}>
        <h2 id=${`term-${term.id}`} lang=${SOURCE} dir="auto">${term.name}</h2>
        <ul class="stack" data-term=${term.id}>${repeat(of, (r) => r.id, (r) => card(r, own, reading))}</ul></section>`)}`}
  </div>`, root)
}

/** @param {{theme: PlanRow['theme']}} row */
const sentencesOf = ({ theme }) => (theme ? [...theme.title, ...Object.values(theme.parts).flat().flatMap((b) => b.sentences)] : [])

/** The years of school of this phone's classes, by unit. */
async function ownYears() {
  const [groups, records] = await withDB((db) => Promise.all([db.getAll('groups'), db.getAll('records')]))
  /** @type {Map<string, [number, number][]>} */
  const own = new Map()
  for (const { id, unit } of groups) {
    const row = records.find((r) => r.id === id)
    const years = /** @type {any} */ (row?.via[id]?.record)?.years?.map(Number)
    own.set(unit.id, [...own.get(unit.id) ?? [], ...(years ? [years] : [])])
  }
  return own
}

/** 2026/27. @param {PlanRow} row */
function schoolYear({ term }) {
  const [year, month] = term.starts.split('-').map(Number)
  const first = month < 7 ? year - 1 : year
  return `${first}/${String(first + 1).slice(2)}`
}

/** The school year that is now, or the nearest to come. @param {PlanRow[]} rows @param {string[]} years */
function present(rows, years) {
  const today = dayOf(Date.now())
  const next = rows.find((r) => r.term.ends >= today)
  return next ? schoolYear(next) : years[years.length - 1] ?? ''
}

/**
 * @param {PlanRow[]} rows in the order of their terms
 * @returns {[PlanRow['term'], PlanRow[]][]}
 */
function termsOf(rows) {
  /** @type {Map<string, [PlanRow['term'], PlanRow[]]>} */
  const terms = new Map()
  for (const row of rows) {
    const known = terms.get(row.term.id)
    if (known) known[1].push(row)
    else terms.set(row.term.id, [row.term, [row]])
  }
  return [...terms.values()]
}

/**
 * @param {PlanRow} row
 * @param {Map<string, [number, number][]>} own
 * @param {Reading} reading
 */
function card({ id, unit, years, day, theme }, own, reading) {
  const mine = own.get(unit.id)?.some(([from, to]) => from <= years[1] && years[0] <= to) ?? false
  const title = theme?.title ?? []
  return html`<li class=${mine ? 'card stack tight mine' : 'card stack tight'} data-plan=${id}>
    <p class="row apart small"><span>${yearsWords(years)}</span>${mine ? html`<span class="state new">${icon('users')}<span>${t('plan.mine')}</span></span>` : nothing}</p>
    <h3 dir=${paragraphDir(title)}>${run(title)}</h3>
    <p class="fact">${icon('calendar')}<span>${day ? formatDate(noonOf(day), 'weekday') : t('plan.no_day')}</span></p>
    ${theme && sentencesOf({ theme: { ...theme, title: [] } }).length > 0
      ? html`<details><summary class="button small">${t('plan.about')}${icon('chevron-down')}</summary><div class="stack">${themeParts(theme, scoped(reading, id), 3)}</div></details>` : nothing}
  </li>`
}

/** Keys of sentences, which two rows about one theme would share. @param {Reading} reading @param {string} id @returns {Reading} */
const scoped = (reading, id) => ({ ...reading, open: /** @type {Set<string>} */ (/** @type {unknown} */ ({
  has: (/** @type {string} */ key) => reading.open.has(`${id}/${key}`),
  add: (/** @type {string} */ key) => reading.open.add(`${id}/${key}`),
  delete: (/** @type {string} */ key) => reading.open.delete(`${id}/${key}`),
})) })

/**
 * @param {'unit' | 'year'} name
 * @param {string} label
 * @param {string[][]} options
 * @param {State} state
 * @param {() => Promise<void>} redraw
 */
function choice(name, label, options, state, redraw) {
  /** @param {Event} event */
  const choose = (event) => {
    state[name] = /** @type {HTMLSelectElement} */ (event.target).value
    redraw()
  }
  return html`<div class="field"><label for=${`plan-${name}`}>${label}</label><select id=${`plan-${name}`} dir="auto" @change=${choose}>
    ${options.map(([value, text]) => html`<option value=${value} lang=${SOURCE} ?selected=${value === state[name]}>${text}</option>`)}</select></div>`
}
