/**
 * The administrator's first page: the units, and the ways to what else she sets
 * up.
 *
 * @import {Editing} from '../guide/editing.js'
 * @import {Acts} from '../guide/listform.js'
 * @import {Group, Unit} from '../types.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t, tn } from '../../i18n/messages.js'
import * as staff from '../api.js'
import { field } from '../field.js'
import { choice } from '../guide/controls.js'
import { listForm } from '../guide/listform.js'
import { page } from '../shell.js'

/** @typedef {{name: string, kind: string, authority: string, address: string}} Input */

/** @param {Unit|null} r @returns {Input} */
export const inputOf = (r) => ({ name: r?.name ?? '', kind: r?.kind ?? 'preschool', authority: r?.authority ?? '', address: r?.address ?? '' })

/** @param {HTMLElement} root */
export async function view(root) {
  root.dataset.view = 'staff-admin'
  /** @type {Group[]} */
  let groups = []
  await listForm(root, {
    collection: 'units', inputOf, removing: ['staff.admin.unit_remove', 'staff.admin.unit_remove_text'],
    read: async () => {
      const [units, all] = await Promise.all([staff.units(), staff.groups()])
      groups = all
      return units
    },
    template: (units, editing, acts) => template(units, groups, editing, acts),
  })
}

/** @param {Unit[]} units @param {Group[]} groups @param {Editing<Input>|null} editing @param {Acts<Input>} acts */
const template = (units, groups, editing, acts) => page({
  title: t('staff.admin.title'),
  up: { href: '/staff', label: t('staff.home.title') },
  body: html`
    <section class="stack">
      <h2>${t('staff.admin.units')}</h2>
      ${units.length === 0 ? html`<div class="empty">${icon('house')}<p>${t('staff.admin.no_units')}</p></div>` : html`<ul class="rows card">${units.map((unit) => html`
        <li><a class="rowlink" href="/staff/admin/units/${unit.id}" data-unit=${unit.id}>${icon(unit.kind === 'school' ? 'school' : 'house')}
          <span class="grow"><span dir="auto">${unit.name}</span><small class="quiet">${t(`staff.admin.kind.${unit.kind}`)} · ${tn('staff.admin.groups_count', groups.filter((g) => g.unit === unit.id).length)}</small></span>
          ${icon('chevron-right')}</a></li>`)}</ul>`}
      ${editing ? html`<div class="card">${unitForm(editing, acts)}</div>` : html`<div class="row">
        <button type="button" class="button primary" data-action="new" @click=${() => acts.open(null)}>${icon('plus')}${t('staff.admin.unit_new')}</button>
        <a class="button" href="/staff/admin/import" data-action="import">${icon('file-text')}${t('staff.admin.import')}</a></div>`}
    </section>
    <ul class="rows card">
      ${way('/staff/admin/town', 'sliders-horizontal', 'staff.admin.town')}
      ${way('/staff/terms', 'calendar', 'staff.term.list')}
    </ul>`,
})

/** @param {string} href @param {string} sign @param {string} words */
const way = (href, sign, words) => html`<li><a class="rowlink" href=${href} data-way=${href}>${icon(sign)}<span class="grow">${t(words)}</span>${icon('chevron-right')}</a></li>`

/** @param {Editing<Input>} editing @param {Acts<Input>} acts */
export function unitForm(editing, { change, submit, remove, close }) {
  const { input, fields } = editing
  const words = (/** @type {string} */ name) => fields[name]?.message
  return html`<form class="growrow stack" novalidate @submit=${submit} data-form="unit">
    ${field({ name: 'name', label: t('staff.admin.unit_name'), value: input.name, error: words('name'), lang: 'sv', max: 120, required: true, input: (name) => change({ name }) })}
    ${choice({ name: 'kind', label: t('staff.admin.unit_kind'), value: input.kind, choices: ['preschool', 'school', 'family_centre'].map((kind) => [kind, t(`staff.admin.kind.${kind}`)]), change: (kind) => change({ kind }) })}
    ${field({ name: 'authority', label: t('staff.admin.authority'), hint: t('staff.admin.authority_hint'), value: input.authority, error: words('authority'), lang: 'sv', max: 200, input: (authority) => change({ authority }) })}
    ${field({ name: 'address', label: t('staff.admin.address'), value: input.address, error: words('address'), lang: 'sv', max: 200, input: (address) => change({ address }) })}
    ${formEnd(editing, { remove, close })}
  </form>`
}

/**
 * What ends a form: what went wrong, and its buttons.
 * @param {Editing<any>} editing
 * @param {{remove?: () => Promise<void>, close: () => void}} acts
 */
export const formEnd = (editing, { remove, close }) => html`
  ${editing.error ? html`<p class="error" role="alert">${icon('triangle-alert')}<span>${editing.error}</span></p>` : nothing}
  <div class="row"><button class="button primary" data-action="save" aria-disabled=${editing.busy}>${icon('check')}${t('staff.admin.save')}</button>
    <button type="button" class="button" data-action="close" @click=${close}>${t('staff.cancel')}</button>
    ${editing.id && remove ? html`<button type="button" class="button danger" data-action="remove" @click=${remove}>${icon('trash-2')}${t('staff.admin.remove')}</button>` : nothing}</div>`
