/**
 * A meeting as a line of steps: planned, its question, parents invited, held,
 * the letter written, translated, published, and whom it reached. Each may be
 * left out; what is done is read from the records, so that the line is the
 * same on every device.
 *
 * @import {Letter, Meeting} from './types.js'
 * @import {Template} from '../lib/html.js'
 *
 * @typedef {'plan'|'question'|'invite'|'hold'|'letter'|'translate'|'publish'|'reach'} StepName
 * @typedef {{name: StepName, done: boolean, next: boolean}} Step
 */
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { t } from '../i18n/messages.js'
import { parse } from './time.js'

/** For so long after it went out staff are asked to look whom the letter reached, in milliseconds. */
const FOLLOWED = 7 * 24 * 3_600_000

/** What can't be done any more once the meeting has begun. @type {StepName[]} */
const BEFORE = ['plan', 'question', 'invite', 'hold']

/** @param {Meeting} meeting @param {Date} now */
export const held = (meeting, now) => parse(meeting.starts) <= now

/** Whether parents can read it now. @param {Letter} letter */
export const isPublic = (letter) => letter.number > 0 && !letter.withdrawn

/** Whether it was reached for long enough that nobody needs to look. @param {Letter} letter @param {Date} now */
const isFollowed = (letter, now) => isPublic(letter) && now.getTime() - parse(letter.published).getTime() >= FOLLOWED

/**
 * @param {Meeting} meeting
 * @param {Letter[]} letters the meeting's
 * @param {Date} now
 * @param {{translated?: boolean}} [known] of the letter: whether each language that is read has it; where it isn't said a
 *   letter that is out counts as translated
 * @returns {Step[]} exactly one is next, unless all are done or the meeting is cancelled; others translate, so that is never hers
 */
export function stepsOf(meeting, letters, now, { translated } = {}) {
  const over = held(meeting, now)
  const out = letters.some(isPublic)
  /** @type {Record<StepName, boolean>} */
  const done = {
    plan: meeting.place.trim() !== '',
    question: (meeting.title || meeting.question).trim() !== '',
    invite: meeting.published !== '',
    hold: over && !meeting.cancelled,
    letter: letters.length > 0,
    translate: translated ?? out,
    publish: out,
    reach: letters.some((l) => isFollowed(l, now)),
  }
  const names = /** @type {StepName[]} */ (Object.keys(done))
  const open = names.filter((name) => !done[name] && name !== 'translate' && !(over && BEFORE.includes(name)))
  return names.map((name) => ({ name, done: done[name], next: !meeting.cancelled && name === open[0] }))
}

/**
 * The line, with what belongs to each step beside it.
 * @param {Step[]} steps
 * @param {(step: Step) => Template|typeof nothing} content
 * @param {(step: Step) => string} [titleOf]
 */
export const stepLine = (steps, content, titleOf = ({ name }) => t(`staff.step.${name}`)) => html`
  <ol class="steps">
    ${steps.map((step, i) => html`
      <li class=${step.done ? 'done' : step.next ? 'next' : ''} data-step=${step.name} aria-current=${step.next ? 'step' : nothing}>
        <span class="mark" aria-hidden="true">${step.done ? icon('check') : i + 1}</span>
        <div class="stack tight">
          <h2>${titleOf(step)} <span class="visually-hidden">${t(step.done ? 'staff.step.is_done' : 'staff.step.is_open')}</span></h2>
          ${content(step)}
        </div>
      </li>`)}
  </ol>`

/** The same line in small: a mark for each and the word of the next step. @param {Step[]} steps @param {Meeting} meeting */
export const stepDots = (steps, meeting) => html`
  <span class="dots" aria-hidden="true">${steps.map((s) => html`<span class=${s.done ? 'dot done' : s.next ? 'dot next' : 'dot'}>${s.done ? icon('check') : nothing}</span>`)}</span>
  <span class="small">${stepWords(steps, meeting)}</span>`

/** @param {Step[]} steps @param {Meeting} meeting */
function stepWords(steps, meeting) {
  if (meeting.cancelled) return html`<span class="state failed">${icon('calendar-x')}${t('staff.step.cancelled')}</span>`
  const next = steps.find((s) => s.next)
  return next ? t(`staff.step.${next.name}_next`) : t('staff.step.all_done')
}
