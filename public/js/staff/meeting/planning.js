/**
 * A meeting under somebody's hands: what stands in the form, what the server
 * has, and the draft on this computer in between, so that nothing is lost when
 * the page is closed or somebody else saves first.
 *
 * @import {Fields, Meeting, Wish} from '../types.js'
 * @import {Drafts} from '../drafts.js'
 * @import {Input} from './input.js'
 * @import {Difference} from './merge.js'
 *
 * @typedef {object} Beginning
 * @property {string} id of the draft
 * @property {string} unit
 * @property {Meeting|null} meeting null where it is new
 * @property {Input} input
 * @property {Wish|null} wish the parents' wish that the question comes from
 *
 * @typedef {{id: string, input: Input, before?: Meeting|null, wish?: Wish|null, fresh?: string}} Kept before: the record it started from
 */
import { t } from '../../i18n/messages.js'
import * as api from '../api.js'
import { newID } from '../letter/blocks.js'
import { Problem } from '../problem.js'
import { local } from '../time.js'
import { moved } from './deadlines.js'
import { bodyOf, faults, inputOf } from './input.js'
import { merge, sameInput } from './merge.js'

export class Planning {
  /** As the server last gave it; null before the first save. @type {Meeting|null} */ meeting
  /** @type {Input} */ input
  /** @type {Wish|null} */ wish
  /** What somebody else saved meanwhile. @type {Difference[]} */ differences = []
  /** When the other saved. */ theirTime = ''
  /** What is wrong, by field. @type {Fields} */ fields = {}
  error = ''
  busy = false
  /** The input is from last time. */ restored = false

  #drafts
  #beginning
  /** The id of a new meeting, the same for every attempt to save it. */ #fresh = newID()

  /** @param {Beginning} beginning @param {Drafts} drafts of the one who plans */
  constructor(beginning, drafts) {
    this.#beginning = beginning
    this.#drafts = drafts
    this.meeting = beginning.meeting
    this.wish = beginning.wish
    this.input = asked(beginning.input, this.wish)
  }

  /** Takes up what she typed before the page was closed. */
  async restore() {
    /** @type {Kept|undefined} */
    const kept = await this.#drafts.get(this.#beginning.id)
    if (!kept) return
    const current = this.meeting
    this.restored = true
    this.wish ??= kept.wish ?? null
    this.#fresh = kept.fresh ?? this.#fresh
    this.input = asked({ ...this.#beginning.input, ...kept.input }, this.wish)
    if (!current || kept.before?.base === current.base) return
    this.meeting = kept.before ?? null
    this.#meet(current)
  }

  /** The meeting's, also before it is saved. */
  get id() {
    return this.meeting?.id ?? this.#fresh
  }

  /** Whether there is text that only this page has. */
  get pending() {
    return this.#drafts.pending
  }

  /** @param {Partial<Input>} part */
  change(part) {
    this.input = follow(this.input, part)
    this.#keep()
  }

  /** Without what was kept. */
  async startOver() {
    await this.#drafts.forget(this.#beginning.id)
    const input = this.meeting ? inputOf(this.meeting) : this.#beginning.input
    Object.assign(this, { input: asked(input, this.wish), restored: false, differences: [], fields: {}, error: '' })
  }

  /** Whether what stands there can be sent; otherwise it is said what is wrong. */
  check() {
    this.fields = faults(this.input)
    this.error = Object.keys(this.fields).length ? t('staff.problem.input') : ''
    return this.error === ''
  }

  /**
   * Saves it. Where that fails, error and fields or the differences say why.
   * @returns {Promise<Meeting|null>} null where it is not saved
   */
  async save() {
    this.busy = true
    try {
      const saved = await this.#send()
      await this.#drafts.forget(this.#beginning.id)
      if (this.wish && saved.question) await api.setWish(this.wish.id, 'used').catch(() => {}) // the wish is still there to be marked
      return saved
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      this.busy = false
      if (error.status === 409 && error.current) this.#meet(error.current)
      else Object.assign(this, { error: error.message, fields: error.fields })
      return null
    }
  }

  /** A save whose answer was lost on the way is found again: neither doubled nor taken for another's. */
  async #send() {
    const { meeting, input } = this
    const body = bodyOf(input, meeting)
    try {
      if (meeting) return await api.updateMeeting(meeting.id, { ...body, base: meeting.base })
      return await api.createMeeting({ ...body, id: this.#fresh, kind: 'qpm', unit: this.#beginning.unit, base: 0 })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const current = !meeting && error.fields.id ? await api.meeting(this.#fresh) : error.current
      if (current && sameInput(inputOf(current), input)) return current
      throw current ? new Problem(409, error.code, error.message, { current }) : error
    }
  }

  /** Goes on from what somebody else saved, with what she typed. @param {Meeting} current */
  #meet(current) {
    const { input, differences } = merge(this.meeting && inputOf(this.meeting), this.input, inputOf(current))
    Object.assign(this, { meeting: current, input, differences, theirTime: current.updated, error: '' })
    this.#keep()
  }

  #keep() {
    this.#drafts.keep(/** @type {Kept} */ ({ id: this.#beginning.id, input: this.input, before: this.meeting, wish: this.wish, fresh: this.#fresh }))
  }
}

/** A wish becomes the question where there is none. @param {Input} input @param {Wish|null} wish */
const asked = (input, wish) => (wish && !input.question ? { ...input, question: wish.text } : input)

/** A new day takes the deadlines along; of a new time that comes twice she has not said which. A new start can mean another day of the end. @param {Input} input @param {Partial<Input>} part @returns {Input} */
function follow(input, part) {
  const next = { ...input, ...part }
  if (part.fromLater === undefined && (part.date ?? part.from) !== undefined) next.fromLater = null
  if (part.toLater === undefined && (part.date ?? part.from ?? part.to) !== undefined) next.toLater = null
  if (part.date === undefined || part.from !== undefined) return next
  return { ...next, ...moved(next, { from: input.date, to: part.date, today: local(new Date()).date }) }
}
