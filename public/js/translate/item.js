/**
 * One place under a translator's hands: what she typed, what the server has,
 * and how the two come together.
 *
 * @import {Place} from '../staff/types.js'
 * @import {Shown} from './states.js'
 *
 * @typedef {object} Typed what she typed, as kept on this computer
 * @property {string} text
 * @property {boolean} only
 * @property {string} base the version that she saw
 * @property {boolean} [finish] she said that it is right
 * @property {string} [segment]
 * @property {string} [context]
 * @property {string} [op] its name as an operation, once it was sent as one
 * @property {number} [seq]
 * @property {string} [refused] the code of the server's no
 *
 * @typedef {object} Store
 * @property {string} locale
 * @property {(item: Item, body: {text: string, base: string, context: string, draft: boolean}) => Promise<Place>} put
 * @property {(item: Item) => Promise<Place>} confirm
 * @property {(item: Item) => Promise<void>} resolve the readers' reports of the sentence are dealt with
 * @property {(item: Item, typed: Typed|null) => void} keep keeps what the server doesn't have; null forgets it
 * @property {(item: Item) => void} changed the item looks different now
 * @property {(place: Place) => void} stored the server has a new text
 */
import { Autosave } from '../staff/autosave.js'
import { Problem } from '../staff/problem.js'
import { check, isHard } from './check.js'
import { isOpen, need } from './states.js'

/** Forms of a message that may say the count in words. */
const IN_WORDS = ['zero', 'one', 'two']

export class Item {
  /** The place as the server last gave it. @type {Place} */ place
  /** What stands in her field. @type {string} */ text
  /** The wording is for this place only. @type {boolean} */ only
  /** The other's text, while there is a conflict. @type {Place|null} */ theirs = null
  autosave

  #store
  #finish = false

