/**
 * One unit as its administrator has it: what it is called, and its groups with
 * their phones beside the number of children.
 *
 * @import {Acts} from '../guide/listform.js'
 * @import {Group, Unit} from '../types.js'
 */
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t } from '../../i18n/messages.js'
import { navigate } from '../../router.js'
import * as staff from '../api.js'
import { ask, tell } from '../dialog.js'
import { field } from '../field.js'
import { choice } from '../guide/controls.js'
import { Editing } from '../guide/editing.js'
import { listForm } from '../guide/listform.js'
import { groupCount } from '../home.js'
import { allYears, yearsWords } from '../plan/years.js'
import { Problem } from '../problem.js'
import { page } from '../shell.js'
import * as api from './api.js'
import { asksOf, yearPart } from './year.js'
import { formEnd, inputOf as unitInput, unitForm } from './view.js'

/** @typedef {{unit: string, name: string, children: number, yearFrom: string, yearTo: string, moves: import('./year.js').Asks}} Input */
/** @typedef {{unit: Unit, units: Unit[], all: Group[], phones: Map<string, number|null>, editing: Editing<any>|null, acts: any}} Shown */

/**
 * @param {HTMLElement} root
 * @param {string} id
 */
export async function view(root, id) {
  root.dataset.view = 'staff-admin-unit'
  const [unit, units, all] = await Promise.all([staff.unit(id), staff.units(), staff.groups()])
  const shown = { unit, units, all, phones: new Map(), editing: /** @type {Editing<any>|null} */ (null), acts: /** @type {any} */ (null) }
  /** @type {() => void} */
  let draw = () => {}
  shown.acts = unitActs(shown, () => draw())
  await listForm(root, {
    collection: 'groups', removing: ['staff.admin.group_remove', 'staff.admin.group_remove_text'],
    inputOf: (/** @type {Group|null} */ r) => ({ unit: id, name: r?.name ?? '', children: r?.children ?? 0, yearFrom: r?.yearFrom ?? '', yearTo: r?.yearTo ?? '', moves: asksOf(r) }),
    read: async () => {
      const groups = await api.groupsOf(id)
      await Promise.allSettled(groups.map(async (g) => shown.phones.set(g.id, (await staff.invites(g.id)).devices)))
      return groups
    },
    template: (groups, editing, acts) => {
      draw = () => render(template(shown, groups, editing, acts), root)
      return template(shown, groups, editing, acts)
    },
  })
}

/** What can be done with the unit itself. @param {Shown} shown @param {() => void} draw */
const unitActs = (shown, draw) => ({
  open() {
    shown.editing = new Editing('units', shown.unit, unitInput)
    draw()
  },
  close() {
    shown.editing = null
    draw()
  },
  change(/** @type {object} */ part) {
    shown.editing?.change(part)
    draw()
  },
  async submit(/** @type {SubmitEvent} */ event) {
    event.preventDefault()
    const saved = await shown.editing?.save()
    if (saved) {
      Object.assign(shown, { unit: saved, editing: null })
      tell(t('staff.guide.saved'))
    }
    draw()
  },
  async remove() {
    if (!await ask({ name: 'remove', title: t('staff.admin.unit_remove'), text: t('staff.admin.unit_remove_text'), yes: t('staff.admin.unit_remove'), danger: true })) return
    try {
      await api.removeUnit(shown.unit.id)
      shown.editing = null
      tell(t('staff.guide.removed'))
      navigate('/staff/admin', { replace: true })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      Object.assign(/** @type {object} */ (shown.editing), { error: error.message, fields: error.fields })
      draw()
    }
  },
})

/** @param {Shown} shown @param {Group[]} groups @param {Editing<Input>|null} editing @param {Acts<Input>} acts */
const template = (shown, groups, editing, acts) => page({
  title: shown.unit.name,
  under: html`${t(`staff.admin.kind.${shown.unit.kind}`)}${shown.unit.authority ? html` · <bdi lang="sv">${shown.unit.authority}</bdi>` : nothing}`,
  up: { href: '/staff/admin', label: t('staff.admin.title') },
  body: html`
    ${shown.editing ? html`<div class="card">${unitForm(shown.editing, shown.acts)}</div>` : html`<div class="row">
      <button type="button" class="button" data-action="edit-unit" @click=${shown.acts.open}>${icon('pencil')}${t('staff.admin.unit_change')}</button>
      ${groups.length > 0 ? html`<a class="button" href="/staff/admin/units/${shown.unit.id}/posters" data-action="posters">${icon('printer')}${t('staff.admin.posters')}</a>` : nothing}</div>`}
    <section class="stack">
      <h2>${t('staff.admin.groups')}</h2>
      ${groups.length === 0 ? html`<p class="quiet narrow">${t('staff.admin.no_groups')}</p>` : html`<ul class="rows card">${groups.map((g) => html`<li>${editing?.id === g.id ? form(shown, editing, acts)
        : html`<button type="button" class="guide-row rowlink" data-group=${g.id} @click=${() => acts.open(g)}>${icon('pencil')}<span class="grow"><span dir="auto">${g.name}</span>
          <small class="quiet">${g.yearFrom ? html`${yearsWords([Number(g.yearFrom), Number(g.yearTo)])} · ` : nothing}${groupCount(shown.phones.get(g.id) ?? null, g.children)}</small></span></button>`}</li>`)}</ul>`}
      ${editing && !editing.id ? html`<div class="card">${form(shown, editing, acts)}</div>`
        : html`<div><button type="button" class="button primary" data-action="new" @click=${() => acts.open(null)}>${icon('plus')}${t('staff.admin.group_new')}</button></div>`}
    </section>`,
})

/** @param {Shown} shown @param {Editing<Input>} editing @param {Acts<Input>} acts */
function form({ unit, units, all }, editing, { change, submit, remove, close }) {
  const { input, fields } = editing
  const words = (/** @type {string} */ name) => fields[name]?.message
  /** @type {[string, string][]} */
  const years = [['', t('staff.admin.no_year')], ...allYears()]
  return html`<form class="growrow stack" novalidate @submit=${submit} data-form="group">
    ${field({ name: 'name', label: t('staff.admin.group_name'), value: input.name, error: words('name'), lang: 'sv', max: 120, required: true, input: (name) => change({ name }) })}
    ${field({ name: 'children', label: t('staff.admin.children'), hint: t('staff.admin.children_hint'), type: 'number', value: input.children ? String(input.children) : '', error: words('children'), input: (children) => change({ children: Number(children) }) })}
    ${unit.kind !== 'school' ? nothing : html`<div class="row fields">
      ${choice({ name: 'yearFrom', label: t('staff.plan.from'), value: input.yearFrom, choices: years, change: (yearFrom) => change({ yearFrom, ...(!yearFrom || input.yearTo < yearFrom ? { yearTo: yearFrom } : {}) }) })}
      ${choice({ name: 'yearTo', label: t('staff.plan.to'), value: input.yearTo, error: words('yearTo'), choices: years, change: (yearTo) => change({ yearTo }) })}</div>`}
    ${editing.id ? yearPart({ own: editing.id, asks: input.moves, units, groups: all, error: words('moves'), change: (moves) => change({ moves }) }) : nothing}
    ${formEnd(editing, { remove, close })}
  </form>`
}
