/**
 * What belongs to each step of a meeting: how it stands, and what to do.
 *
 * @import {Answers, Group, Letter, Meeting} from '../types.js'
 * @import {Step, StepName} from '../steps.js'
 * @import {Acts, Shown} from './view.js'
 * @import {Template} from '../../lib/html.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatDate, t, tn } from '../../i18n/messages.js'
import { meterPart } from '../letter/meter.js'
import { ringingPart } from '../ring/counts.js'
import { held, isPublic } from '../steps.js'
import { parse } from '../time.js'
import { deadlineWords, whenWords } from './when.js'

/** @typedef {(shown: Shown, step: Step, acts: Acts) => Template|typeof nothing} Content */

/** @param {Meeting} meeting */
export const isOver = ({ starts, ends }) => parse(ends || starts) <= new Date()

/** What a step is called: a thematic meeting has a theme where another has its question. @param {Step} step @param {Meeting} meeting */
export const titleOf = ({ name }, { kind }) => t(name === 'question' && kind === 'thematic' ? 'staff.plan.theme' : `staff.step.${name}`)

/** @param {Step} step @param {string} more */
const look = (step, more = '') => `button ${step.next ? 'primary' : ''} ${more}`.trim()

/** @type {Record<StepName, Content>} */
export const content = {
  plan: ({ meeting }) => html`
    <p>${whenWords(meeting)}${meeting.place ? html`<br><span lang="sv" dir="auto">${meeting.place}</span>` : nothing}</p>
    ${meeting.heldBy ? html`<p>${t('staff.meeting.held_by')}: <bdi lang="sv">${meeting.heldBy}</bdi></p>` : nothing}
    ${meeting.childcare ? html`<p>${icon('baby')} ${t('staff.meeting.childcare_short')}</p>` : nothing}
    ${meeting.information ? html`<p class="typed" lang="sv" dir="auto">${meeting.information}</p>` : nothing}
    ${meeting.cancelled ? nothing : html`<p><a href="/staff/meetings/${meeting.id}/edit" data-action="edit-meeting">${t('staff.meeting.edit')}</a></p>`}`,

  question: ({ meeting, groups }, step) => html`
    ${meeting.title ? html`<p><strong lang="sv" dir="auto">${meeting.title}</strong></p>
      <p class="quiet" data-part="theme">${t('staff.meeting.theme_says')} <a href="/staff/themes">${t('staff.theme.list')}</a></p>` : nothing}
    ${meeting.question ? html`<p class="asked" lang="sv" dir="auto">${meeting.question}</p>` : meeting.kind === 'thematic' ? nothing : noQuestion(meeting, groups, step)}`,

  invite: (shown, step, { invite }) => {
    const { meeting, answers, busy } = shown
    if (meeting.published) return invited(shown, answers)
    if (held(meeting, new Date())) return html`<p class="quiet">${t('staff.invitation.never')}</p>`
    return html`
      <p class="quiet">${t('staff.invitation.explain')}</p>
      <p><button type="button" class=${look(step)} data-action="invite-parents" aria-disabled=${busy} @click=${invite}>${icon('send')}${t('staff.invitation.send')}</button></p>`
  },

  hold: ({ meeting, notes }, step) => (meeting.cancelled ? nothing : html`
    <p class="quiet">${t('staff.hold.what')}</p>
    <p class="row">
      ${meeting.question || meeting.title ? html`<a class=${look(step)} href="/staff/meetings/${meeting.id}/hold" data-action="hold">${icon('quote')}${t('staff.hold.show')}</a>` : nothing}
      ${notes ? html`<a class="button" href="/staff/meetings/${meeting.id}/notes" data-action="notes">${icon('pencil')}${t('staff.notes.title')}</a>` : nothing}</p>`),

  letter: ({ meeting, letters }, step) => {
    if (letters.length > 0) return html`${letters.map((l) => html`<p><a href="/staff/letters/${l.id}" data-letter=${l.id} lang="sv" dir="auto">${l.title || t('staff.letter.untitled')}</a></p>`)}`
    const ready = held(meeting, new Date())
    return html`
      <p class="quiet">${t(ready ? 'staff.meeting.write_now' : 'staff.meeting.write_later')}</p>
      <p><a class=${look(step)} href="/staff/meetings/${meeting.id}/letter" data-action="write-letter">${icon('pencil')}${t('staff.meeting.write')}</a></p>`
  },

  translate: ({ letters, meter }) => html`
    <p class="quiet">${t(letters.length ? 'staff.step.translate_letter' : 'staff.step.translate_meeting')}</p>
    ${meter.counts.length ? html`<div class="stack tight" data-part="readiness"><h3 class="label small">${t('staff.letter.languages')}</h3>${meterPart(meter)}</div>` : nothing}`,

  publish: ({ letters }, step) => (letters.length === 0
    ? html`<p class="quiet">${t('staff.step.publish_later')}</p>`
    : html`${letters.map((l) => publication(l, step))}`),

  reach: ({ letters }, step) => {
    const out = letters.filter(isPublic)
    return out.length === 0 ? html`<p class="quiet">${t('staff.step.reach_later')}</p>` : html`
      <p class="quiet">${t('staff.step.reach_what')}</p>
      ${out.map((l) => html`<p><a class=${look(step)} href="/staff/letters/${l.id}/reach" data-action="reach">${icon('users')}${t('staff.step.reach_next')}</a></p>`)}`
  },
}

