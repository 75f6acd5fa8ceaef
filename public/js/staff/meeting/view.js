/**
 * One QPM meeting as a line of steps, from its plan to whom its letter reached,
 * each with what belongs to it and what to do next.
 *
 * @import {Answers, Fields, Group, Letter, Meeting, Person} from '../types.js'
 */
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatDate, t } from '../../i18n/messages.js'
import { navigate } from '../../router.js'
import * as api from '../api.js'
import { fresh } from '../fresh.js'
import { Meter } from '../letter/meter.js'
import { readyOf } from '../letter/readiness.js'
import { Problem } from '../problem.js'
import { Ringing } from '../ring/counts.js'
import { page } from '../shell.js'
import { stepLine, stepsOf } from '../steps.js'
import { notesAt } from './dialogues.js'
import { content, isOver, titleOf } from './line.js'
import { askToCancel, askToDelete, askToInvite } from './publishing.js'

/**
 * @typedef {object} Shown
 * @property {Meeting} meeting
 * @property {Group[]} groups the meeting's
 * @property {Letter[]} letters
 * @property {Answers|null} answers
 * @property {Ringing} ringing
 * @property {Meter} meter of its letter, and before there is one of its question and information
 * @property {boolean} notes she may see what is noted at it
 * @property {string|null} at when it was read, where this is a copy
 * @property {boolean} busy
 * @property {string} error
 * @property {Fields} fields what keeps parents from being invited
 *
 * @typedef {{invite: () => void, cancel: () => void, drop: () => void}} Acts
 */

/**
 * @param {HTMLElement} root
 * @param {string} id
 * @param {Person} person
 */
export async function view(root, id, person) {
  root.dataset.view = 'staff-meeting'
  const { value: [meeting, groups, letters], at } = await fresh(person.id, `meeting/${id}`, () => Promise.all([api.meeting(id), api.groups(), api.lettersOf(id)]))
  /** @type {Shown} */
  const shown = {
    meeting, groups: groups.filter((g) => meeting.groups.includes(g.id)), letters, answers: null,
    ringing: new Ringing({ kind: 'meetings', id }, root, () => draw()), meter: new Meter(letters[0] ? { kind: 'letters', id: letters[0].id } : { kind: 'meetings', id }, () => draw()), notes: notesAt(person, meeting), at, busy: false, error: '', fields: {},
  }
  const draw = () => render(template(shown, acts), root)

  /** @param {() => Promise<void>} work */
  async function run(work) {
    if (shown.busy) return
    Object.assign(shown, { busy: true, error: '', fields: {} })
    draw()
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      Object.assign(shown, { error: error.message, fields: error.fields })
      // Somebody else saved meanwhile: she decides anew, on what it is now.
      if (error.status === 409 && error.current) shown.meeting = error.current
    }
    shown.busy = false
    draw()
    ring(shown)
    if (shown.error) root.querySelector('[role="alert"]')?.scrollIntoView({ block: 'center' })
  }

  /** @type {Acts} */
  const acts = {
    invite: () => run(async () => { shown.meeting = await askToInvite(shown.meeting, shown.groups, person) ?? shown.meeting }),
    cancel: () => run(async () => { shown.meeting = await askToCancel(shown.meeting) ?? shown.meeting }),
    drop: () => run(async () => {
      if (await askToDelete(shown.meeting)) navigate(shown.groups[0] ? `/staff/groups/${shown.groups[0].id}` : '/staff')
    }),
  }
  draw()
  ring(shown)
  // These are extras; their own pages say what is wrong.
  await Promise.allSettled([
    meeting.published && api.answers(id).then((answers) => { shown.answers = answers }),
    (letters.length > 0 || !isOver(meeting) && hasText(meeting)) && shown.meter.load(meeting.unit),
  ])
  draw()
}

/** Follows what becomes of ringing phones, from when parents hear of the meeting. @param {Shown} shown */
function ring({ meeting, ringing }) {
  if (meeting.published) ringing.follow()
}

/** @param {Shown} shown @param {Acts} acts */
function template(shown, acts) {
  const { meeting, groups, at, error, fields } = shown
  return page({
    title: meeting.title || t('staff.meeting.title', { Date: formatDate(meeting.starts, 'date') }),
    under: html`${meeting.title ? `${formatDate(meeting.starts, 'date')} · ` : nothing}<span dir="auto">${groups.map((g) => g.name).join(' · ')}</span>`,
    up: { href: groups[0] ? `/staff/groups/${groups[0].id}` : '/staff', label: groups[0]?.name ?? t('staff.home.title') },
    body: html`
      ${at ? html`<p class="notice late" role="status" data-part="kept">${icon('wifi-off')}<span>${t('staff.kept.offline', { Time: formatDate(at, 'heard') })}</span></p>` : nothing}
      ${error ? refusal(meeting, error, fields) : nothing}
      ${meeting.cancelled ? html`<p class="notice bad" data-part="cancelled">${icon('calendar-x')}<span>${t('staff.meeting.is_cancelled', { Date: formatDate(meeting.cancelled, 'date') })}</span></p>` : nothing}
      ${stepLine(stepsShown(shown), (step) => content[step.name](shown, step, acts), (step) => titleOf(step, meeting))}
      ${ending(shown, acts)}`,
  })
}

/** What is only for a meeting that is held. */
const LATER = ['hold', 'letter', 'translate', 'publish', 'reach']

/** A meeting that was called off is not held and gets no letter. @param {Shown} shown */
function stepsShown({ meeting, letters, meter }) {
  const read = meter.counts.filter((c) => c.readers + c.nearby > 0)
  const known = letters.length > 0 && read.length > 0 ? { translated: read.every((c) => readyOf(c) === 'ready') } : {}
  return stepsOf(meeting, letters, new Date(), known).filter((step) => !meeting.cancelled || letters.length > 0 || !LATER.includes(step.name))
}

/** Why it was refused; what is missing leads to its field. @param {Meeting} meeting @param {string} error @param {Fields} fields */
const refusal = (meeting, error, fields) => html`
  <div class="notice bad" role="alert">${icon('triangle-alert')}
    <div class="stack tight"><p>${error}</p>
      ${Object.entries(fields).map(([name, { message }]) => html`<p><a href="/staff/meetings/${meeting.id}/edit#field-${name === 'starts' ? 'date' : name}" data-missing=${name}>${message}</a></p>`)}</div>
  </div>`

/** Ending it: a meeting that parents have heard of is cancelled, another deleted. @param {Shown} shown @param {Acts} acts */
function ending({ meeting, letters, busy }, { cancel, drop }) {
  if (meeting.cancelled) return nothing
  if (meeting.published) {
    return isOver(meeting) ? nothing
      : html`<p><button type="button" class="button danger" data-action="cancel-meeting" aria-disabled=${busy} @click=${cancel}>${icon('calendar-x')}${t('staff.meeting.cancel')}</button></p>`
  }
  return letters.length > 0 ? nothing
    : html`<p><button type="button" class="button danger" data-action="delete-meeting" aria-disabled=${busy} @click=${drop}>${icon('trash-2')}${t('staff.meeting.delete')}</button></p>`
}

/** Whether there is anything to translate. @param {Meeting} meeting */
const hasText = ({ title, question, information }) => (title + question + information).trim() !== ''
