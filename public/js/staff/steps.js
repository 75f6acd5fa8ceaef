/**
 * A meeting as a line of steps: planned with its question or its theme, parents
 * invited, their answers, the letter.
 *
 * @import {Letter, Meeting} from './types.js'
 * @import {Template} from '../lib/html.js'
 *
 * @typedef {'planned'|'invite'|'answers'|'letter'} StepName
 * @typedef {{name: StepName, done: boolean, next: boolean}} Step
 */
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { t } from '../i18n/messages.js'
import { parse } from './time.js'

/** @param {Meeting} meeting @param {Date} now */
export const held = (meeting, now) => parse(meeting.starts) <= now

/** Whether parents can read it now. @param {Letter} letter */
export const isPublic = (letter) => letter.number > 0 && !letter.withdrawn

/**
 * @param {Meeting} meeting
 * @param {Letter[]} letters the meeting's
 * @param {Date} now
 * @returns {Step[]} exactly one is next, unless all are done or the meeting is cancelled
 */
export function stepsOf(meeting, letters, now) {
  const over = held(meeting, now)
  const done = {
    planned: (meeting.title || meeting.question).trim() !== '',
    invite: meeting.published !== '',
    answers: meeting.published !== '' && over,
    letter: letters.some(isPublic),
  }
  const names = /** @type {StepName[]} */ (Object.keys(done))
  // What was not done before the meeting can't be done after it.
  const first = meeting.cancelled ? undefined : names.find((name) => !done[name] && (!over || name === 'letter'))
  return names.map((name) => ({ name, done: done[name], next: name === first }))
}

/**
 * The line, with what belongs to each step beside it.
 * @param {Step[]} steps
 * @param {(step: Step) => Template|typeof nothing} content
 */
export const stepLine = (steps, content) => html`
  <ol class="steps">
    ${steps.map((step, i) => html`
      <li class=${step.done ? 'done' : step.next ? 'next' : ''} data-step=${step.name}>
        <span class="mark" aria-hidden="true">${step.done ? icon('check') : i + 1}</span>
        <div class="stack tight">
          <h2>${t(`staff.step.${step.name}`)} <span class="visually-hidden">${t(step.done ? 'staff.step.is_done' : 'staff.step.is_open')}</span></h2>
          ${content(step)}
        </div>
      </li>`)}
  </ol>`

/** The same line in small: four marks and the word of the next step. @param {Step[]} steps @param {Meeting} meeting */
export const stepDots = (steps, meeting) => html`
  <span class="dots" aria-hidden="true">${steps.map((s) => html`<span class=${s.done ? 'dot done' : s.next ? 'dot next' : 'dot'}>${s.done ? icon('check') : nothing}</span>`)}</span>
  <span class="small">${stepWords(steps, meeting)}</span>`

/** @param {Step[]} steps @param {Meeting} meeting */
function stepWords(steps, meeting) {
  if (meeting.cancelled) return html`<span class="state failed">${icon('calendar-x')}${t('staff.step.cancelled')}</span>`
  const next = steps.find((s) => s.next)
  return next ? t(`staff.step.${next.name}_next`) : t('staff.step.all_done')
}
