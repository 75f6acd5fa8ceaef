/**
 * One QPM meeting as a line of steps, each with what belongs to it and what to
 * do next.
 *
 * @import {Group, Letter, Meeting} from './types.js'
 * @import {Step} from './steps.js'
 */
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { formatDate, t } from '../i18n/messages.js'
import { navigate } from '../router.js'
import * as api from './api.js'
import { ask, tell } from './dialog.js'
import { Problem } from './problem.js'
import { page } from './shell.js'
import { held, isPublic, stepLine, stepsOf } from './steps.js'

/** @typedef {{meeting: Meeting, groups: Group[], letters: Letter[]}} Shown */

/**
 * @param {HTMLElement} root
 * @param {string} id
 */
export async function view(root, id) {
  root.dataset.view = 'staff-meeting'
  const [meeting, groups, letters] = await Promise.all([api.meeting(id), api.groups(), api.lettersOf(id)])
  const shown = { meeting, groups: groups.filter((g) => meeting.groups.includes(g.id)), letters }
  render(template(shown), root)
}

/** @param {Shown} shown */
const template = (shown) => page({
  title: t('staff.meeting.title', { Date: formatDate(shown.meeting.starts, 'date') }),
  under: shown.groups.map((g) => g.name).join(' · '),
  up: { href: shown.groups[0] ? `/staff/groups/${shown.groups[0].id}` : '/staff', label: shown.groups[0]?.name ?? t('staff.home.title') },
  body: html`
    ${stepLine(stepsOf(shown.meeting, shown.letters), (step) => content[step.name](shown, step))}
    ${shown.letters.length === 0 ? html`<p><button type="button" class="button danger" data-action="delete-meeting" @click=${() => drop(shown)}>${icon('trash-2')}${t('staff.meeting.delete')}</button></p>` : nothing}`,
})

/** @type {Record<string, (shown: Shown, step: Step) => any>} */
const content = {
  planned: ({ meeting }) => html`
    <p>${formatDate(meeting.starts, 'datetime')}${meeting.ends ? `–${formatDate(meeting.ends, 'time')}` : ''}${meeting.place ? html`<br><span lang="sv" dir="auto">${meeting.place}</span>` : nothing}</p>
    ${meeting.information ? html`<p class="typed" lang="sv" dir="auto">${meeting.information}</p>` : nothing}
    <p><a href="/staff/meetings/${meeting.id}/edit" data-action="edit-meeting">${t('staff.meeting.edit')}</a></p>`,

  question: ({ meeting }, step) => step.done
    ? html`<p class="asked" lang="sv" dir="auto">${meeting.question}</p>`
    : html`<p class="quiet">${t('staff.meeting.no_question')}</p>
      <p><a class="button primary" href="/staff/meetings/${meeting.id}/edit#field-question">${t('staff.meeting.choose_question')}</a></p>`,

  letter: ({ meeting, letters }) => {
    if (letters.length > 0) return letters.map((l) => html`<p><a href="/staff/letters/${l.id}" data-letter=${l.id} lang="sv" dir="auto">${l.title || t('staff.letter.untitled')}</a></p>`)
    const ready = held(meeting, new Date())
    return html`
      <p class="quiet">${t(ready ? 'staff.meeting.write_now' : 'staff.meeting.write_later')}</p>
      <p><a class=${ready ? 'button primary' : 'button'} href="/staff/meetings/${meeting.id}/letter" data-action="write-letter">${icon('pencil')}${t('staff.meeting.write')}</a></p>`
  },

  published: ({ letters }) => {
    const published = letters.filter(isPublic)
    if (published.length === 0) return html`<p class="quiet">${t('staff.meeting.not_published')}</p>`
    return published.map((l) => html`<p>${t('staff.letters.sent', { Date: formatDate(l.published, 'date') })} · <a href="/staff/letters/${l.id}/preview">${t('staff.meeting.see')}</a></p>`)
  },
}

/** @param {Shown} shown */
async function drop({ meeting, groups }) {
  const sure = await ask({
    name: 'delete-meeting',
    title: t('staff.meeting.delete_title'),
    text: t('staff.meeting.delete_text'),
    yes: t('staff.meeting.delete'),
    action: 'delete',
    danger: true,
  })
  if (!sure) return
  try {
    await api.deleteMeeting(meeting.id)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return tell(error.message)
  }
  tell(t('staff.meeting.deleted'))
  navigate(groups[0] ? `/staff/groups/${groups[0].id}` : '/staff')
}
