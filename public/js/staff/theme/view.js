/**
 * The themes that meetings are about: what parents are told, what is talked
 * about, what to think about before. The coordinator writes them, all staff
 * read them.
 *
 * @import {Editing} from '../guide/editing.js'
 * @import {Acts} from '../guide/listform.js'
 * @import {ThemeRecord} from '../plan/types.js'
 * @import {Person} from '../types.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t } from '../../i18n/messages.js'
import { field } from '../field.js'
import { conflict } from '../guide/conflict.js'
import { growing, tick } from '../guide/controls.js'
import { listForm } from '../guide/listform.js'
import * as api from '../plan/api.js'
import { coordinates } from '../session.js'
import { page } from '../shell.js'

/** @typedef {{title: string, also: string[], information: string, discussion: string, think: string, order: number, hidden: boolean}} Input */

const PARTS = /** @type {const} */ (['information', 'discussion', 'think'])

/** @param {ThemeRecord|null} r @returns {Input} */
const inputOf = (r) => ({ title: r?.title ?? '', also: r?.also ?? [], information: r?.information ?? '', discussion: r?.discussion ?? '',
  think: r?.think ?? '', order: r?.order ?? 0, hidden: r?.hidden ?? false })

/** @param {string} name */
const label = (name) => t(`staff.theme.${name}`)

/**
 * @param {HTMLElement} root
 * @param {string} _
 * @param {Person} person
 */
export async function view(root, _, person) {
  root.dataset.view = 'staff-themes'
  await listForm(root, {
    collection: 'themes', inputOf, read: api.themes, removing: ['staff.theme.remove', 'staff.theme.remove_text'],
    template: (themes, editing, acts) => template(themes, editing, acts, coordinates(person)),
  })
}

/** @param {ThemeRecord[]} themes @param {Editing<Input>|null} editing @param {Acts<Input>} acts @param {boolean} may */
const template = (themes, editing, acts, may) => page({
  title: t('staff.theme.list'),
  up: { href: '/staff/plan', label: t('staff.plan.title') },
  under: t('staff.theme.intro'),
  body: html`
    ${!may ? nothing : editing && !editing.id ? html`<div class="card">${form(editing, acts)}</div>`
      : html`<div><button type="button" class="button primary" data-action="new" @click=${() => acts.open(null)}>${icon('plus')}${t('staff.theme.new')}</button></div>`}
    ${themes.length === 0 && !editing ? html`<div class="empty">${icon('book-open')}<p>${t('staff.theme.none')}</p></div>` : nothing}
    ${themes.length === 0 ? nothing : html`<ul class="rows card">${themes.map((theme) => html`<li>${editing?.id === theme.id ? form(editing, acts) : may
      ? html`<button type="button" class="guide-row rowlink" data-theme=${theme.key} @click=${() => acts.open(theme)}>${icon('pencil')}${named(theme)}</button>` : read(theme)}</li>`)}</ul>`}`,
})

/** @param {ThemeRecord} theme */
const named = (theme) => html`<span class="grow" lang="sv">${theme.title}${theme.also?.length ? html`<small class="quiet">${theme.also.join(', ')}</small>` : nothing}
  ${theme.hidden ? html`<small class="state pending">${icon('moon')}${t('staff.theme.is_hidden')}</small>` : nothing}</span>`

/** @param {ThemeRecord} theme */
const read = (theme) => html`<details class="stack" data-theme=${theme.key}><summary class="rowlink">${icon('book-open')}${named(theme)}</summary>
  ${PARTS.map((part) => (theme[part] ? html`<div class="stack tight"><h3>${label(part)}</h3><p class="typed" lang="sv" dir="auto">${theme[part]}</p></div>` : nothing))}</details>`

/** @param {Editing<Input>} editing @param {Acts<Input>} acts */
function form(editing, { change, choose, submit, remove, close }) {
  const { input, fields } = editing
  const words = (/** @type {string} */ name) => fields[name]?.message
  return html`<form class="growrow stack" novalidate @submit=${submit} data-form="theme">
    ${conflict(editing, label, choose)}
    ${field({ name: 'title', label: label('title'), value: input.title, error: words('title') ?? words('key'), lang: 'sv', max: 120, required: true, input: (title) => change({ title }) })}
    ${growing({ name: 'also', label: label('also'), hint: t('staff.theme.also_hint'), value: input.also.join('\n'), error: words('also'), change: (v) => change({ also: v.split('\n') }) })}
    ${PARTS.map((part) => growing({ name: part, label: label(part), hint: t(`staff.theme.${part}_hint`), value: input[part], error: words(part), change: (v) => change({ [part]: v }) }))}
    ${field({ name: 'order', label: t('staff.theme.order'), type: 'number', value: String(input.order), error: words('order'), input: (v) => change({ order: Math.max(0, Math.trunc(Number(v))) || 0 }) })}
    ${tick({ name: 'hidden', label: t('staff.theme.hidden'), hint: t('staff.theme.hidden_hint'), on: input.hidden, change: (hidden) => change({ hidden }) })}
    ${editing.error ? html`<p class="error" role="alert">${icon('triangle-alert')}<span>${editing.error}</span></p>` : nothing}
    <div class="row"><button class="button primary" data-action="save" aria-disabled=${editing.busy}>${icon('check')}${t('staff.plan.save')}</button>
      <button type="button" class="button" data-action="close" @click=${close}>${t('staff.cancel')}</button>
      ${editing.id ? html`<button type="button" class="button danger" data-action="remove" @click=${remove}>${icon('trash-2')}${t('staff.theme.remove')}</button>` : nothing}</div>
  </form>`
}
