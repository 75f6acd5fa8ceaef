/**
 * The meetings of one row of the plan: made as drafts for its classes with the
 * school's usual values, and then published.
 *
 * @import {Offer, PlanRecord, ThemeRecord, Usual} from './types.js'
 * @import {Fields, Group, Meeting} from '../types.js'
 */
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatDate, t, tn } from '../../i18n/messages.js'
import { noonOf } from '../../lib/days.js'
import * as staff from '../api.js'
import { tell } from '../dialog.js'
import { errorLine, field, tie } from '../field.js'
import { tick } from '../guide/controls.js'
import { Problem } from '../problem.js'
import { askToRing, atHold } from '../ring/asking.js'
import { page } from '../shell.js'
import * as api from './api.js'
import { sameEvening } from './same.js'
import { yearsWords } from './years.js'

/**
 * @typedef {object} State
 * @property {PlanRecord} row
 * @property {ThemeRecord|undefined} theme
 * @property {Group[]} groups
 * @property {Offer} offer
 * @property {Meeting[]} meetings
 * @property {Usual & {groups: string[], together: boolean}} input
 * @property {Fields} fields
 * @property {string} error
 * @property {boolean} busy
 */

/**
 * @param {HTMLElement} root
 * @param {string} id
 */
export async function view(root, id) {
  root.dataset.view = 'staff-plan-row'
  const [row, themes, groups, offer] = await Promise.all([api.row(id), api.themes(), staff.groups(), api.offer(id)])
  const open = offer.classes.filter((c) => !c.made).map((c) => c.id)
  /** @type {State} */
  const state = { row, theme: themes.find((x) => x.id === row.theme), groups, offer, meetings: await api.meetings(row.meetings),
    input: { ...offer.usual, groups: open, together: false }, fields: {}, error: '', busy: false }
  const draw = () => render(template(state, acts), root)

  /** @param {() => Promise<void>} work */
  async function run(work) {
    if (state.busy) return
    Object.assign(state, { busy: true, error: '', fields: {} })
    draw()
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      Object.assign(state, { error: error.message, fields: error.fields })
    }
    try {
      [state.row, state.offer] = await Promise.all([api.row(id), api.offer(id)])
      state.meetings = await api.meetings(state.row.meetings)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      state.error ||= error.message
    }
    state.busy = false
    state.input.groups = state.input.groups.filter((g) => state.offer.classes.some((c) => c.id === g && !c.made))
    draw()
    /** @type {HTMLElement|null} */
    const fault = root.querySelector('[aria-invalid="true"], [role="alert"]')
    fault?.focus?.()
  }

  const acts = {
    /** @param {Partial<State['input']>} part */
    change(part) {
      Object.assign(state.input, part)
      draw()
    },
    /** @param {SubmitEvent} event */
    make(event) {
      event.preventDefault()
      return run(async () => {
        const { meetings } = await api.make(id, state.input)
        tell(tn('staff.plan.made', meetings.length))
      })
    },
    invite: () => run(async () => {
      const drafts = state.meetings.filter((m) => !m.published && !m.cancelled)
      const sure = await askToRing({
        name: 'invite-all', title: t('staff.plan.invite_all'), yes: t('staff.invitation.send'), action: 'invite-confirm',
        text: [t('staff.invitation.groups', { Groups: drafts.map((m) => namesOf(state, m)).join(', ') }), t('staff.invitation.at_once')],
      })
      if (!sure) return
      for (const m of drafts) await staff.publishMeeting(m.id, m.base, sure.hold).catch((error) => { throw atHold(error) })
      tell(t('staff.invitation.done'))
    }),
  }
  draw()
}

/** @param {State} state @param {Meeting} meeting */
const namesOf = ({ groups }, meeting) => groups.filter((g) => meeting.groups.includes(g.id)).map((g) => g.name).join(', ')

/** @typedef {{change: (part: Partial<State['input']>) => void, make: (event: SubmitEvent) => void, invite: () => void}} Acts */

