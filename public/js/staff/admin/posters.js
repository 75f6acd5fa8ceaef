/**
 * All posters of a unit, one sheet a group, printed by one button.
 *
 * @import {PosterData} from '../types.js'
 */
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t, tn } from '../../i18n/messages.js'
import * as staff from '../api.js'
import { sheet } from '../poster.js'
import { Problem } from '../problem.js'
import { sourceDate, sourceText } from '../source.js'
import * as api from './api.js'

/** How long an invitation made here lives, in days. */
const DAYS = 180

/** @typedef {{poster: PosterData, expires: string}} Sheet */

/**
 * @param {HTMLElement} root
 * @param {string} id the unit's
 */
export async function view(root, id) {
  root.dataset.view = 'staff-poster'
  const [unit, groups] = await Promise.all([staff.unit(id), api.groupsOf(id)])
  const state = { sheets: /** @type {Sheet[]} */ ([]), without: /** @type {string[]} */ ([]), done: -1, error: '' }
  const load = async () => {
    const found = await Promise.all(groups.map((g) => sheetOf(g.id)))
    state.sheets = found.filter((s) => s !== null)
    state.without = groups.filter((_, i) => found[i] === null).map((g) => g.id)
  }
  const make = async () => {
    if (state.done >= 0) return
    try {
      for (state.done = 0; state.done < state.without.length; state.done++) {
        draw()
        await staff.invite(state.without[state.done], DAYS)
      }
      await load()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      state.error = error.message
    }
    state.done = -1
    draw()
  }
  const draw = () => render(html`
    <div class="stack loose poster-page">
      <div class="stack no-print">
        <a class="up" href="/staff/admin/units/${id}">${icon('chevron-left')}<bdi>${unit.name}</bdi></a>
        <h1>${t('staff.admin.posters')}</h1>
        <p class="quiet narrow">${t('poster.hint')}</p>
        ${state.error ? html`<p class="notice bad" role="alert">${icon('triangle-alert')}<span>${state.error}</span></p>` : nothing}
        ${groups.length === 0 ? html`<div class="empty">${icon('users')}<p>${t('staff.admin.no_groups')}</p><a class="button primary" href="/staff/admin/units/${id}">${icon('plus')}${t('staff.admin.group_new')}</a></div>` : nothing}
        ${state.without.length === 0 ? nothing : html`<p>${tn('staff.admin.without_invite', state.without.length)}</p>
          <div><button type="button" class="button" data-action="make" aria-disabled=${state.done >= 0} @click=${make}>${icon('plus')}${state.done >= 0
            ? t('staff.admin.making', { Done: state.done, All: state.without.length }) : t('staff.admin.make_invites')}</button></div>`}
        ${state.sheets.length === 0 ? nothing : html`<div><button type="button" class="button primary" data-action="print" @click=${() => window.print()}>${icon('printer')}${tn('staff.admin.print_posters', state.sheets.length)}</button></div>`}
      </div>
      ${state.sheets.map(({ poster, expires }) => sheet(poster, expires))}
    </div>`, root)
  await load()
  draw()
}

/** A group's sheet, null where nobody is invited. @param {string} group @returns {Promise<Sheet|null>} */
async function sheetOf(group) {
  const { invites } = await staff.invites(group)
  if (invites.length === 0) return null
  const poster = await staff.poster(group)
  return { poster, expires: await sourceText('poster.expires', { Date: sourceDate(poster.expires, { year: 'numeric' }) }) }
}
