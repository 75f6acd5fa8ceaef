/**
 * How far a published letter has come, in counts that tell of nobody, and what
 * to do for those whom it did not reach.
 *
 * @import {Group, Letter, Reach} from '../types.js'
 */
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatDate, SOURCE, t, tn } from '../../i18n/messages.js'
import * as api from '../api.js'
import { languageName } from '../letter/readiness.js'
import { Problem } from '../problem.js'
import { Ringing, ringingPart } from '../ring/counts.js'
import { page } from '../shell.js'
import { whileShown } from '../shown.js'

/**
 * @typedef {object} State
 * @property {Letter} letter
 * @property {Group|undefined} group the first of the letter's
 * @property {Reach|null|undefined} reach null: it isn't out; undefined: not read yet
 * @property {Date} read when
 * @property {Problem|null} problem why it could not be read
 * @property {Ringing} ringing
 */

/**
 * @param {HTMLElement} root
 * @param {string} id
 */
export async function view(root, id) {
  root.dataset.view = 'staff-reach'
  const [letter, groups] = await Promise.all([api.letter(id), api.groups()])
  /** @type {State} */
  const state = { letter, group: groups.find((g) => letter.groups.includes(g.id)), reach: undefined, read: new Date(0), problem: null, ringing: new Ringing({ kind: 'letters', id }, root, () => draw()) }
  const refresh = async () => {
    try {
      Object.assign(state, { reach: await api.reach(id), read: new Date(), problem: null })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      state.problem = error
    }
    draw()
    return !state.problem
  }
  const draw = () => render(template(state, refresh), root)
  draw()
  whileShown(root, refresh)
  await Promise.all([refresh(), state.ringing.follow()])
}

/** @param {State} state @param {() => void} refresh */
const template = (state, refresh) => page({
  title: t('staff.reach.title'),
  under: html`<span lang=${SOURCE} dir="auto">${state.letter.title}</span>`,
  up: { href: `/staff/letters/${state.letter.id}/preview`, label: t('staff.preview.title') },
  body: html`
    ${state.reach === null ? html`<p class="notice late" data-part="not-out">${icon('info')}<span>${t('staff.reach.not_out')}</span></p>` : html`
      <section class="card stack" data-part="reach">
        ${state.reach ? counts(state.reach) : nothing}
        ${age(state, refresh)}
      </section>
      ${ringingPart(state.ringing, nothing)}`}
    ${rest(state)}`,
})

/** @param {Reach} reach */
function counts({ phones, arrived, opened, locales }) {
  if (phones === 0) return html`<p>${t('staff.ring.few_phones')}</p>`
  return html`
    <p class="state" data-count="arrived">${icon('smartphone')}<span>${arrived ? tn('staff.reach.arrived', phones, { Arrived: arrived }) : tn('staff.reach.arrived_few', phones)}</span></p>
    <p class="state" data-count="opened">${icon('mail-open')}<span>${opened ? tn('staff.reach.opened', opened) : t('staff.reach.opened_few')}</span></p>
    ${locales.length ? html`
      <table class="reach">
        <caption>${t('staff.reach.by_language')}</caption>
        <thead><tr><th scope="col">${t('staff.reach.language')}</th><th scope="col">${t('staff.reach.phones')}</th><th scope="col">${t('staff.reach.on')}</th><th scope="col">${t('staff.reach.open')}</th></tr></thead>
        <tbody>${locales.map((l) => html`<tr data-locale=${l.tag}><th scope="row">${languageName(l.tag)}</th><td>${l.phones}</td><td>${few(l.arrived)}</td><td>${few(l.opened)}</td></tr>`)}</tbody>
      </table>` : nothing}
    <p class="quiet small">${t('staff.reach.steps')}</p>`
}

/** @param {number} count */
const few = (count) => (count ? String(count) : html`<span class="quiet small">${t('staff.reach.under')}</span>`)

/** @param {State} state @param {() => void} refresh */
const age = ({ reach, read, problem }, refresh) => (problem
  ? html`<p class="state late" role="status">${icon(problem.offline ? 'wifi-off' : 'triangle-alert')}<span>${problem.offline ? t('staff.ring.offline') : problem.message}</span></p>`
  : reach === undefined ? nothing
  : html`<div class="row apart age"><p class="quiet small">${t('staff.answers.read', { Time: formatDate(read, 'heard') })}</p>
    <button type="button" class="button small" data-action="refresh-reach" @click=${refresh}>${icon('refresh-cw')}${t('staff.answers.refresh')}</button></div>`)

/** What to do for the others. @param {State} state */
const rest = ({ letter, group }) => html`
  <section class="stack" data-part="rest">
    <h2>${t('staff.reach.rest')}</h2>
    <p class="narrow">${t('staff.reach.rest_text')}</p>
    <ul class="rows card">
      ${way(`/staff/letters/${letter.id}/print`, 'printer', t('staff.print.title'))}
      ${group ? way(`/staff/groups/${group.id}/slips?letter=${letter.id}`, 'user-plus', t('staff.slips.title')) : nothing}
      ${group ? way(`/staff/poster/${group.id}`, 'qr-code', t('staff.invite.poster')) : nothing}
    </ul>
  </section>`

/** @param {string} href @param {string} sign @param {string} label */
const way = (href, sign, label) => html`<li><a class="rowlink" href=${href}>${icon(sign)}<span class="grow">${label}</span>${icon('chevron-right')}</a></li>`
