/**
 * A letter under somebody's hands: what she sees, what the server has, and the
 * draft on this computer in between. Edits go to the draft at once and to the
 * server a moment later; a draft is forgotten only when the server has it.
 *
 * @import {Block, Content, Fields, Letter, Segment} from '../types.js'
 * @import {Draft, Drafts} from '../drafts.js'
 * @import {Row} from './merge.js'
 */
import * as api from '../api.js'
import { Autosave } from '../autosave.js'
import { Problem } from '../problem.js'
import { insert, newID, remove } from './blocks.js'
import { contentOf, sameText } from './content.js'
import { compare, resolve } from './merge.js'

/** What a letter begins from. @typedef {Content & {unit: string, meeting: string}} Beginning */

export class Writing {
  /** @type {Content} */ content
  /** The record as the server last gave it; null before the first save. @type {Letter|null} */ letter = null
  /** The other's text, while there is a conflict. @type {Letter|null} */ theirs = null
  /** What differs, while there is a conflict. @type {Row[]} */ rows = []
  /** What publishing found wrong. @type {Fields} */ fields = {}
  autosave

  #drafts
  #changed = () => {}
  /** @type {{block: Block, at: number}[]} */ #removed = []
  /** The content of a save whose answer never came. @type {Content|null} */ #sent = null
  /** The server's sentences, by block. @type {Map<string, Block>} */ #broken = new Map()

  /**
   * @param {string} id
   * @param {Beginning} beginning what it has on the server, or begins from
   * @param {Drafts} drafts of the one who writes
   */
  constructor(id, beginning, drafts) {
    this.id = id
    this.content = contentOf(beginning)
    this.unit = beginning.unit
    this.meeting = beginning.meeting
    this.#drafts = drafts
    this.autosave = new Autosave(() => this.#save(), () => this.#changed())
  }

  /** @param {() => void} fn is told after every change of text or state */
  onchange(fn) {
    this.#changed = fn
  }

  /** @param {Partial<Content>} change */
  edit(change) {
    this.content = { ...this.content, ...change }
    this.#keep()
    this.autosave.touch()
    this.#changed()
  }

  /** @param {string} id of a block */
  removeBlock(id) {
    const at = this.content.blocks.findIndex((b) => b.id === id)
    this.#removed.push({ block: this.content.blocks[at], at })
    this.edit({ blocks: remove(this.content.blocks, id) })
  }

  /** Whether a removed block can be had back. */
  get restorable() {
    return this.#removed.length > 0
  }

  /** Puts the block removed last back where it was; everything else stays. @returns {string} its id */
  restoreBlock() {
    const last = this.#removed.pop()
    if (!last) return ''
    this.edit({ blocks: insert(this.content.blocks, last.at, last.block) })
    return last.block.id
  }

  /** The server's sentences of a block, or null while it hasn't seen this text. @param {Block} block */
  sentences(block) {
    const known = this.#broken.get(block.id)
    return known?.text === block.text ? (known.segments ?? []) : null
  }

  /** Says what the server will say of a block whose sentences were joined or split. @param {Block} block @param {Segment[]} segments */
  expect(block, segments) {
    this.#broken.set(block.id, { ...block, segments })
  }

  /** Keeps a letter that was only begun here: a reload finds it, the server gets it with the first edit. */
  begin() {
    this.#keep(true)
  }

  /** Takes up a draft that the server doesn't have. @param {Draft} draft */
  restore(draft) {
    this.content = draft.content
    if (draft.untouched) return
    this.#sent = draft.sent
    const current = this.letter
    if (!current || draft.letter?.base === current.base || this.#isOurs(current)) this.autosave.touch()
    else this.#conflict(current, draft.letter)
  }

  /** Another's save came between hers and its publication. @param {Letter} current */
  clash(current) {
    this.#conflict(current, this.letter)
  }

  /** Forgets the letter, here and on the server. */
  async discard() {
    this.#changed = () => {}
    this.autosave.stop()
    await this.autosave.settled()
    if (this.letter) await api.deleteLetter(this.id)
    await this.#drafts.forget(this.id)
  }

  /** Makes one text of the two. Every row is chosen. */
  settle() {
    if (!this.theirs) return
    this.content = resolve(this.rows, this.content, this.theirs, newID)
    this.accept(this.theirs)
    this.theirs = null
    this.#removed = []
    this.#keep()
    this.autosave.resume()
  }

  /** Takes over the server's record, not its text. @param {Letter} letter */
  accept(letter) {
    this.letter = letter
    for (const block of letter.blocks ?? []) this.#broken.set(block.id, block)
    this.#changed()
  }

  /** Takes over how far its publication has come; the save it goes on from stays hers. @param {Letter} letter */
  follow({ number, published, corrected, withdrawn, release }) {
    if (this.letter) this.letter = { ...this.letter, number, published, corrected, withdrawn, release }
    this.#changed()
  }

  /** She has gone to something else: what is left is saved, and then no more. */
  async leave() {
    this.#changed = () => {}
    await this.autosave.flush()
    this.autosave.stop()
  }

  /** @returns {Promise<void>} */
  async #save() {
    const sending = this.content
    try {
      this.accept(await this.#send(sending))
      this.#sent = null
    } catch (error) {
      await this.#refused(error, sending)
      return this.#save()
    }
    if (this.content === sending) await this.#drafts.forget(this.id)
    else this.#keep()
  }

  /**
   * Throws the error, unless what it met is our own save whose answer was lost
   * on the way: then the next save goes on from there.
   * @param {unknown} error
   * @param {Content} sending
   */
  async #refused(error, sending) {
    if (!(error instanceof Problem)) throw error
    const current = await this.#met(error)
    if (current && this.#isOurs(current)) {
      this.#sent = null
      return this.accept(current)
    }
    if (error.offline || error.status >= 500) this.#sent = sending
    if (current) this.#conflict(current, this.letter)
    this.#keep()
    throw current ? new Problem(409, error.code, error.message) : error
  }

  /** The record that a refused save ran into. @param {Problem} problem @returns {Promise<Letter|null>} */
  async #met(problem) {
    if (problem.status === 409 && problem.current) return problem.current
    const exists = problem.status === 400 && !this.letter && problem.fields.id
    return exists ? api.letter(this.id) : null
  }

  /** @param {Content} content @returns {Promise<Letter>} */
  #send(content) {
    const body = { ...content, blocks: content.blocks.map(({ id, kind, text, attachment }) => ({ id, kind, text, attachment })) }
    if (this.letter) return api.saveLetter(this.id, { ...body, base: this.letter.base })
    return api.createLetter({ ...body, id: this.id, unit: this.unit, meeting: this.meeting, base: 0 })
  }

  /** @param {Letter} current */
  #isOurs(current) {
    return this.#sent !== null && sameText(current, this.#sent)
  }

  /** @param {Letter} current @param {Content|null} before what both started from, if known */
  #conflict(current, before) {
    this.theirs = current
    this.rows = compare(this.content, contentOf(current), before && contentOf(before))
    this.autosave.hold()
  }

  #keep(untouched = false) {
    this.#drafts.keep({
      id: this.id,
      untouched,
      content: this.content,
      letter: this.letter,
      sent: this.#sent,
      unit: this.unit,
      meeting: this.meeting,
    })
  }
}
