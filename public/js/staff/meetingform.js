/**
 * Planning and changing a QPM meeting.
 *
 * @import {Fields, Group, Meeting, Person} from './types.js'
 */
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { t } from '../i18n/messages.js'
import { navigate, onLeave } from '../router.js'
import * as api from './api.js'
import { tell } from './dialog.js'
import { draftsOf } from './drafts.js'
import { errorLine, field, tie } from './field.js'
import { groupChoice } from './groupchoice.js'
import { LIMITS } from './letter/blocks.js'
import { Problem } from './problem.js'
import { advice } from './question.js'
import { page } from './shell.js'
import { local, parse, stored } from './time.js'

/** What is in the form. @typedef {{groups: string[], date: string, from: string, to: string, place: string, information: string, question: string}} Input */
/** @typedef {{unit: string, choices: Group[], input: Input, fields: Fields, error: string, busy: boolean, restored: boolean, up: {href: string, label: string}}} State */

const INFORMATION = 5000

/**
 * @param {HTMLElement} root
 * @param {string} id the group's
 * @param {Person} person
 */
export async function newView(root, id, person) {
  root.dataset.view = 'staff-meeting-new'
  const groups = await api.groups()
  const group = groups.find((g) => g.id === id)
  if (!group) throw new Problem(404, '', t('staff.problem.not_found'))
  const input = { groups: [id], date: '', from: '17:30', to: '19:00', place: '', information: '', question: '' }
  const up = { href: `/staff/groups/${id}`, label: group.name }
  const kept = keeper(person, `meeting/new/${id}`)
  await form(root, t('staff.meeting.new'), { unit: group.unit, choices: groups, input, up }, kept, (body) =>
    api.createMeeting({ ...body, kind: 'qpm', unit: group.unit }))
}

/**
 * @param {HTMLElement} root
 * @param {string} id
 * @param {Person} person
 */
export async function editView(root, id, person) {
  root.dataset.view = 'staff-meeting-edit'
  const [meeting, groups] = await Promise.all([api.meeting(id), api.groups()])
  const starts = local(parse(meeting.starts))
  const to = meeting.ends ? local(parse(meeting.ends)).clock : ''
  const { place, information, question } = meeting
  const input = { groups: meeting.groups, date: starts.date, from: starts.clock, to, place, information, question }
  const up = { href: `/staff/meetings/${id}`, label: t('staff.meeting.back') }
  const kept = keeper(person, `meeting/${id}`)
  await form(root, t('staff.meeting.edit'), { unit: meeting.unit, choices: groups, input, up }, kept, (body) => api.updateMeeting(id, body))
  document.getElementById(location.hash.slice(1))?.scrollIntoView()
}

/**
 * @param {HTMLElement} root
 * @param {string} title
 * @param {Pick<State, 'unit'|'choices'|'input'|'up'>} given
 * @param {ReturnType<typeof keeper>} kept
 * @param {(body: Partial<Meeting>) => Promise<Meeting>} save
 */
async function form(root, title, given, kept, save) {
  const before = await kept.get()
  const choices = given.choices.filter((g) => g.unit === given.unit)
  /** @type {State} */
  const state = { ...given, choices, input: before ?? given.input, restored: before !== undefined, fields: {}, error: '', busy: false }
  const draw = () => render(template(title, state, change, submit, startOver), root)
  const release = onLeave(kept.pending)

  /** @param {Partial<Input>} part */
  function change(part) {
    state.input = { ...state.input, ...part }
    kept.keep(state.input)
    draw()
  }

  /** Without what was kept. */
  async function startOver() {
    await kept.forget()
    Object.assign(state, { input: given.input, restored: false, fields: {}, error: '' })
    draw()
  }

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault()
    if (state.busy) return
    state.fields = faults(state.input)
    state.error = Object.keys(state.fields).length ? t('staff.problem.input') : ''
    state.busy = !state.error
    draw()
    if (state.error) return focusFault(root)
    try {
      const saved = await save(bodyOf(state.input))
      await kept.forget()
      release()
      tell(t('staff.meeting.saved'))
      navigate(`/staff/meetings/${saved.id}`, { replace: true })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      Object.assign(state, { busy: false, error: error.message, fields: error.fields })
      draw()
      focusFault(root)
    }
  }
  draw()
}

