/**
 * Unsaved text on this computer, apart for each person, since staff share
 * computers. It is written at once, so that nothing is lost when the page is
 * closed, the session ends or the battery does.
 *
 * @import {Content, Letter} from './types.js'
 *
 * @typedef {object} Draft a letter's text that the server doesn't have
 * @property {string} id the letter's
 * @property {boolean} untouched begun here, but nothing of hers is in it yet
 * @property {Content} content
 * @property {Letter|null} letter the record it started from, null for a letter never saved
 * @property {Content|null} sent the text of a save whose answer never came
 * @property {string} unit
 * @property {string} meeting
 */
import { withDB } from '../data/db.js'

/** @param {string} author @param {string} id */
const key = (author, id) => `${author}/${id}`

export class Drafts {
  #author
  /** What waits to be written, by id; null stands for "forget it". @type {Map<string, any>} */ #waiting = new Map()
  /** @type {Promise<void>|null} */ #writing = null

  /** @param {string} author the person's id */
  constructor(author) {
    this.#author = author
  }

  /** Whether there is text that only this page has: it would be lost with it. */
  get pending() {
    return this.#waiting.size > 0
  }

  /** Keeps the text, replacing what was kept under its id. @param {{id: string} & Record<string, any>} draft @returns {Promise<void>} */
  async keep(draft) {
    this.#waiting.set(draft.id, draft)
    await this.#write()
  }

  /** @param {string} id @returns {Promise<void>} */
  async forget(id) {
    this.#waiting.set(id, null)
    await this.#write()
  }

  /** @param {string} id @returns {Promise<any>} undefined where there is none */
  get(id) {
    return this.#waiting.get(id) ?? withDB((db) => db.get('drafts', key(this.#author, id)))
  }

  /** Everything of this person's that is kept here. @returns {Promise<any[]>} */
  async all() {
    await this.#writing
    const own = IDBKeyRange.bound(key(this.#author, ''), key(this.#author, '\uffff'))
    return withDB((db) => db.getAll('drafts', own))
  }

  /** One write at a time, always of the newest text. */
  #write() {
    this.#writing ??= this.#drain().finally(() => {
      this.#writing = null
    })
    return this.#writing
  }

  async #drain() {
    while (this.#waiting.size > 0) {
      const [[id, draft]] = this.#waiting
      try {
        await this.#store(key(this.#author, id), draft)
      } catch (error) {
        console.error('keep draft', error)
        return // it stays pending, and leaving the page asks first
      }
      if (this.#waiting.get(id) === draft) this.#waiting.delete(id)
    }
  }

  /** @param {string} at @param {any} draft */
  async #store(at, draft) {
    await withDB(async (db) => {
      if (draft) await db.put('drafts', draft, at)
      else await db.delete('drafts', at)
    })
  }
}

/** @type {Drafts|null} */
let mine = null
let owner = ''

/** The signed-in person's drafts: one keeper for all pages. @param {string} author @returns {Drafts} */
export function draftsOf(author) {
  if (!mine || owner !== author) mine = new Drafts(author)
  owner = author
  return mine
}
