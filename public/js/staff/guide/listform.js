/**
 * A list whose rows open into a form: one record of it is written at a time.
 *
 * @import {Template} from '../../lib/html.js'
 */
import { render } from '../../lib/html.js'
import { t } from '../../i18n/messages.js'
import { onLeave } from '../../router.js'
import { ask, tell } from '../dialog.js'
import { Problem } from '../problem.js'
import * as api from './api.js'
import { Editing } from './editing.js'

/**
 * @template {Record<string, any>} Input
 * @typedef {object} Acts
 * @property {(record: any) => void} open null for a new one
 * @property {() => void} close
 * @property {(part: Partial<Input>) => void} change
 * @property {(name: string, side: 'mine'|'theirs') => void} choose
 * @property {(event: SubmitEvent) => Promise<void>} submit
 * @property {() => Promise<void>} remove
 */

/**
 * Draws the list, and what is being written in it.
 * @template {Record<string, any>} Input
 * @template T
 * @param {HTMLElement} root
 * @param {object} of
 * @param {string} of.collection
 * @param {(record: T|null) => Input} of.inputOf
 * @param {() => Promise<T[]>} of.read
 * @param {[string, string]} of.removing the messages that ask before one is removed: its button, and what follows from it
 * @param {(records: T[], editing: Editing<Input>|null, acts: Acts<Input>) => Template} of.template
 */
export async function listForm(root, { collection, inputOf, read, removing, template }) {
  let records = await read()
  /** @type {Editing<Input>|null} */
  let editing = null
  onLeave(() => editing?.changed === true)
  const draw = () => render(template(records, editing, acts), root)
  /** @param {string} words */
  const done = async (words) => {
    tell(words)
    editing = null
    records = await read()
  }
  /** @type {Acts<Input>} */
  const acts = {
    open(record) {
      editing = new Editing(collection, record, inputOf)
      draw()
      const first = /** @type {HTMLElement|null} */ (root.querySelector('form [name]'))
      first?.focus()
    },
    close() {
      editing = null
      draw()
    },
    change(part) {
      editing?.change(part)
      draw()
    },
    choose(name, side) {
      editing?.choose(name, side)
      draw()
    },
    async submit(event) {
      event.preventDefault()
      if (!editing || editing.busy) return
      if (await editing.save()) await done(t('staff.guide.saved'))
      draw()
      /** @type {HTMLElement|null} */
      const fault = root.querySelector('[aria-invalid="true"]')
      fault?.focus()
    },
    async remove() {
      if (!editing?.id || !await ask({ name: 'remove', title: t(removing[0]), text: t(removing[1]), yes: t(removing[0]), danger: true })) return
      try {
        await api.remove(collection, editing.id)
        await done(t('staff.guide.removed'))
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        Object.assign(editing, { error: error.message, fields: error.fields })
      }
      draw()
    },
  }
  draw()
}
