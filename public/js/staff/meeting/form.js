/**
 * Planning and changing a QPM meeting.
 *
 * @import {Group, Person} from '../types.js'
 * @import {Input} from './input.js'
 * @import {Beginning} from './planning.js'
 */
import { render } from '../../lib/html.js'
import { t } from '../../i18n/messages.js'
import { navigate, onLeave } from '../../router.js'
import * as api from '../api.js'
import { tell } from '../dialog.js'
import { draftsOf } from '../drafts.js'
import { Problem } from '../problem.js'
import { openHelper } from '../question/help.js'
import { findWish } from '../wishes/find.js'
import { template } from './fields.js'
import { empty, inputOf } from './input.js'
import { openMeetingCheck } from './personal.js'
import { Planning } from './planning.js'
import { LAST, usualOf } from './usual.js'

/**
 * @typedef {{title: string, up: {href: string, label: string}, choices: Group[], usual?: boolean}} Round what stands round the form; usual: it is filled with what the last meetings were like
 * @typedef {{change: (part: Partial<Input>) => void, submit: (event: SubmitEvent) => void, startOver: () => void, helper: import('../question/help.js').Helper, check: import('../personal/check.js').Check}} Acts
 */

/**
 * @param {HTMLElement} root
 * @param {string} id the group's
 * @param {Person} person
 */
export async function newView(root, id, person) {
  root.dataset.view = 'staff-meeting-new'
  const [groups, wish, question] = await Promise.all([api.groups(), wishOf([id]), questionOf()])
  const group = groups.find((g) => g.id === id)
  if (!group) throw new Problem(404, '', t('staff.problem.not_found'))
  const usual = usualOf(await api.lastMeetings(group.unit, 4 * LAST).catch(none), id)
  const round = { title: t('staff.meeting.new'), up: { href: `/staff/groups/${id}`, label: group.name }, choices: groups.filter((g) => g.unit === group.unit), usual: usual !== null }
  await form(root, person, round, { id: `meeting/new/${id}`, unit: group.unit, meeting: null, input: { ...empty(id), ...usual, question }, wish })
}

/**
 * @param {HTMLElement} root
 * @param {string} id
 * @param {Person} person
 */
export async function editView(root, id, person) {
  root.dataset.view = 'staff-meeting-edit'
  const [meeting, groups] = await Promise.all([api.meeting(id), api.groups()])
  const round = { title: t('staff.meeting.edit'), up: { href: `/staff/meetings/${id}`, label: t('staff.meeting.back') }, choices: groups.filter((g) => g.unit === meeting.unit) }
  await form(root, person, round, { id: `meeting/${id}`, unit: meeting.unit, meeting, input: inputOf(meeting), wish: await wishOf(meeting.groups) })
  document.getElementById(location.hash.slice(1))?.scrollIntoView()
}

/** The form works without what the last meetings were like. @param {unknown} error @returns {import('../types.js').Meeting[]} */
function none(error) {
  if (!(error instanceof Problem)) throw error
  return []
}

/** The wish that the address names (?wish=…), of one of the groups. @param {string[]} groups */
const wishOf = (groups) => findWish(groups, new URLSearchParams(location.search).get('wish') ?? '')

/** The question of the bank that the address names (?phrase=…), or "": the form works without it. */
async function questionOf() {
  const id = new URLSearchParams(location.search).get('phrase')
  return id ? await api.phrase(id).then(({ text }) => text, () => '') : ''
}

/**
 * @param {HTMLElement} root
 * @param {Person} person
 * @param {Round} round
 * @param {Beginning} beginning
 */
async function form(root, person, round, beginning) {
  const planning = new Planning(beginning, draftsOf(person.id))
  await planning.restore()
  const draw = () => render(template(round, planning, acts), root)
  const release = onLeave(() => planning.pending)

  /** @type {Acts} */
  const acts = {
    helper: openHelper(person, () => draw()),
    check: openMeetingCheck(person, planning.id, () => draw()),
    change(part) {
      planning.change(part)
      draw()
    },
    async startOver() {
      await planning.startOver()
      draw()
    },
    async submit(event) {
      event.preventDefault()
      if (planning.busy) return
      const saving = planning.check() ? planning.save() : null
      draw()
      const saved = await saving
      if (saved) return leave(saved)
      draw()
      showFault(root)
    },
  }

  /** @param {import('../types.js').Meeting} saved */
  function leave(saved) {
    release()
    tell(t(saved.published ? 'staff.meeting.saved_published' : 'staff.meeting.saved'))
    navigate(`/staff/meetings/${saved.id}`, { replace: true })
  }
  draw()
}

/** To the first field that needs her, of a choice to the first to choose from; or to what somebody else saved. @param {HTMLElement} root */
function showFault(root) {
  /** @type {HTMLElement|null} */
  const field = root.querySelector('[aria-invalid="true"]:not(fieldset), fieldset[aria-invalid="true"] input')
  if (field) field.focus()
  else root.querySelector('[data-part="conflict"], [role="alert"]')?.scrollIntoView({ block: 'center' })
}
