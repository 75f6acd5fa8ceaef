/**
 * Copying a school year's plan to the next: what becomes of every row is shown
 * before anything is stored.
 *
 * @import {Copied, TermRecord, ThemeRecord} from './types.js'
 */
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatDate, t, tn } from '../../i18n/messages.js'
import { noonOf } from '../../lib/days.js'
import { navigate } from '../../router.js'
import { tell } from '../dialog.js'
import { choice } from '../guide/controls.js'
import { Problem } from '../problem.js'
import { page } from '../shell.js'
import * as api from './api.js'
import { sameEvening } from './same.js'
import { schoolYear, schoolYearWords, yearsWords } from './years.js'

/** @typedef {{unit: string, from: number, to: number, rows: Copied[], error: string, busy: boolean, terms: TermRecord[], themes: ThemeRecord[]}} State */

/** @param {HTMLElement} root */
export async function view(root) {
  root.dataset.view = 'staff-plan-copy'
  const asked = new URLSearchParams(location.search)
  const [terms, themes] = await Promise.all([api.terms(), api.themes()])
  const from = Number(asked.get('from')) || 0
  /** @type {State} */
  const state = { unit: asked.get('unit') ?? '', from, to: from + 1, rows: [], error: '', busy: false, terms, themes }
  const draw = () => render(template(state, acts), root)

  /** @param {boolean} apply */
  async function copy(apply) {
    if (state.busy) return false
    Object.assign(state, { busy: true, error: '' })
    draw()
    try {
      const { rows, made } = await api.copy(state.unit, { from: state.from, to: state.to, apply })
      state.rows = rows
      if (apply) tell(tn('staff.plan.copied', made))
      return true
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      Object.assign(state, { rows: [], error: Object.values(error.fields)[0]?.message ?? error.message })
      return false
    } finally {
      state.busy = false
      draw()
    }
  }

  const acts = {
    apply: async () => {
      if (await copy(true)) navigate(`/staff/plan?${new URLSearchParams({ unit: state.unit, year: String(state.to) })}`)
    },
    /** @param {string} to */
    choose: (to) => {
      state.to = Number(to)
      copy(false)
    },
  }
  await copy(false)
}

/** @param {State} state @param {{apply: () => void, choose: (to: string) => void}} acts */
function template(state, { apply, choose }) {
  const { unit, from, to, rows, error, busy, terms } = state
  const later = [...new Set([from + 1, ...terms.map(schoolYear).filter((y) => y > from)])].sort()
  const fresh = rows.filter((r) => !r.there)
  const missing = !later.some((y) => y === to && terms.some((term) => schoolYear(term) === y))
  return page({
    title: t('staff.plan.copy'),
    up: { href: `/staff/plan?unit=${unit}&year=${from}`, label: t('staff.plan.title') },
    under: t('staff.plan.copy_intro', { Year: schoolYearWords(from) }),
    body: html`
      ${choice({ name: 'to', label: t('staff.plan.copy_to'), value: String(to), choices: later.map((y) => [String(y), schoolYearWords(y)]), change: choose })}
      ${error ? html`<div class="notice bad" role="alert">${icon('triangle-alert')}<div class="stack tight"><p>${error}</p>${missing ? html`<p><a href="/staff/terms">${t('staff.term.list')}</a></p>` : nothing}</div></div>` : nothing}
      ${rows.length === 0 ? nothing : html`<ul class="rows card" data-part="copied">${rows.map((row) => line(state, row))}</ul>
        ${fresh.length === 0 ? html`<p class="quiet">${t('staff.plan.nothing_new')}</p>`
          : html`<div><button type="button" class="button primary" data-action="apply" aria-disabled=${busy} @click=${apply}>${icon('copy')}${tn('staff.plan.copy_rows', fresh.length)}</button></div>`}`}`,
  })
}

/** @param {State} state @param {Copied} row */
function line({ themes, terms }, row) {
  const theme = themes.find((x) => x.id === row.theme)
  const term = terms.find((x) => x.id === row.term)
  return html`<li class="stack tight becomes" data-why=${row.why} data-day=${row.day}>
    <strong lang="sv" dir="auto">${theme?.title ?? ''}</strong>
    <span class="small quiet">${yearsWords(row.years)} · <span lang="sv">${term?.name ?? ''}</span></span>
    <span>${row.was ? html`<s class="quiet">${formatDate(noonOf(row.was), 'weekday')}</s> ${icon('chevron-right')} ` : nothing}<strong>${row.day ? formatDate(noonOf(row.day), 'weekday') : t('plan.no_day')}</strong></span>
    ${row.there ? html`<span class="state">${icon('check')}<span>${t('staff.plan.there')}</span></span>`
      : row.why ? html`<span class="state pending">${icon('calendar-x')}<span>${row.why === 'free' ? (row.name ? t('staff.plan.moved_free', { Name: row.name }) : t('staff.plan.moved_holiday')) : t(`staff.plan.moved_${row.why}`)}</span></span>` : nothing}
    ${row.there ? nothing : sameEvening(row.same)}
  </li>`
}