/** Her input on this computer, until it is saved. @param {Person} person @param {string} id */
function keeper(person, id) {
  const drafts = draftsOf(person.id)
  return {
    pending: () => drafts.pending,
    /** @returns {Promise<Input|undefined>} */
    get: async () => (await drafts.get(id))?.input,
    keep: (/** @type {Input} */ input) => drafts.keep({ id, input }),
    forget: () => drafts.forget(id),
  }
}

/** @param {HTMLElement} root */
const focusFault = (root) => /** @type {HTMLElement|null} */ (root.querySelector('[aria-invalid="true"]'))?.focus()

/** @param {Input} input @returns {Fields} */
function faults(input) {
  const said = (/** @type {string} */ id) => ({ code: id, message: t(id) })
  return {
    ...(input.groups.length === 0 && { groups: said('staff.meeting.need_group') }),
    ...(!input.date && { date: said('staff.meeting.need_date') }),
    ...(!input.from && { from: said('staff.meeting.need_time') }),
    ...(input.from && input.to && input.to <= input.from && { to: said('staff.meeting.ends_before') }),
    ...(input.question.length > LIMITS.question && { question: said('staff.meeting.long_question') }),
  }
}

/** @param {Input} input @returns {Partial<Meeting>} */
const bodyOf = ({ groups, date, from, to, place, information, question }) => ({
  groups, starts: stored(date, from), ends: to ? stored(date, to) : '',
  place: place.trim(), information: information.trim(), question: question.trim(),
})

/**
 * @param {string} title
 * @param {State} state
 * @param {(part: Partial<Input>) => void} change
 * @param {(event: SubmitEvent) => void} submit
 * @param {() => void} startOver
 */
const template = (title, { choices, input, fields, error, busy, restored, up }, change, submit, startOver) => page({
  title, up,
  body: html`
    <form class="stack loose narrow" novalidate @submit=${submit} data-form="meeting">
      ${error ? html`<p class="notice bad" role="alert">${icon('triangle-alert')}<span>${error}</span></p>` : nothing}
      ${restored ? html`<div class="notice late">${icon('info')}<div class="stack tight"><p>${t('staff.meeting.restored')}</p>
        <div><button type="button" class="button small" data-action="start-over" @click=${startOver}>${t('staff.meeting.start_over')}</button></div></div></div>` : nothing}
      ${groupChoice(choices, input.groups, fields.groups?.message ?? fields.unit?.message, (groups) => change({ groups }))}
      <div class="row fields">
        ${field({ name: 'date', label: t('staff.meeting.date'), type: 'date', value: input.date, required: true, error: fields.date?.message ?? fields.starts?.message, input: (date) => change({ date }) })}
        ${field({ name: 'from', label: t('staff.meeting.from'), type: 'time', value: input.from, required: true, error: fields.from?.message, input: (from) => change({ from }) })}
        ${field({ name: 'to', label: t('staff.meeting.to'), type: 'time', value: input.to, error: fields.to?.message ?? fields.ends?.message, input: (to) => change({ to }) })}
      </div>
      ${field({ name: 'place', label: t('staff.meeting.place'), value: input.place, lang: 'sv', max: 200, error: fields.place?.message, input: (place) => change({ place }) })}
      ${field({ name: 'information', label: t('staff.meeting.information'), hint: t('staff.meeting.information_hint'), value: input.information, lang: 'sv', long: true, max: INFORMATION, error: fields.information?.message, input: (information) => change({ information }) })}
      ${questionField(input.question, fields.question?.message, (question) => change({ question }))}
      <button class="button primary" data-action="save-meeting" aria-disabled=${busy}>${busy ? t('staff.saving') : t('staff.meeting.save')}</button>
    </form>`,
})

/**
 * @param {string} value
 * @param {string|undefined} error
 * @param {(question: string) => void} input
 */
function questionField(value, error, input) {
  const tied = tie('question', { hint: 'yes', error })
  const better = advice(value)
  return html`
    <div class="field">
      <label for=${tied.id}>${t('staff.question.label')}</label>
      <p class="hint" id="question-hint">${t('staff.question.help')}</p>
      <textarea id=${tied.id} name="question" rows="2" lang="sv" dir="auto" aria-describedby=${tied.by} aria-invalid=${tied.invalid}
        .value=${value} @input=${(/** @type {Event} */ e) => input(/** @type {HTMLTextAreaElement} */ (e.target).value)}></textarea>
      ${better ? html`<p class="hint advice" role="status">${icon('info')}<span>${t(better)}</span></p>` : nothing}
      ${errorLine('question', error)}
    </div>`
}
