/**
 * The terms of the municipality's schools with their free days.
 *
 * @import {Editing} from '../guide/editing.js'
 * @import {Acts} from '../guide/listform.js'
 * @import {Free, TermRecord} from './types.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatDate, t, tn } from '../../i18n/messages.js'
import { noonOf } from '../../lib/days.js'
import { field } from '../field.js'
import { rowsOf } from '../guide/controls.js'
import { listForm } from '../guide/listform.js'
import { page } from '../shell.js'
import * as api from './api.js'

/** @typedef {{name: string, starts: string, ends: string, free: Free[]}} Input */

/** @param {TermRecord|null} r @returns {Input} */
const inputOf = (r) => ({ name: r?.name ?? '', starts: r?.starts ?? '', ends: r?.ends ?? '', free: r?.free ?? [] })

/** @param {HTMLElement} root */
export async function view(root) {
  root.dataset.view = 'staff-terms'
  await listForm(root, { collection: 'terms', inputOf, read: api.terms, removing: ['staff.term.remove', 'staff.term.remove_text'], template })
}

/** @param {TermRecord[]} terms @param {Editing<Input>|null} editing @param {Acts<Input>} acts */
const template = (terms, editing, acts) => page({
  title: t('staff.term.list'),
  up: { href: '/staff/plan', label: t('staff.plan.title') },
  under: t('staff.term.intro'),
  body: html`
    ${editing && !editing.id ? html`<div class="card">${form(editing, acts)}</div>`
      : html`<div><button type="button" class="button primary" data-action="new" @click=${() => acts.open(null)}>${icon('plus')}${t('staff.term.new')}</button></div>`}
    ${terms.length === 0 ? nothing : html`<ul class="rows card">${[...terms].reverse().map((term) => html`<li>${editing?.id === term.id ? form(editing, acts)
      : html`<button type="button" class="guide-row rowlink" data-term=${term.starts} @click=${() => acts.open(term)}>${icon('pencil')}<span class="grow" lang="sv">${term.name}
        <small class="quiet">${formatDate(noonOf(term.starts), 'date')} – ${formatDate(noonOf(term.ends), 'date')} · ${tn('staff.term.free_count', term.free?.length ?? 0)}</small></span></button>`}</li>`)}</ul>`}`,
})

/** @param {Editing<Input>} editing @param {Acts<Input>} acts */
function form(editing, { change, submit, remove, close }) {
  const { input, fields } = editing
  const words = (/** @type {string} */ name) => fields[name]?.message
  return html`<form class="growrow stack" novalidate @submit=${submit} data-form="term">
    ${field({ name: 'name', label: t('staff.term.name'), hint: t('staff.term.name_hint'), value: input.name, error: words('name'), lang: 'sv', max: 60, required: true, input: (name) => change({ name }) })}
    <div class="row fields">
      ${field({ name: 'starts', label: t('staff.term.starts'), type: 'date', value: input.starts, error: words('starts'), required: true, input: (starts) => change({ starts }) })}
      ${field({ name: 'ends', label: t('staff.term.ends'), type: 'date', value: input.ends, error: words('ends'), required: true, input: (ends) => change({ ends }) })}
    </div>
    ${rowsOf({ name: 'free', title: t('staff.term.free'), hint: t('staff.term.free_hint'), error: words('free'), rows: input.free, fresh: () => ({ from: '', to: '', name: '' }), add: t('staff.term.free_add'),
      change: (free) => change({ free }), draw: (free, i, put) => html`<div class="row fields">
        ${field({ name: `free-name-${i}`, label: t('staff.term.free_name'), value: free.name, lang: 'sv', max: 60, input: (name) => put({ name }) })}
        ${field({ name: `free-from-${i}`, label: t('staff.term.free_from'), type: 'date', value: free.from, input: (from) => put({ from, ...(!free.to || free.to < from ? { to: from } : {}) }) })}
        ${field({ name: `free-to-${i}`, label: t('staff.term.free_to'), type: 'date', value: free.to, input: (to) => put({ to }) })}</div>` })}
    ${editing.error ? html`<p class="error" role="alert">${icon('triangle-alert')}<span>${editing.error}</span></p>` : nothing}
    <div class="row"><button class="button primary" data-action="save" aria-disabled=${editing.busy}>${icon('check')}${t('staff.plan.save')}</button>
      <button type="button" class="button" data-action="close" @click=${close}>${t('staff.cancel')}</button>
      ${editing.id ? html`<button type="button" class="button danger" data-action="remove" @click=${remove}>${icon('trash-2')}${t('staff.term.remove')}</button>` : nothing}</div>
  </form>`
}
