/**
 * One QPM meeting as a line of steps, each with what belongs to it and what to
 * do next.
 *
 * @import {Answers, Fields, Group, Letter, Meeting} from '../types.js'
 * @import {Step} from '../steps.js'
 */
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatDate, t, tn } from '../../i18n/messages.js'
import { navigate } from '../../router.js'
import * as api from '../api.js'
import { Meter, meterPart } from '../letter/meter.js'
import { Problem } from '../problem.js'
import { Ringing, ringingPart } from '../ring/counts.js'
import { page } from '../shell.js'
import { held, isPublic, stepLine, stepsOf } from '../steps.js'
import { parse } from '../time.js'
import { askToCancel, askToDelete, askToInvite } from './publishing.js'
import { deadlineWords, whenWords } from './when.js'

/**
 * @typedef {object} Shown
 * @property {Meeting} meeting
 * @property {Group[]} groups the meeting's
 * @property {Letter[]} letters
 * @property {Answers|null} answers
 * @property {Ringing} ringing
 * @property {Meter} meter of its question and information
 * @property {boolean} busy
 * @property {string} error
 * @property {Fields} fields what keeps parents from being invited
 *
 * @typedef {{invite: () => void, cancel: () => void, drop: () => void}} Acts
 */

/**
 * @param {HTMLElement} root
 * @param {string} id
 */
export async function view(root, id) {
  root.dataset.view = 'staff-meeting'
  const [meeting, groups, letters] = await Promise.all([api.meeting(id), api.groups(), api.lettersOf(id)])
  /** @type {Shown} */
  const shown = {
    meeting, groups: groups.filter((g) => meeting.groups.includes(g.id)), letters, answers: null,
    ringing: new Ringing({ kind: 'meetings', id }, root, () => draw()), meter: new Meter({ kind: 'meetings', id }, () => draw()), busy: false, error: '', fields: {},
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
    invite: () => run(async () => { shown.meeting = await askToInvite(shown.meeting, shown.groups) ?? shown.meeting }),
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
    !isOver(meeting) && hasText(meeting) && shown.meter.load(meeting.unit),
  ])
  draw()
}

/** Follows what becomes of ringing phones, from when parents hear of the meeting. @param {Shown} shown */
function ring({ meeting, ringing }) {
  if (meeting.published) ringing.follow()
}

/** @param {Shown} shown @param {Acts} acts */
function template(shown, acts) {
  const { meeting, groups, letters, error, fields } = shown
  return page({
    title: meeting.title || t('staff.meeting.title', { Date: formatDate(meeting.starts, 'date') }),
    under: html`${meeting.title ? `${formatDate(meeting.starts, 'date')} · ` : nothing}<span dir="auto">${groups.map((g) => g.name).join(' · ')}</span>`,
    up: { href: groups[0] ? `/staff/groups/${groups[0].id}` : '/staff', label: groups[0]?.name ?? t('staff.home.title') },
    body: html`
      ${error ? refusal(meeting, error, fields) : nothing}
      ${meeting.cancelled ? html`<p class="notice bad" data-part="cancelled">${icon('calendar-x')}<span>${t('staff.meeting.is_cancelled', { Date: formatDate(meeting.cancelled, 'date') })}</span></p>` : nothing}
      ${stepLine(stepsShown(meeting, letters), (step) => content[step.name](shown, step, acts))}
      ${ending(shown, acts)}`,
  })
}

/** A meeting that was called off gets no letter. @param {Meeting} meeting @param {Letter[]} letters */
const stepsShown = (meeting, letters) =>
  stepsOf(meeting, letters, new Date()).filter((step) => step.name !== 'letter' || !meeting.cancelled || letters.length > 0)

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

/** @param {Meeting} meeting */
const isOver = ({ starts, ends }) => parse(ends || starts) <= new Date()

