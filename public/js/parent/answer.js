/**
 * The answer to an invitation: yes, no or perhaps with one tap, and then who
 * comes and what is needed. Every tap is kept at once; nothing waits for a
 * button that somebody may forget.
 *
 * @import {AnswerBody, OwnAnswer} from '../data/types.js'
 * @import {Meeting} from '../data/meetings.js'
 */
import { answer, ownAnswer, takeBack } from '../data/own.js'
import { isLate, isOver } from '../data/meetings.js'
import { formatDate, t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { live } from '../lib/live.js'
import { bookingLine, interpreterFields } from './interpreter.js'
import { refusal, stageLine } from './sending.js'
import { stepper } from './stepper.js'
import { worry } from './worry.js'

/** How many may come with one answer, and how many children may need care. */
const MOST = { people: 20, children: 9 }
const NOTE = 500
/** Quiet time in ms after which what is being typed is kept, as staff's text is. */
const PAUSE = 1200

/** @type {{status: 'accepted' | 'declined' | 'tentative', sign: string}[]} */
export const CHOICES = [
  { status: 'accepted', sign: 'check' },
  { status: 'declined', sign: 'x' },
  { status: 'tentative', sign: 'circle-help' },
]

/**
 * @typedef {object} Answering what is not yet in the phone's database
 * @property {AnswerBody | null} body while it is written
 * @property {string | null} note while it is typed
 * @property {boolean} asking for an interpreter, though in no language yet
 * @property {string | null} words a language while it is typed
 */

/** @returns {Answering} */
export const freshAnswering = () => ({ body: null, note: null, asking: false, words: null })

/** @type {AnswerBody} */
const NOTHING = { status: 'none', count: 1, childcare: 0, interpreter: null, note: '' }

/**
 * What is answered now. Only what is on the phone's disk is shown as given.
 * @param {Meeting} meeting
 * @returns {AnswerBody}
 */
export function given(meeting) {
  if (!meeting.answer || meeting.answer.status === 'none') return NOTHING
  const { status, count, childcare, interpreter, note } = meeting.answer
  return { status, count, childcare, interpreter, note }
}

/**
 * Keeps a changed answer.
 * @param {Meeting} meeting
 * @param {Answering} state
 * @param {() => Promise<void>} redraw
 * @param {(body: AnswerBody) => Partial<AnswerBody>} change of the answer, with what was tapped a moment ago
 */
export async function keep(meeting, state, redraw, change) {
  const before = state.body ?? given(meeting)
  const body = { ...before, ...change(before) }
  if (body.status === 'declined') Object.assign(body, { count: 0, childcare: 0, interpreter: null })
  else if (body.count < 1) body.count = 1
  // The next tap may come before this one is written.
  state.body = body
  await answer(meeting.id, body)
  // A tap that comes before the next drawing is handled by this one, which knows only the answer of before.
  await redraw()
  if (state.body !== body) return
  state.body = null
  await redraw()
}

/**
 * The whole section of a meeting's page.
 * @param {Meeting} meeting
 * @param {Answering} state
 * @param {() => Promise<void>} redraw
 */
export function answerSection(meeting, state, redraw) {
  const body = given(meeting)
  if (meeting.cancelled || isOver(meeting)) return closed(meeting, body)
  const answered = body.status !== 'none'
  return html`<section class="card stack answer" aria-labelledby="answer">
    <h2 id="answer">${t(answered ? 'answer.yours' : 'answer.coming')}</h2>
    ${deadline(meeting, answered)}
    ${choices(body, (status) => keep(meeting, state, redraw, () => ({ status })))}
    ${meeting.answer ? stage(meeting.answer) : nothing}
    ${body.status === 'accepted' || body.status === 'tentative' ? details(meeting, body, state, redraw) : nothing}
    ${answered ? note(meeting, body, state, redraw) : nothing}
    ${answered ? html`<button type="button" class="button plain" data-action="take-back" @click=${() => undo(meeting, state, redraw)}
      >${icon('undo-2')}<span>${t('answer.take_back')}</span></button>` : nothing}
  </section>`
}

/**
 * The large buttons.
 * @param {AnswerBody} body
 * @param {(status: AnswerBody['status']) => void} choose
 * @param {typeof CHOICES} [offered]
 */
export function choices(body, choose, offered = CHOICES) {
  return html`<div class="choices" role="group" aria-label=${t('answer.coming')}>${offered.map(({ status, sign }) => html`<button type="button"
    class="button" data-status=${status} aria-pressed=${body.status === status ? 'true' : 'false'}
    @click=${() => { if (body.status !== status) choose(status) }}>${icon(sign)}<span>${t(`answer.${status}`)}</span></button>`)}</div>`
}

/**
 * When it must be answered; after that day, that it is late, before anybody taps.
 * @param {Meeting} meeting
 * @param {boolean} answered
 */
function deadline(meeting, answered) {
  if (isLate(meeting)) {
    return html`<div class="notice late small" data-late>${icon('hourglass')}<p>${meeting.answerBy
      ? t('answer.too_late', { Date: formatDate(meeting.answerBy, 'weekday') }) : t('answer.begun')}</p></div>`
  }
  if (!meeting.answerBy || answered) return nothing
  return html`<p class="fact">${icon('hourglass')}<span>${t('answer.by', { Date: formatDate(meeting.answerBy, 'weekday') })}</span></p>`
}

/**
 * How far the answer has come, and what happens next.
 * @param {OwnAnswer} own
 * @param {boolean} [closed] the meeting takes no answers any more
 */
function stage({ op, state, status, message }, closed = false) {
  if (state === 'refused') return refusal(op, message, closed)
  if (status === 'none') return stageLine(state, t(state === 'pending' ? 'answer.back_pending' : 'answer.back_applied'))
  return stageLine(state, state === 'late' && message ? message : t(`answer.next_${state}`))
}

/**
 * @param {Meeting} meeting
 * @param {AnswerBody} body
 * @param {Answering} state
 * @param {() => Promise<void>} redraw
 */
function details(meeting, body, state, redraw) {
  /** @param {(body: AnswerBody) => Partial<AnswerBody>} change */
  const set = (change) => keep(meeting, state, redraw, change)
  return html`<div class="stack loose details">
    ${stepper({ name: 'count', label: t('answer.count'), hint: t('answer.count_hint'), value: body.count, least: 1, most: MOST.people,
      step: (by) => set(({ count }) => ({ count: within(1, count + by, MOST.people) })) })}
    ${meeting.childcare ? stepper({ name: 'childcare', label: t('answer.childcare'), hint: t('answer.childcare_hint'), value: body.childcare, least: 0,
      most: MOST.children, step: (by) => set(({ childcare }) => ({ childcare: within(0, childcare + by, MOST.children) })) }) : nothing}
    <div class="stack">${interpreterFields({ wanted: body.interpreter, state, redraw, set: (interpreter) => set(() => ({ interpreter })) })}
      ${meeting.answer?.interpreter && body.interpreter ? bookingLine(meeting.answer) : nothing}</div>
  </div>`
}

/** @param {number} least @param {number} value @param {number} most */
const within = (least, value, most) => Math.min(Math.max(least, value), most)

/**
 * @param {Meeting} meeting
 * @param {AnswerBody} body
 * @param {Answering} state
 * @param {() => Promise<void>} redraw
 */
function note(meeting, body, state, redraw) {
  /** @param {Event} event */
  const typed = (event) => {
    state.note = /** @type {HTMLTextAreaElement} */ (event.target).value
    writing = () => keepNote(meeting, state, redraw)
    clearTimeout(pause)
    pause = setTimeout(stopWriting, PAUSE)
  }
  const done = async () => {
    const typed = state.note
    writing = () => keepNote(meeting, state, redraw)
    await stopWriting()
    if (state.note === typed) state.note = null
  }
  return html`<div class="field">
    <label for="note">${t('answer.note')}</label>
    <textarea id="note" rows="2" dir="auto" maxlength=${NOTE} aria-describedby="note-hint note-worry" .value=${live(state.note ?? body.note)}
      @input=${typed} @change=${done}></textarea>
    <span class="hint" id="note-hint">${t('answer.note_hint')}</span>
    ${worry('note-worry')}
  </div>`
}

/**
 * Keeps what has been typed. The field goes on showing it as it was typed, with the space before the next word.
 * @param {Meeting} meeting
 * @param {Answering} state
 * @param {() => Promise<void>} redraw
 */
async function keepNote(meeting, state, redraw) {
  // Something else may have been tapped since the field was drawn.
  const [note, now] = [state.note?.trim(), await ownAnswer(meeting.id)]
  if (note === undefined || !now || note === (state.body ?? now).note) return
  await keep({ ...meeting, answer: now }, state, redraw, () => ({ note }))
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause
/** What is being written and is not kept yet. */
let writing = async () => {}

/** Keeps at once what is being written. */
async function stopWriting() {
  clearTimeout(pause)
  const write = writing
  writing = async () => {}
  await write()
}

// Whoever puts the phone away in the middle of a sentence may not come back to it.
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') stopWriting() })

/**
 * @param {Meeting} meeting
 * @param {Answering} state
 * @param {() => Promise<void>} redraw
 */
async function undo(meeting, state, redraw) {
  Object.assign(state, freshAnswering())
  await takeBack(meeting.id)
  await redraw()
  document.querySelector('#answer')?.scrollIntoView({ block: 'nearest' })
}

/**
 * What was answered to a meeting that is over or cancelled.
 * @param {Meeting} meeting
 * @param {AnswerBody} body
 */
function closed(meeting, body) {
  if (body.status === 'none') return nothing
  return html`<section class="card stack tight answer" aria-labelledby="answer">
    <h2 id="answer">${t('answer.yours')}</h2>
    <p data-status=${body.status}>${t(`answer.said_${body.status}`)}</p>
    ${meeting.answer?.state === 'pending' || meeting.answer?.state === 'refused' ? stage(meeting.answer, true) : nothing}
  </section>`
}
