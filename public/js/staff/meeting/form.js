/**
 * Planning and changing a QPM meeting.
 *
 * @import {Fields, Group, Meeting, Person, Wish} from '../types.js'
 * @import {Input} from './input.js'
 * @import {Difference} from './merge.js'
 */
import { render } from '../../lib/html.js'
import { t } from '../../i18n/messages.js'
import { navigate, onLeave } from '../../router.js'
import * as api from '../api.js'
import { tell } from '../dialog.js'
import { draftsOf } from '../drafts.js'
import { newID } from '../letter/blocks.js'
import { Problem } from '../problem.js'
import { local } from '../time.js'
import { findWish } from '../wishes/find.js'
import { moved } from './deadlines.js'
import { template } from './fields.js'
import { bodyOf, empty, faults, inputOf } from './input.js'
import { merge, sameInput } from './merge.js'

/**
 * @typedef {object} State
 * @property {string} title
 * @property {{href: string, label: string}} up
 * @property {Group[]} choices
 * @property {Meeting|null} meeting as the server last gave it; null before the first save
 * @property {Input} input
 * @property {Wish|null} wish the parents' wish that the question comes from
 * @property {Difference[]} differences to what somebody else saved meanwhile
 * @property {string} theirTime when the other saved
 * @property {Fields} fields
 * @property {string} error
 * @property {boolean} busy
 * @property {boolean} restored the input is from last time
 *
 * @typedef {object} Acts
 * @property {(part: Partial<Input>) => void} change
 * @property {(event: SubmitEvent) => void} submit
 * @property {() => void} startOver
 *
 * @typedef {{id: string, input: Input, before?: Meeting|null, wish?: Wish|null}} Kept before: the record it started from
 */

/**
 * @param {HTMLElement} root
 * @param {string} id the group's
 * @param {Person} person
 */
export async function newView(root, id, person) {
  root.dataset.view = 'staff-meeting-new'
  const [groups, wish] = await Promise.all([api.groups(), wishOf([id])])
  const group = groups.find((g) => g.id === id)
  if (!group) throw new Problem(404, '', t('staff.problem.not_found'))
  const fresh = newID()
  await form(root, person, `meeting/new/${id}`, {
    title: t('staff.meeting.new'), up: { href: `/staff/groups/${id}`, label: group.name },
    choices: groups.filter((g) => g.unit === group.unit), meeting: null, input: empty(id), wish,
  }, (body) => create({ ...body, id: fresh, kind: 'qpm', unit: group.unit, base: 0 }))
}

/** A creation whose answer was lost on the way is found again, not doubled. @param {Partial<Meeting>} body @returns {Promise<Meeting>} */
async function create(body) {
  try {
    return await api.createMeeting(body)
  } catch (error) {
    if (!(error instanceof Problem) || !error.fields.id || !body.id) throw error
    const { base } = await api.meeting(body.id)
    return api.updateMeeting(body.id, { ...body, base })
  }
}

/**
 * @param {HTMLElement} root
 * @param {string} id
 * @param {Person} person
 */
export async function editView(root, id, person) {
  root.dataset.view = 'staff-meeting-edit'
  const [meeting, groups] = await Promise.all([api.meeting(id), api.groups()])
  await form(root, person, `meeting/${id}`, {
    title: t('staff.meeting.edit'), up: { href: `/staff/meetings/${id}`, label: t('staff.meeting.back') },
    choices: groups.filter((g) => g.unit === meeting.unit), meeting, input: inputOf(meeting), wish: await wishOf(meeting.groups),
  }, (body, base) => api.updateMeeting(id, { ...body, base }))
  document.getElementById(location.hash.slice(1))?.scrollIntoView()
}

/** The wish that the address names (?wish=…), of one of the groups. @param {string[]} groups */
const wishOf = (groups) => findWish(groups, new URLSearchParams(location.search).get('wish') ?? '')

/**
 * @param {HTMLElement} root
 * @param {Person} person
 * @param {string} id of what she typed, on this computer
 * @param {Pick<State, 'title'|'up'|'choices'|'meeting'|'input'|'wish'>} given
 * @param {(body: Partial<Meeting>, base: number) => Promise<Meeting>} save
 */