/** @type {Record<string, (shown: Shown, step: Step, acts: Acts) => any>} */
const content = {
  planned: ({ meeting, groups, meter }, step) => html`
    <p>${whenWords(meeting)}${meeting.place ? html`<br><span lang="sv" dir="auto">${meeting.place}</span>` : nothing}</p>
    ${meeting.title ? html`<p class="quiet" data-part="theme">${t('staff.meeting.theme_says')} <a href="/staff/themes">${t('staff.theme.list')}</a></p>` : nothing}
    ${meeting.heldBy ? html`<p>${t('staff.meeting.held_by')}: <bdi lang="sv">${meeting.heldBy}</bdi></p>` : nothing}
    ${meeting.question ? html`<p class="asked" lang="sv" dir="auto">${meeting.question}</p>` : meeting.kind === 'thematic' ? nothing : noQuestion(meeting, groups, step.next)}
    ${meeting.information ? html`<p class="typed" lang="sv" dir="auto">${meeting.information}</p>` : nothing}
    ${meter.counts.length && !meeting.cancelled ? html`<div class="stack tight" data-part="readiness"><h3 class="label small">${t('staff.letter.languages')}</h3>${meterPart(meter)}</div>` : nothing}
    ${meeting.cancelled ? nothing : html`<p><a href="/staff/meetings/${meeting.id}/edit" data-action="edit-meeting">${t('staff.meeting.edit')}</a></p>`}`,

  invite: ({ meeting, groups, ringing, busy }, step, { invite }) => {
    if (meeting.published) {
      return html`<p>${t('staff.invitation.sent', { Date: formatDate(meeting.published, 'date') })}</p>
        ${meeting.cancelled || isOver(meeting) ? nothing : html`<p class="quiet">${t('staff.invitation.live')}</p>`}
        ${isOver(meeting) ? nothing : ringingPart(ringing, otherwise(groups[0]))}`
    }
    if (held(meeting, new Date())) return html`<p class="quiet">${t('staff.invitation.never')}</p>`
    return html`
      <p class="quiet">${t('staff.invitation.explain')}</p>
      <p><button type="button" class=${step.next ? 'button primary' : 'button'} data-action="invite-parents" aria-disabled=${busy} @click=${invite}>${icon('send')}${t('staff.invitation.send')}</button></p>`
  },

  answers: ({ meeting, answers }) => {
    if (!meeting.published) return html`<p class="quiet">${t('staff.answers.later')}</p>`
    return html`
      ${answers ? summary(answers, meeting.cancelled !== '') : nothing}
      ${meeting.answerBy && !meeting.cancelled && !held(meeting, new Date()) ? html`<p class="quiet">${t('staff.answers.until', { Date: deadlineWords(meeting.answerBy) })}</p>` : nothing}
      <p><a class="button" href="/staff/meetings/${meeting.id}/answers" data-action="answers">${icon('users')}${t('staff.answers.see')}</a></p>`
  },

  letter: ({ meeting, letters }, step) => {
    if (letters.length > 0) return letters.map((l) => letterLine(l))
    const ready = held(meeting, new Date())
    return html`
      <p class="quiet">${t(ready ? 'staff.meeting.write_now' : 'staff.meeting.write_later')}</p>
      <p><a class=${step.next ? 'button primary' : 'button'} href="/staff/meetings/${meeting.id}/letter" data-action="write-letter">${icon('pencil')}${t('staff.meeting.write')}</a></p>`
  },
}

/** How those hear of it whose phones don't ring. @param {Group|undefined} group */
const otherwise = (group) => html`
  <p>${t('staff.ring.meeting_rest')}</p>
  ${group ? html`<p><a class="button small" href="/staff/groups/${group.id}/poster">${icon('qr-code')}${t('staff.invite.poster')}</a></p>` : nothing}`

/** @param {Meeting} meeting @param {Group[]} groups @param {boolean} next it is what to do now */
const noQuestion = (meeting, groups, next) => html`
  <p class="quiet">${t('staff.meeting.no_question')}</p>
  ${meeting.cancelled ? nothing : html`<p class="row">
    <a class=${next ? 'button primary' : 'button'} href="/staff/meetings/${meeting.id}/edit#field-question" data-action="choose-question">${t('staff.meeting.choose_question')}</a>
    ${groups[0] ? html`<a class="button plain" href="/staff/groups/${groups[0].id}/wishes">${t('staff.wish.see')}</a>` : nothing}</p>`}`

/** @param {Answers} answers @param {boolean} cancelled the meeting is */
function summary({ accepted, tentative, declined, interpreters }, cancelled) {
  const needed = interpreters.filter((i) => i.families > 0 && !cancelled)
  const open = needed.filter((i) => i.state !== 'booked').length
  const unneeded = interpreters.filter((i) => i.state === 'booked' && !needed.includes(i)).length
  return html`
    <p data-part="summary">${[
      tn('staff.answers.coming', accepted.people), ...(tentative.answers ? [tn('staff.answers.maybe', tentative.people)] : []),
      tn('staff.answers.not_coming', declined.answers),
    ].join(' · ')}</p>
    ${open ? html`<p class="state pending">${icon('languages')}<span>${tn('staff.booking.open', open)}</span></p>` : nothing}
    ${unneeded ? html`<p class="state pending">${icon('calendar-x')}<span>${tn('staff.booking.to_cancel', unneeded)}</span></p>` : nothing}`
}

/** @param {Letter} letter */
const letterLine = (letter) => html`
  <p><a href="/staff/letters/${letter.id}" data-letter=${letter.id} lang="sv" dir="auto">${letter.title || t('staff.letter.untitled')}</a></p>
  ${letter.release
    ? html`<p>${t('staff.letters.goes')} · <a href="/staff/letters/${letter.id}/preview">${t('staff.meeting.see')}</a></p>`
    : isPublic(letter)
    ? html`<p>${t('staff.letters.sent', { Date: formatDate(letter.published, 'date') })} · <a href="/staff/letters/${letter.id}/preview">${t('staff.meeting.see')}</a></p>`
    : html`<p class="quiet">${t('staff.meeting.not_published')}</p>`}`