/** What became of the invitation. @param {Shown} shown @param {Answers|null} answers */
const invited = ({ meeting, groups, ringing }, answers) => html`
  <p>${t('staff.invitation.sent', { Date: formatDate(meeting.published, 'date') })}</p>
  ${meeting.cancelled || isOver(meeting) ? nothing : html`<p class="quiet">${t('staff.invitation.live')}</p>`}
  ${answers ? summary(answers, meeting.cancelled !== '') : nothing}
  ${meeting.answerBy && !meeting.cancelled && !held(meeting, new Date()) ? html`<p class="quiet">${t('staff.answers.until', { Date: deadlineWords(meeting.answerBy) })}</p>` : nothing}
  <p><a class="button" href="/staff/meetings/${meeting.id}/answers" data-action="answers">${icon('users')}${t('staff.answers.see')}</a></p>
  ${isOver(meeting) ? nothing : ringingPart(ringing, otherwise(groups[0]))}`

/** How those hear of it whose phones don't ring. @param {Group|undefined} group */
const otherwise = (group) => html`
  <p>${t('staff.ring.meeting_rest')}</p>
  ${group ? html`<p><a class="button small" href="/staff/poster/${group.id}">${icon('qr-code')}${t('staff.invite.poster')}</a></p>` : nothing}`

/** @param {Meeting} meeting @param {Group[]} groups @param {Step} step */
const noQuestion = (meeting, groups, step) => html`
  <p class="quiet">${t('staff.meeting.no_question')}</p>
  ${meeting.cancelled ? nothing : html`<p class="row">
    <a class=${look(step)} href="/staff/meetings/${meeting.id}/edit#field-question" data-action="choose-question">${t('staff.meeting.choose_question')}</a>
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

/** How far a letter has come on its way out. @param {Letter} letter @param {Step} step */
function publication(letter, step) {
  const preview = `/staff/letters/${letter.id}/preview`
  if (letter.release) return html`<p>${t('staff.letters.goes')} · <a href=${preview}>${t('staff.meeting.see')}</a></p>`
  if (isPublic(letter)) return html`<p>${t('staff.letters.sent', { Date: formatDate(letter.published, 'date') })} · <a href=${preview}>${t('staff.meeting.see')}</a></p>`
  return html`<p class="quiet">${t('staff.meeting.not_published')}</p>
    <p><a class=${look(step)} href=${preview} data-action="to-publish">${icon('eye')}${t('staff.step.publish_look')}</a></p>`
}
