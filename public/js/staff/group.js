/**
 * One group: its QPM meetings, its letters, and the ways to its
 * invitation and its parents' wishes.
 *
 * @import {Group, Letter, Meeting, Unit} from './types.js'
 *
 * @typedef {{phones?: number|null, wishes?: number}} Counted phones: null below five; wishes: those nobody has looked at
 */
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { formatDate, t, tn } from '../i18n/messages.js'
import * as api from './api.js'
import { groupCount } from './home.js'
import { letterLists } from './letterlist.js'
import { onTablet } from './session.js'
import { page } from './shell.js'
import { held, isPublic, stepDots, stepsOf } from './steps.js'

/**
 * @param {HTMLElement} root
 * @param {string} id
 */
export async function view(root, id) {
  root.dataset.view = 'staff-group'
  const [group, meetings, letters] = await Promise.all([api.group(id), api.meetings(id), api.letters(id)])
  const unit = await api.unit(group.unit)
  /** @type {Counted} */
  const counted = {}
  const draw = () => render(template(group, unit, meetings, letters, counted), root)
  draw()
  // The numbers are extras; their pages say what is wrong.
  await Promise.allSettled([
    onTablet() || api.invites(id).then(({ devices }) => { counted.phones = devices }),
    api.wishes(id).then(({ wishes }) => { counted.wishes = wishes.filter((w) => w.state === 'open').length }),
  ])
  draw()
}

/**
 * @param {Group} group
 * @param {Unit} unit
 * @param {Meeting[]} meetings
 * @param {Letter[]} letters
 * @param {Counted} counted
 */
const template = (group, unit, meetings, letters, { phones, wishes }) => page({
  title: group.name,
  under: html`<span dir="auto">${unit.name}</span>`,
  up: { href: '/staff', label: t('staff.home.title') },
  body: html`
    <ul class="rows card">
      ${onTablet() ? nothing : html`<li><a class="rowlink" href="/staff/groups/${group.id}/invite" data-action="invite">
      ${icon('qr-code')}
      <span class="grow">${t('staff.group.invite')}${phones === undefined ? nothing : html`<small class="quiet">${groupCount(phones, group.children)}</small>`}</span>
      ${icon('chevron-right')}</a></li>`}
      <li><a class="rowlink" href="/staff/groups/${group.id}/wishes" data-action="wishes">
      ${icon('lightbulb')}
      <span class="grow">${t('staff.wish.title')}${wishes === undefined ? nothing : html`<small class="quiet">${wishes ? tn('staff.wish.open', wishes) : t('staff.wish.no_new')}</small>`}</span>
      ${icon('chevron-right')}</a></li></ul>

    <section class="stack">
      <h2>${t('staff.group.meetings')}</h2>
      ${meetings.length === 0 ? html`<p class="quiet narrow">${t('staff.group.no_meetings')}</p>` : html`
        <ul class="stack">${meetings.map((m) => meetingCard(m, letters.filter((l) => l.meeting === m.id)))}</ul>`}
      <a class="button primary" href="/staff/groups/${group.id}/meetings/new" data-action="new-meeting">${icon('plus')}${t('staff.group.new_meeting')}</a>
    </section>

    <section class="stack">
      <h2>${t('staff.group.letters')}</h2>
      ${letters.length === 0 ? html`<p class="quiet narrow">${t('staff.group.no_letters')}</p>` : letterLists(letters)}
      <a class="button" href="/staff/groups/${group.id}/letters/new" data-action="new-letter">${icon('pencil')}${t('staff.group.new_letter')}</a>
    </section>`,
})

/**
 * A meeting that was held leads straight to its letter until that is published.
 * @param {Meeting} meeting
 * @param {Letter[]} letters
 */
function meetingCard(meeting, letters) {
  const writing = held(meeting, new Date()) && !meeting.cancelled && !letters.some(isPublic)
  const href = `/staff/meetings/${meeting.id}${writing ? '/letter' : ''}`
  return html`
    <li class="card meeting" data-meeting=${meeting.id}>
      <a class="stack tight cover" href=${href}>
        <span class="heading"><strong class="grow">${formatDate(meeting.starts, 'datetime')}</strong>${icon('chevron-right')}</span>
        ${meeting.title ? html`<strong lang="sv" dir="auto">${meeting.title}</strong>` : nothing}
        ${meeting.question ? html`<span class="asked" lang="sv" dir="auto">${meeting.question}</span>` : nothing}
        <span class="row steps-row">${stepDots(stepsOf(meeting, letters, new Date()), meeting)}</span>
      </a>
      ${writing ? html`<a class="small" href="/staff/meetings/${meeting.id}">${t('staff.group.meeting_details')}</a>` : nothing}
    </li>`
}