  /**
   * @param {Place} place
   * @param {Store} store
   */
  constructor(place, store) {
    this.place = place
    this.text = place.draft ?? place.text ?? ''
    this.only = place.only
    this.#store = store
    this.autosave = new Autosave(() => this.#save(), () => store.changed(this))
  }

  /** Unique in the letter. */
  get key() {
    return keyOf(this.place)
  }

  /** @returns {Shown} */
  get state() {
    const { state } = this.place
    if (this.isSending) return 'sending'
    if (this.isUnchanged) return this.waitsForSecond ? 'second' : state
    return this.text.trim() || this.only ? 'typed' : state
  }

  /** She said that it is right, and the server hasn't heard it: it goes when there is a network. */
  get isSending() {
    return this.#finish && this.autosave.state !== 'conflict' && ['offline', 'signed_out', 'failed'].includes(this.autosave.reason)
  }

  /** Whether her field has what parents get. */
  get isUnchanged() {
    const { text, draft, only } = this.place
    return draft === null && fold(this.text) === (text ?? '') && this.only === only
  }

  /** Whether a finished text waits for a second person's eyes. */
  get waitsForSecond() {
    const { state, text, draft } = this.place
    return state === 'draft' && text !== null && draft === null
  }

  /** Whether she may be that second person. */
  get mayConfirm() {
    return this.waitsForSecond && this.place.mayReview === true
  }

  /** What a reader would be misled by, and what may be odd, in what she typed. */
  get faults() {
    const { kind, context, source, text, state } = this.place
    if (this.text.trim() === '' || (fold(this.text) === (text ?? '') && ['reviewed', 'source'].includes(state))) return []
    const found = check(source, fold(this.text), this.#store.locale)
    return kind === 'message' ? ofMessage(found, context, source, fold(this.text)) : found
  }

  /** Whether her text can't be called right as it is. */
  get isFaulty() {
    return isHard(this.faults)
  }

  /** How many readers did not understand it, and what they said. */
  get reports() {
    return this.place.reports ?? { count: 0, notes: [] }
  }

  /** Whether a person still has to look at it. */
  get isOpen() {
    const { state } = this
    return (state === 'second' ? this.mayConfirm : isOpen(state)) || this.reports.count > 0
  }

  /** How much it needs somebody, 0 the most. */
  get need() {
    const own = this.state === 'second' && !this.mayConfirm ? 3 : need(this.state)
    return this.reports.count > 0 ? Math.min(own, 1) : own
  }

  /** Whether there is something to finish. */
  get isTyped() {
    return this.state === 'typed' || fold(this.text) !== (this.place.text ?? '')
  }

  /** An engine wrote what is there, and nobody has touched it: hers takes its place. */
  get #isEngines() {
    return this.place.state === 'machine' && this.place.draft === null && this.text.trim() !== ''
  }

  /** She types: kept here at once, sent as a draft a moment later. @param {string} text */
  type(text) {
    this.text = text
    this.#finish = false // what she said of the text before doesn't hold for this one
    this.#touch()
  }

  /** @param {boolean} only */
  setOnly(only) {
    this.only = only
    this.#finish = false
    this.#touch()
  }

  /** Takes up what she typed before the page was closed. @param {Typed} typed */
  restore(typed) {
    this.text = typed.text
    this.only = typed.only
    this.#finish = typed.finish ?? false
    if (typed.base === this.place.version || (typed.base === '' && this.#isEngines)) this.#touch()
    else if (!this.#has(this.place)) this.#conflict(this.place)
    else this.#store.keep(this, null)
  }

  /** Her text is right here: parents get it. @returns {Promise<boolean>} whether the server has it */
  async finish() {
    if (this.theirs || this.isFaulty) return false
    if (this.state === 'reused' || this.mayConfirm && this.isUnchanged) {
      if (await this.#confirm()) return true
    } else if (!this.isTyped && this.place.state !== 'machine') return true
    this.#finish = true
    this.#touch()
    return this.autosave.flush()
  }

  /** Without a network a reused text is saved like one of hers, and so goes when there is one. @returns {Promise<boolean>} */
  async #confirm() {
    try {
      this.#take(await this.#store.confirm(this))
      return true
    } catch (error) {
      if (this.state === 'reused' && error instanceof Problem && error.offline) return false
      throw error
    }
  }

  /** The readers' reports are dealt with: the text was changed, or is right as it is. */
  resolve() {
    return this.#store.resolve(this)
  }

  /** No reader waits for this sentence any more. */
  clear() {
    this.place = { ...this.place, reports: { count: 0, notes: [] } }
    this.#store.changed(this)
  }

  /** Whether she has gone on in vain: the server doesn't have what she wrote. */
  get isStuck() {
    const { state, reason } = this.autosave
    return state === 'conflict' || (state === 'unsaved' && reason !== '')
  }

  /** She keeps her text, after having seen the other's. */
  keepMine() {
    if (!this.theirs) return
    this.place = this.theirs
    this.theirs = null
    this.autosave.resume()
  }

  /** She takes the other's text; hers is dropped. */
  takeTheirs() {
    if (!this.theirs) return
    const { theirs } = this
    this.theirs = null
    this.#finish = false
    this.text = theirs.draft ?? theirs.text ?? ''
    this.only = theirs.only
    this.#store.keep(this, null)
    this.#take(theirs)
    this.autosave.resume(false)
  }

  /** The same sentence was saved at another place. @param {Place} place */
  follow(place) {
    if (this.place.only || this.autosave.state !== 'saved' || this.isTyped) return
    const { text, draft, version } = place
    this.place = { ...this.place, text, draft, version, state: text === null ? 'missing' : place.state }
    this.text = draft ?? text ?? ''
    this.#store.changed(this)
  }

  #touch() {
    const { segment, context, version } = this.place
    this.#store.keep(this, { text: this.text, only: this.only, base: version, segment, context, ...(this.#finish && { finish: true }) })
    this.autosave.touch()
    this.#store.changed(this)
  }

  /** @returns {Promise<void>} */
  async #save() {
    const { text, only } = this
    const finish = this.#finish
    try {
      const place = await this.#store.put(this, { text, base: this.place.version, context: only ? this.place.context : '', draft: !finish })
      if (this.text === text) this.#finish = false
      this.#take(place)
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 409 || !error.current) throw error
      if (!this.#has(error.current)) {
        this.#conflict(error.current)
        throw error
      }
      this.place = { ...this.place, version: error.current.version }
      return this.#save()
    }
  }

  /** @param {Place} place */
  #take(place) {
    // The answer may be of the same sentence at its first place in the letter.
    const { block, kind, context, reports } = this.place
    this.place = { ...place, block, kind, context, reports: place.reports ?? reports }
    if (this.#has(place)) this.#store.keep(this, null)
    this.#store.stored(this.place)
    this.#store.changed(this)
  }

  /** Whether the server has exactly what stands in her field. @param {Place} place */
  #has({ draft, text }) {
    return fold(this.text) === (draft ?? text ?? '')
  }

  /** @param {Place} current */
  #conflict(current) {
    this.theirs = current
    this.autosave.hold()
  }
}

/** @param {Place} place */
export const keyOf = ({ segment, context }) => `${segment}.${context}`

/** White space as the server folds it. @param {string} text */
export const fold = (text) => text.normalize('NFC').replace(/\s+/g, ' ').trim()

/**
 * What the server asks of a message: a count may be said in words, and what is
 * longer than the app has room for can't be called right.
 * @param {import('./check.js').Fault[]} faults
 * @param {string} form
 * @param {string} source
 * @param {string} text
 */
function ofMessage(faults, form, source, text) {
  const said = IN_WORDS.includes(form) ? faults.filter(({ code, at }) => at !== '{{.Count}}' && code !== 'number') : faults
  const long = Array.from(text).length > Array.from(source).length
  return said.map((fault) => (fault.code === 'length' && long ? { ...fault, hard: true } : fault))
}
