/**
 * A meeting's notes under somebody's hands: what she writes, what the server
 * has, and the draft on this computer in between. What two people write at
 * once is joined, so that she never has to choose in the middle of a meeting.
 *
 * @import {Drafts} from '../drafts.js'
 * @import {Notes, NotesRecord} from './dialogues.js'
 */
import * as api from '../api.js'
import { Autosave } from '../autosave.js'
import { keep } from '../kept.js'
import { Problem } from '../problem.js'
import { joined, noNotes, notesOf, sameNotes } from './dialogues.js'

/** @typedef {{id: string, notes: Notes, before: NotesRecord|null}} Kept before: the record that she goes on from */

/** Under what the notes of a meeting are kept here, as a draft and as a copy. @param {string} meeting */
export const notesKey = (meeting) => `notes/${meeting}`

export class Notebook {
  /** @type {Notes} */ notes = noNotes()
  /** As the server last gave it; null before the first save. @type {NotesRecord|null} */ record = null
  /** Somebody else's words have come into hers. */ joined = false
  autosave

  #meeting
  #author
  #drafts
  #changed

  /**
   * @param {string} meeting id
   * @param {string} author the person's id
   * @param {Drafts} drafts hers
   * @param {() => void} changed
   */
  constructor(meeting, author, drafts, changed) {
    this.#meeting = meeting
    this.#author = author
    this.#drafts = drafts
    this.#changed = changed
    this.autosave = new Autosave(() => this.#save(), changed)
  }

  /** Begins with what the server has, and what she wrote without it. @param {NotesRecord|null} record */
  async open(record) {
    /** @type {Kept|undefined} */
    const kept = await this.#drafts.get(notesKey(this.#meeting))
    this.record = record
    this.notes = record ? notesOf(record) : noNotes()
    if (!kept) return
    this.notes = joined(kept.before ? notesOf(kept.before) : noNotes(), kept.notes, this.notes)
    this.autosave.touch()
  }

  /** Whether there is text that only this page has. */
  get pending() {
    return this.#drafts.pending
  }

  /** @param {Partial<Notes>} part */
  write(part) {
    this.notes = { ...this.notes, ...part }
    this.#keep()
    this.autosave.touch()
    this.#changed()
  }

  /** She has gone to something else: what is left is saved, and then no more. */
  async leave() {
    await this.autosave.flush()
    this.autosave.stop()
  }

  /** @returns {Promise<void>} */
  async #save() {
    const sending = this.notes
    try {
      this.#accept(await this.#send(sending))
    } catch (error) {
      const current = await this.#met(error)
      if (!current) throw error
      const before = this.record ? notesOf(this.record) : noNotes()
      const theirs = notesOf(current)
      this.joined ||= !sameNotes(theirs, before) && !sameNotes(theirs, sending)
      this.notes = joined(before, this.notes, theirs)
      this.#accept(current)
      this.#keep()
      if (!sameNotes(this.notes, theirs)) return this.#save()
    }
    if (sameNotes(this.notes, notesOf(/** @type {NotesRecord} */ (this.record)))) await this.#drafts.forget(notesKey(this.#meeting))
    else this.#keep()
  }

  /** @param {Notes} notes @returns {Promise<NotesRecord>} */
  #send(notes) {
    return this.record
      ? api.saveNotes(this.#meeting, { ...notes, base: this.record.base })
      : api.createNotes({ ...notes, meeting: this.#meeting })
  }

  /** The record that a refused save ran into. @param {unknown} error @returns {Promise<NotesRecord|null>} */
  async #met(error) {
    if (!(error instanceof Problem)) throw error
    if (error.status === 409 && error.current) return error.current
    const exists = error.status === 400 && !this.record && (error.fields.id || error.fields.meeting)
    return exists ? api.notes(this.#meeting) : null
  }

  /** @param {NotesRecord} record */
  #accept(record) {
    this.record = record
    keep(this.#author, notesKey(this.#meeting), { value: record, at: new Date().toISOString() })
    this.#changed()
  }

  #keep() {
    this.#drafts.keep(/** @type {Kept} */ ({ id: notesKey(this.#meeting), notes: this.notes, before: this.record }))
  }
}