async function form(root, person, id, given, save) {
  const drafts = draftsOf(person.id)
  /** @type {State} */
  const state = { ...begun(given), differences: [], theirTime: '', fields: {}, error: '', busy: false, restored: false }
  restore(state, await drafts.get(id))
  const draw = () => render(template(state, acts), root)
  const release = onLeave(() => drafts.pending)
  const keep = () => drafts.keep(/** @type {Kept} */ ({ id, input: state.input, before: state.meeting, wish: state.wish }))

  /** @type {Acts} */
  const acts = {
    change(part) {
      state.input = follow(state.input, part)
      keep()
      draw()
    },
    async startOver() {
      await drafts.forget(id)
      Object.assign(state, begun({ ...given, meeting: state.meeting, input: state.meeting ? inputOf(state.meeting) : given.input }))
      Object.assign(state, { restored: false, differences: [], fields: {}, error: '' })
      draw()
    },
    async submit(event) {
      event.preventDefault()
      if (state.busy) return
      state.fields = faults(state.input)
      state.error = Object.keys(state.fields).length ? t('staff.problem.input') : ''
      state.busy = !state.error
      draw()
      if (state.error) return focusFault(root)
      try {
        await done(await save(bodyOf(state.input, state.meeting), state.meeting?.base ?? 0))
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        if (error.status === 409 && error.current) return clash(error.current)
        Object.assign(state, { busy: false, error: error.message, fields: error.fields })
        draw()
        focusFault(root)
      }
    },
  }

  /** Somebody else saved first; or it was our own save, whose answer was lost on the way. @param {Meeting} current */
  async function clash(current) {
    if (sameInput(inputOf(current), state.input)) return done(current)
    meet(state, current)
    keep()
    draw()
    root.querySelector('[data-part="conflict"]')?.scrollIntoView({ block: 'center' })
  }

  /** @param {Meeting} saved */
  async function done(saved) {
    await drafts.forget(id)
    release()
    if (state.wish && saved.question) await api.setWish(state.wish.id, 'used').catch(() => {}) // the wish is still there to be marked
    tell(t(saved.published ? 'staff.meeting.saved_published' : 'staff.meeting.saved'))
    navigate(`/staff/meetings/${saved.id}`, { replace: true })
  }
  draw()
}

/** A wish becomes the question where there is none. @template {Pick<State, 'input'|'wish'>} S @param {S} given @returns {S} */
const begun = (given) => (given.wish && !given.input.question ? { ...given, input: { ...given.input, question: given.wish.text } } : given)

/** Takes up what she typed before the page was closed. @param {State} state @param {Kept|undefined} kept */
function restore(state, kept) {
  if (!kept) return
  const current = state.meeting
  Object.assign(state, { restored: true, input: { ...state.input, ...kept.input }, wish: state.wish ?? kept.wish ?? null })
  if (!state.input.question && state.wish) state.input.question = state.wish.text
  if (!current || kept.before?.base === current.base) return
  state.meeting = kept.before ?? null
  meet(state, current)
}

/** Goes on from what somebody else saved, with what she typed. @param {State} state @param {Meeting} current */
function meet(state, current) {
  const { input, differences } = merge(state.meeting && inputOf(state.meeting), state.input, inputOf(current))
  Object.assign(state, { meeting: current, input, differences, theirTime: current.updated, busy: false, error: '' })
}

/** A new day takes the deadlines along; of a new time that comes twice she has not said which. @param {Input} input @param {Partial<Input>} part @returns {Input} */
function follow(input, part) {
  const next = { ...input, ...part }
  if (part.fromLater === undefined && (part.date ?? part.from) !== undefined) next.fromLater = null
  if (part.toLater === undefined && (part.date ?? part.to) !== undefined) next.toLater = null
  if (part.date === undefined || part.from !== undefined) return next
  return { ...next, ...moved(next, { from: input.date, to: part.date, today: local(new Date()).date }) }
}

/** To the first field that needs her; of a choice, to the first to choose from. @param {HTMLElement} root */
const focusFault = (root) =>
  /** @type {HTMLElement|null} */ (root.querySelector('[aria-invalid="true"]:not(fieldset), fieldset[aria-invalid="true"] input'))?.focus()
