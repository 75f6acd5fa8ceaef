/**
 * A record of the guide under somebody's hands: what stands in the form, and
 * what the server has. Where somebody else saved first, what only the other
 * changed is taken over, and of what both changed both texts are shown.
 */
import { t } from '../../i18n/messages.js'
import { Problem } from '../problem.js'
import * as api from './api.js'

/**
 * @template {Record<string, any>} Input
 * @typedef {{name: keyof Input & string, mine: any, theirs: any}} Difference
 */

/** @template {Record<string, any>} Input */
export class Editing {
  /** What is wrong, by field. @type {import('../types.js').Fields} */ fields = {}
  /** What both changed. @type {Difference<Input>[]} */ differences = []
  error = ''
  busy = false
  /** There is text that the server doesn't have. */ changed = false

  #collection
  #inputOf
  /** @type {any} */ #record

  /**
   * @param {string} collection
   * @param {any} record null where it is new
   * @param {(record: any) => Input} inputOf gives what of a record is written here; of null an empty one
   */
  constructor(collection, record, inputOf) {
    this.#collection = collection
    this.#record = record
    this.#inputOf = inputOf
    /** @type {Input} */
    this.input = inputOf(record)
  }

  /** The record's id, "" while it is new. */
  get id() {
    return this.#record?.id ?? ''
  }

  /** @param {Partial<Input>} part */
  change(part) {
    this.input = { ...this.input, ...part }
    this.changed = true
  }

  /** Of what both changed, hers or the other's. @param {string} name @param {'mine'|'theirs'} side */
  choose(name, side) {
    const difference = this.differences.find((d) => d.name === name)
    if (difference) this.change(/** @type {Partial<Input>} */ ({ [name]: difference[side] }))
  }

  /**
   * Saves it. Where that fails, error and fields or the differences say why.
   * @returns {Promise<any>} the record, or null
   */
  async save() {
    this.busy = true
    try {
      const saved = await api.save(this.#collection, this.id, { ...this.input, base: this.#record?.base ?? 0 })
      this.#record = saved
      Object.assign(this, { changed: false, differences: [], fields: {}, error: '' })
      return saved
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error.status === 409 && error.current) this.#meet(error.current)
      else Object.assign(this, { error: error.message, fields: error.fields })
      return null
    } finally {
      this.busy = false
    }
  }

  /** @param {any} current */
  #meet(current) {
    const [before, theirs] = [this.#inputOf(this.#record), this.#inputOf(current)]
    const names = /** @type {(keyof Input & string)[]} */ (Object.keys(theirs))
    this.differences = names.filter((name) => !same(this.input[name], theirs[name]) && !same(before[name], theirs[name]) && !same(before[name], this.input[name]))
      .map((name) => ({ name, mine: this.input[name], theirs: theirs[name] }))
    const taken = names.filter((name) => same(before[name], this.input[name]))
    this.input = { ...this.input, ...Object.fromEntries(taken.map((name) => [name, theirs[name]])) }
    this.#record = current
    Object.assign(this, { fields: {}, error: this.differences.length > 0 ? '' : t('staff.guide.conflict_merged') })
  }
}

/** @param {any} a @param {any} b */
export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b)
