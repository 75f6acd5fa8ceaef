/**
 * The first page of staff: her units, their groups, text of hers that is not
 * saved yet, and the ways to everything else.
 *
 * @import {Draft} from './drafts.js'
 * @import {Group, Person, Unit} from './types.js'
 */
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { t, tn } from '../i18n/messages.js'
import * as api from './api.js'
import { draftsOf } from './drafts.js'
import { Problem } from './problem.js'
import { administers, onTablet, writes } from './session.js'
import { account, page, places } from './shell.js'
import { ways } from './ways.js'

/** More groups than this are listed without their number of phones. */
const COUNTED = 40

/**
 * @param {HTMLElement} root
 * @param {string} _
 * @param {Person} person
 */
export async function view(root, _, person) {
  root.dataset.view = 'staff-home'
  const drafts = (await draftsOf(person.id).all()).filter((d) => d.content && !d.untouched)
  const state = { drafts, problem: /** @type {Problem|null} */ (null), units: /** @type {Unit[]} */ ([]), groups: /** @type {Group[]} */ ([]) }
  /** @type {Map<string, number|null>} */
  const phones = new Map()
  const draw = () => render(template(person, state, phones), root)
  try {
    if (writes(person)) [state.units, state.groups] = await Promise.all([api.units(), api.groups()])
  } catch (error) {
    // Without a network she still reaches the text that she has here, and what this computer keeps.
    if (!(error instanceof Problem) || !error.offline) throw error
    state.problem = error
  }
  draw()
  if (!onTablet()) count(state.groups, phones, draw)
}

/**
 * @param {Group[]} groups
 * @param {Map<string, number|null>} phones
 * @param {() => void} draw
 */
async function count(groups, phones, draw) {
  if (groups.length > COUNTED) return
  await Promise.allSettled(groups.map(async (g) => phones.set(g.id, (await api.invites(g.id)).devices)))
  draw()
}

/**
 * @param {Person} person
 * @param {{units: Unit[], groups: Group[], drafts: Draft[], problem: Problem|null}} state
 * @param {Map<string, number|null>} phones
 */
const template = (person, { units, groups, drafts, problem }, phones) => page({
  title: t(writes(person) ? 'staff.home.title' : 'staff.home.work'),
  body: html`
    ${places(person, 'groups')}
    ${problem ? html`<p class="notice late" role="status">${icon('wifi-off')}<span>${problem.message}</span></p>` : nothing}
    ${drafts.length ? unsaved(drafts) : nothing}
    ${units.map((unit) => unitCard(unit, groups.filter((g) => g.unit === unit.id), phones, administers(person)))}
    ${units.length === 0 && !problem && writes(person) ? nowhere(person) : nothing}
    ${ways(person)}
    ${account(person)}`,
})

/** What to do where there is no unit: an administrator makes one, others are let into one. @param {Person} person */
const nowhere = (person) => (administers(person)
  ? html`<div class="empty">${icon('house')}<p>${t('staff.admin.no_units')}</p><a class="button primary" href="/staff/admin">${icon('sliders-horizontal')}${t('staff.admin.title')}</a></div>`
  : html`<div class="empty">${icon('users')}<p>${t('staff.home.empty')}</p></div>`)

/** @param {Draft[]} drafts */
const unsaved = (drafts) => html`
  <section class="stack" data-part="drafts">
    <h2>${t('staff.home.unsaved')}</h2>
    <ul class="rows card">
      ${drafts.map((d) => html`<li><a class="rowlink" href="/staff/letters/${d.id}">
        ${icon('pencil')}<span class="grow" lang="sv" dir="auto">${d.content.title || t('staff.letter.untitled')}</span>${icon('chevron-right')}</a></li>`)}
    </ul>
  </section>`

/**
 * @param {Unit} unit
 * @param {Group[]} groups
 * @param {Map<string, number|null>} phones
 * @param {boolean} sets whether she can make groups
 */
const unitCard = (unit, groups, phones, sets) => html`
  <section class="stack" data-unit=${unit.id}>
    <h2 dir="auto">${unit.name}</h2>
    ${groups.length === 0 ? html`<p class="quiet narrow">${t(sets ? 'staff.admin.no_groups' : 'staff.home.no_groups')}</p>
      ${sets ? html`<div><a class="button" href="/staff/admin/units/${unit.id}" data-action="make-groups">${icon('plus')}${t('staff.admin.group_new')}</a></div>` : nothing}` : html`
      <ul class="rows card">
        ${groups.map((g) => html`<li><a class="rowlink" href="/staff/groups/${g.id}" data-group=${g.id}>
          ${icon('users')}
          <span class="grow"><span dir="auto">${g.name}</span>
            ${phones.has(g.id) ? html`<small class="quiet">${groupCount(phones.get(g.id) ?? null, g.children)}</small>` : nothing}</span>
          ${icon('chevron-right')}</a></li>`)}
      </ul>`}
  </section>`

/** How many phones follow a group; fewer than five are not counted out. @param {number|null} devices */
export const phoneCount = (devices) =>
  devices === null ? t('staff.phones.few') : tn('staff.phones', devices)

/** The same beside the number of children. @param {number|null} devices @param {number} [children] 0 where nobody has said */
export const groupCount = (devices, children = 0) => (children ? `${phoneCount(devices)} · ${tn('staff.children', children)}` : phoneCount(devices))
