/**
 * A school's common plan: a table of its years of school and the terms, with the
 * theme of each. It becomes a list on a phone. Its editors change it, all staff
 * read it.
 *
 * @import {Editing} from '../guide/editing.js'
 * @import {Acts} from '../guide/listform.js'
 * @import {PlanRecord, TermRecord, ThemeRecord} from './types.js'
 * @import {Person, Unit} from '../types.js'
 */
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatDate, t } from '../../i18n/messages.js'
import { dayOf, noonOf } from '../../lib/days.js'
import { navigate } from '../../router.js'
import * as staff from '../api.js'
import { field } from '../field.js'
import { choice } from '../guide/controls.js'
import { listForm } from '../guide/listform.js'
import { coordinates, writes } from '../session.js'
import { page } from '../shell.js'
import { loadStyles } from '../styles.js'
import * as api from './api.js'
import { allYears, schoolYear, schoolYearWords, yearsWords } from './years.js'

/** @typedef {{unit: string, term: string, theme: string, yearFrom: number, yearTo: number, day: string, note: string}} Input */
/** @typedef {{units: Unit[], unit: string, year: number, years: number[], terms: TermRecord[], themes: ThemeRecord[], person: Person}} Shown */

/**
 * @param {HTMLElement} root
 * @param {string} _
 * @param {Person} person
 */
export async function view(root, _, person) {
  root.dataset.view = 'staff-plan'
  const [units, terms, themes] = await Promise.all([staff.units(), api.terms(), api.themes(), loadStyles('staff-plan')])
  const asked = new URLSearchParams(location.search)
  const unit = (units.find((u) => u.id === asked.get('unit')) ?? units.find((u) => u.kind === 'school') ?? units[0])?.id ?? ''
  const years = [...new Set(terms.map(schoolYear))]
  const now = terms.find((term) => term.ends >= dayOf(Date.now()))
  const year = years.find((y) => String(y) === asked.get('year')) ?? (now ? schoolYear(now) : years[years.length - 1] ?? 0)
  const shown = { units, unit, year, years, terms: terms.filter((term) => schoolYear(term) === year), themes, person }
  if (!unit || terms.length === 0) return void render(page({ title: t('staff.plan.title'), up: { href: '/staff', label: t(writes(person) ? 'staff.home.title' : 'staff.home.work') }, body: html`
    ${ways(person)}<div class="empty">${icon('calendar')}<p>${t('staff.plan.none')}</p></div>` }), root)
  await listForm(root, {
    collection: 'term_plans', read: () => api.rows(unit), removing: ['staff.plan.remove', 'staff.plan.remove_text'],
    inputOf: (/** @type {PlanRecord|null} */ r) => ({ unit, term: r?.term ?? shown.terms[0]?.id ?? '', theme: r?.theme ?? '', yearFrom: r?.yearFrom ?? 0, yearTo: r?.yearTo ?? 0, day: r?.day ?? '', note: r?.note ?? '' }),
    template: (rows, editing, acts) => template(shown, rows, editing, acts),
  })
}

/** @param {Person} person */
const ways = (person) => html`<div class="row">
  <a class="button" href="/staff/themes" data-action="themes">${icon('book-open')}${t('staff.theme.list')}</a>
  ${coordinates(person) ? html`<a class="button" href="/staff/terms" data-action="terms">${icon('calendar')}${t('staff.term.list')}</a>` : nothing}</div>`

/** @param {Shown} shown @param {PlanRecord[]} all @param {Editing<Input>|null} editing @param {Acts<Input>} acts */
function template(shown, all, editing, acts) {
  const { units, unit, year, years, terms, person } = shown
  const rows = all.filter((r) => terms.some((term) => term.id === r.term))
  /** @param {Record<string, string>} to */
  const go = (to) => navigate(`/staff/plan?${new URLSearchParams({ unit, year: String(year), ...to })}`, { replace: true })
  return page({
    title: t('staff.plan.title'),
    up: { href: '/staff', label: t(writes(person) ? 'staff.home.title' : 'staff.home.work') },
    under: t('staff.plan.intro'),
    body: html`
      ${ways(person)}
      <div class="row fields">
        ${units.length > 1 ? choice({ name: 'unit', label: t('plan.school'), value: unit, choices: units.map((u) => [u.id, u.name]), change: (unit) => go({ unit }) }) : html`<p class="field"><strong dir="auto">${units[0]?.name}</strong></p>`}
        ${choice({ name: 'year', label: t('plan.school_year'), value: String(year), choices: years.map((y) => [String(y), schoolYearWords(y)]), change: (year) => go({ year }) })}
      </div>
      ${rows.length === 0 ? html`<div class="empty">${icon('calendar')}<p>${t(writes(person) ? 'staff.plan.no_rows' : 'plan.none')}</p></div>` : table(shown, rows, acts)}
      ${!writes(person) ? nothing : editing ? html`<div class="card" id="form">${form(shown, editing, acts)}</div>` : html`<div class="row">
        <button type="button" class="button primary" data-action="new" @click=${() => acts.open(null)}>${icon('plus')}${t('staff.plan.new')}</button>
        ${rows.length > 0 ? html`<a class="button" href="/staff/plan/copy?unit=${unit}&from=${year}" data-action="copy">${icon('copy')}${t('staff.plan.copy')}</a>` : nothing}</div>`}`,
  })
}

