/**
 * Writing an entry of the guide, for the coordinator, administrators and the
 * entry's owner.
 *
 * @import {Person} from '../types.js'
 * @import {EntryRecord} from './types.js'
 */
import { render } from '../../lib/html.js'
import { t } from '../../i18n/messages.js'
import { navigate, onLeave } from '../../router.js'
import { ask, tell } from '../dialog.js'
import { Problem } from '../problem.js'
import { coordinates } from '../session.js'
import * as api from './api.js'
import { Editing } from './editing.js'
import { template } from './fields.js'
import { mayWrite } from './entry.js'
import { empty, inputOf } from './input.js'

/** @typedef {import('./input.js').Input} Input */

/**
 * @param {HTMLElement} root
 * @param {string} _
 * @param {Person} person
 */
export async function newView(root, _, person) {
  root.dataset.view = 'staff-guide-new'
  await form(root, person, null, await api.entries())
}

/**
 * @param {HTMLElement} root
 * @param {string} key
 * @param {Person} person
 */
export async function editView(root, key, person) {
  root.dataset.view = 'staff-guide-edit'
  const entries = await api.entries()
  const entry = entries.find((e) => e.key === key)
  if (!entry) throw new Problem(404, '', t('staff.problem.not_found'))
  if (!mayWrite(person, entry)) throw new Problem(403, '', t('staff.problem.forbidden'))
  await form(root, person, entry, entries)
}

/**
 * @param {HTMLElement} root
 * @param {Person} person
 * @param {EntryRecord|null} entry null where it is new
 * @param {EntryRecord[]} entries
 */
async function form(root, person, entry, entries) {
  // Who may be an entry's owner is known to those who may see staff.
  const people = await api.people().catch(() => [])
  const owners = people.some((p) => p.id === person.id) ? people : [person, ...people]
  /** @type {Editing<Input>} */
  const editing = new Editing('guide_entries', entry, (record) => (record ? inputOf(record) : empty()))
  const release = onLeave(() => editing.changed)
  const draw = () => render(template(editing, { entry, entries, owners, all: coordinates(person) }, acts), root)
  const acts = {
    /** @param {Partial<Input>} part */
    change(part) {
      editing.change(part)
      draw()
    },
    /** @param {string} name @param {'mine'|'theirs'} side */
    choose(name, side) {
      editing.choose(name, side)
      draw()
    },
    /** @param {SubmitEvent} event */
    async submit(event) {
      event.preventDefault()
      if (editing.busy) return
      const saving = editing.save()
      draw()
      const saved = await saving
      if (saved) return leave(`/staff/guide/${saved.key}`, t('staff.guide.saved'))
      draw()
      /** @type {HTMLElement|null} */
      const fault = root.querySelector('[aria-invalid="true"]')
      if (fault) fault.focus()
      else root.querySelector('[role="alert"]')?.scrollIntoView({ block: 'center' })
    },
    async remove() {
      if (!entry || !await askToRemove()) return
      editing.error = await removed(entry.id)
      if (editing.error) draw()
      else leave('/staff/guide', t('staff.guide.removed'))
    },
  }

  /** @param {string} to @param {string} words */
  function leave(to, words) {
    release()
    tell(words)
    navigate(to, { replace: true })
  }
  draw()
}

const askToRemove = () => ask({ name: 'remove', title: t('staff.guide.remove'), text: t('staff.guide.remove_text'), yes: t('staff.guide.remove'), danger: true })

/** @param {string} id @returns {Promise<string>} why it could not be removed, or "" */
async function removed(id) {
  try {
    await api.remove('guide_entries', id)
    return ''
  } catch (error) {
    if (error instanceof Problem) return error.message
    throw error
  }
}

/** @typedef {{entry: EntryRecord|null, entries: EntryRecord[], owners: {id: string, name: string}[], all: boolean}} Round what stands round the form; all: she keeps the whole guide */