/** @param {State} state @param {Acts} acts */
function template(state, acts) {
  const { row, theme, offer, meetings, error, fields, busy } = state
  const open = offer.classes.filter((c) => !c.made)
  const drafts = meetings.filter((m) => !m.published && !m.cancelled)
  return page({
    title: theme?.title ?? t('staff.plan.meetings'),
    up: { href: `/staff/plan?unit=${row.unit}`, label: t('staff.plan.title') },
    under: html`${yearsWords([row.yearFrom, row.yearTo])} · ${row.day ? formatDate(noonOf(row.day), 'weekday') : t('plan.no_day')}`,
    body: html`
      ${error || fields.day ? html`<p class="notice bad" role="alert" tabindex="-1">${icon('triangle-alert')}<span>${fields.day?.message ?? error}</span></p>` : nothing}
      ${sameEvening(offer.same)}
      ${meetings.length === 0 ? nothing : html`<section class="stack"><h2>${t('staff.plan.meetings')}</h2>
        <ul class="rows card">${meetings.map((m) => html`<li><a class="rowlink" href="/staff/meetings/${m.id}" data-meeting=${m.id}>
          ${icon(m.cancelled ? 'calendar-x' : m.published ? 'calendar-check' : 'calendar')}<span class="grow"><span dir="auto">${namesOf(state, m)}</span>
          <small class="quiet">${formatDate(m.starts, 'datetime')} · ${t(m.cancelled ? 'staff.step.cancelled' : m.published ? 'staff.plan.published' : 'staff.plan.draft')}</small></span>${icon('chevron-right')}</a></li>`)}</ul>
        ${drafts.length === 0 ? nothing : html`<div><button type="button" class="button primary" data-action="invite-all" aria-disabled=${busy} @click=${acts.invite}>${icon('send')}${t('staff.plan.invite_all')}</button></div>`}
      </section>`}
      ${!row.day ? html`<p class="notice">${icon('info')}<span>${t('staff.plan.needs_day')}</span></p>`
        : offer.classes.length === 0 ? html`<p class="notice">${icon('info')}<span>${t('staff.plan.no_classes')}</span></p>`
        : open.length === 0 ? nothing : form(state, open, drafts.length === 0, acts)}`,
  })
}

/** @param {State} state @param {Offer['classes']} open @param {boolean} first it is what to do now @param {Acts} acts */
function form({ input, fields, busy }, open, first, { change, make }) {
  const words = (/** @type {string} */ name) => fields[name]?.message
  const tied = tie('groups', { error: words('groups') })
  return html`<form class="stack narrow" novalidate @submit=${make} data-form="make">
    <h2>${t('staff.plan.make')}</h2>
    <p class="quiet">${t('staff.plan.make_intro')}</p>
    <fieldset class="field" id=${tied.id} aria-describedby=${tied.by}><legend class="label">${t('staff.groups.label')}</legend>
      <div class="row">${open.map((c) => html`<label class="check"><input type="checkbox" name="groups" value=${c.id} .checked=${input.groups.includes(c.id)} aria-invalid=${tied.invalid}
        @change=${() => change({ groups: input.groups.includes(c.id) ? input.groups.filter((g) => g !== c.id) : [...input.groups, c.id] })}><span dir="auto">${c.name}</span></label>`)}</div>
      ${errorLine('groups', words('groups'))}</fieldset>
    ${open.length > 1 ? tick({ name: 'together', label: t('staff.plan.together'), on: input.together, change: (together) => change({ together }) }) : nothing}
    <div class="row fields">
      ${field({ name: 'from', label: t('staff.meeting.from'), type: 'time', value: input.from, required: true, error: words('from'), input: (from) => change({ from }) })}
      ${field({ name: 'to', label: t('staff.meeting.to'), type: 'time', value: input.to, error: words('to'), input: (to) => change({ to }) })}
    </div>
    ${field({ name: 'place', label: t('staff.meeting.place'), value: input.place, lang: 'sv', max: 200, error: words('place'), input: (place) => change({ place }) })}
    ${field({ name: 'heldBy', label: t('staff.meeting.held_by'), value: input.heldBy, lang: 'sv', max: 200, error: words('heldBy'), input: (heldBy) => change({ heldBy }) })}
    ${field({ name: 'contact', label: t('staff.meeting.contact'), hint: t('staff.meeting.contact_hint'), value: input.contact, lang: 'sv', max: 200, error: words('contact'), input: (contact) => change({ contact }) })}
    ${tick({ name: 'childcare', label: t('staff.meeting.childcare'), on: input.childcare, change: (childcare) => change({ childcare }) })}
    <div><button class=${first ? 'button primary' : 'button'} data-action="make" aria-disabled=${busy}>${icon('calendar-plus')}${tn('staff.plan.make_count', input.together ? Math.min(1, input.groups.length) : input.groups.length)}</button></div>
  </form>`
}