/** @param {Shown} shown @param {PlanRecord[]} rows @param {Acts<Input>} acts */
function table(shown, rows, acts) {
  const spans = [...new Set(rows.map((r) => `${r.yearFrom}-${r.yearTo}`))].map((s) => /** @type {[number, number]} */ (s.split('-').map(Number)))
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
  return html`<table class="plan card">
    <thead><tr><th scope="col">${t('staff.plan.years')}</th>${shown.terms.map((term) => html`<th scope="col" lang="sv">${term.name}</th>`)}</tr></thead>
    <tbody>${spans.map((span) => html`<tr><th scope="row">${yearsWords(span)}</th>${shown.terms.map((term) => html`<td data-term=${term.name}>
      ${rows.filter((r) => r.term === term.id && r.yearFrom === span[0] && r.yearTo === span[1]).map((r) => entry(shown, r, acts))}</td>`)}</tr>`)}</tbody></table>`
}

/** @param {Shown} shown @param {PlanRecord} row @param {Acts<Input>} acts */
function entry({ themes, person }, row, acts) {
  const theme = themes.find((x) => x.id === row.theme)
  return html`<div class="stack tight entry" data-plan=${row.id}>
    <strong lang="sv" dir="auto">${theme?.title ?? ''}</strong>
    <span class="small quiet">${row.day ? formatDate(noonOf(row.day), 'weekday') : t('plan.no_day')}</span>
    ${row.note ? html`<span class="small" lang="sv" dir="auto">${row.note}</span>` : nothing}
    ${!writes(person) ? nothing : html`<span class="row">
      <a class="button small" href="/staff/plan/${row.id}" data-action="meetings">${icon('calendar-plus')}${t(row.meetings?.length ? 'staff.plan.meetings' : 'staff.plan.make')}</a>
      <button type="button" class="button small" data-action="edit" @click=${() => { acts.open(row); document.getElementById('form')?.scrollIntoView({ block: 'nearest' }) }}>${icon('pencil')}${t('staff.plan.change')}</button></span>`}
  </div>`
}

/** @param {Shown} shown @param {Editing<Input>} editing @param {Acts<Input>} acts */
function form({ terms, themes }, editing, { change, submit, remove, close }) {
  const { input, fields } = editing
  const words = (/** @type {string} */ name) => fields[name]?.message
  const offered = themes.filter((x) => !x.hidden || x.id === input.theme)
  return html`<form class="growrow stack" novalidate @submit=${submit} data-form="plan">
    ${choice({ name: 'theme', label: t('staff.plan.theme'), value: input.theme, error: words('theme'), choices: [['', t('staff.plan.choose')], ...offered.map((x) => /** @type {[string, string]} */ ([x.id, x.title]))], change: (theme) => change({ theme }) })}
    ${choice({ name: 'term', label: t('staff.plan.term'), value: input.term, error: words('term'), choices: terms.map((x) => [x.id, x.name]), change: (term) => change({ term }) })}
    <div class="row fields">
      ${choice({ name: 'yearFrom', label: t('staff.plan.from'), value: String(input.yearFrom), error: words('yearFrom'), choices: allYears(), change: (v) => change({ yearFrom: Number(v), ...(Number(v) > input.yearTo ? { yearTo: Number(v) } : {}) }) })}
      ${choice({ name: 'yearTo', label: t('staff.plan.to'), value: String(input.yearTo), error: words('yearTo'), choices: allYears(), change: (v) => change({ yearTo: Number(v) }) })}
    </div>
    ${field({ name: 'day', label: t('staff.plan.day'), hint: t('staff.plan.day_hint'), type: 'date', value: input.day, error: words('day'), input: (day) => change({ day }) })}
    ${field({ name: 'note', label: t('staff.plan.note'), hint: t('staff.plan.note_hint'), value: input.note, lang: 'sv', max: 500, error: words('note'), input: (note) => change({ note }) })}
    ${editing.error ? html`<p class="error" role="alert">${icon('triangle-alert')}<span>${editing.error}</span></p>` : nothing}
    <div class="row"><button class="button primary" data-action="save" aria-disabled=${editing.busy}>${icon('check')}${t('staff.plan.save')}</button>
      <button type="button" class="button" data-action="close" @click=${close}>${t('staff.cancel')}</button>
      ${editing.id ? html`<button type="button" class="button danger" data-action="remove" @click=${remove}>${icon('trash-2')}${t('staff.plan.remove')}</button>` : nothing}</div>
  </form>`
}
