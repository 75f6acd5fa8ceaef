/**
 * Inviting parents to a meeting, calling it off and deleting it, each after a
 * question that says what parents will see.
 *
 * @import {Group, Meeting, Person} from '../types.js'
 */
import { html, nothing } from '../../lib/html.js'
import { t } from '../../i18n/messages.js'
import * as api from '../api.js'
import { ask, tell } from '../dialog.js'
import { personalLines } from '../personal/view.js'
import { askToRing, atHold } from '../ring/asking.js'
import { askedOf } from './personal.js'
import { deadlineWords, whenWords } from './when.js'

/**
 * @param {Meeting} meeting
 * @param {Group[]} groups whose parents are invited
 * @param {Person} person who invites them
 * @returns {Promise<Meeting|null>} null where she thought better of it
 * @throws {import('../problem.js').Problem} with the fields that are missing
 */
export async function askToInvite(meeting, groups, person) {
  const personal = await askedOf(person, meeting)
  const sure = await askToRing({
    name: 'invite-parents',
    title: t('staff.invitation.title'),
    text: [t('staff.invitation.groups', { Groups: groups.map((g) => g.name).join(', ') }), seen(meeting), ...personalLines(personal), t('staff.invitation.at_once')],
    yes: t('staff.invitation.send'),
    action: 'invite-confirm',
  })
  if (!sure) return null
  tell(t('staff.saving'))
  const published = await api.publishMeeting(meeting.id, meeting.base, sure.hold).catch((error) => {
    tell('')
    throw atHold(error)
  })
  tell(t('staff.invitation.done'))
  return published
}

/** The invitation in short, as parents will have it. @param {Meeting} meeting */
const seen = (meeting) => html`
  <dl class="facts card">
    ${fact(t('staff.booking.when'), whenWords(meeting))}
    ${fact(t('staff.meeting.place'), meeting.place)}
    ${fact(t('staff.plan.theme'), meeting.title)}
    ${fact(t('staff.meeting.held_by'), meeting.heldBy)}
    ${fact(t('staff.question.label'), meeting.question)}
    ${fact(t('staff.meeting.information'), meeting.information)}
    ${fact(t('staff.meeting.contact'), meeting.contact)}
    ${fact(t('staff.meeting.answer_by'), deadlineWords(meeting.answerBy))}
    ${meeting.childcare ? fact(t('staff.meeting.childcare_short'), t('staff.meeting.yes')) : nothing}
  </dl>`

/** @param {string} name @param {string} value */
const fact = (name, value) => value ? html`<div><dt>${name}</dt><dd class="typed" dir="auto">${value}</dd></div>` : nothing

/**
 * @param {Meeting} meeting
 * @returns {Promise<Meeting|null>} null where she thought better of it
 */
export async function askToCancel(meeting) {
  const sure = await ask({
    name: 'cancel-meeting',
    title: t('staff.meeting.cancel_title'),
    text: [t('staff.meeting.cancel_text'), t('staff.meeting.cancel_interpreters')],
    yes: t('staff.meeting.cancel'),
    no: t('staff.meeting.keep'),
    action: 'cancel-confirm',
    danger: true,
  })
  if (!sure) return null
  const cancelled = await api.cancelMeeting(meeting.id, meeting.base)
  tell(t('staff.meeting.cancelled'))
  return cancelled
}

/** @param {Meeting} meeting never published @returns {Promise<boolean>} whether it is gone */
export async function askToDelete(meeting) {
  const sure = await ask({
    name: 'delete-meeting',
    title: t('staff.meeting.delete_title'),
    text: t('staff.meeting.delete_text'),
    yes: t('staff.meeting.delete'),
    action: 'delete',
    danger: true,
  })
  if (!sure) return false
  await api.deleteMeeting(meeting.id)
  tell(t('staff.meeting.deleted'))
  return true
}
