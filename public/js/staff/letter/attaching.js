/**
 * A letter's pictures and documents under the hands of who writes it: chosen,
 * made smaller, sent, and fetched again for showing. The text beside them is
 * their block's, like any other. What isn't sent yet lives as long as the page.
 *
 * @import {AttachedKind, Attachment, Block} from '../types.js'
 * @import {Writing} from './writing.js'
 */
import { t } from '../../i18n/messages.js'
import * as api from '../api.js'
import { Problem } from '../problem.js'
import { change, insert, newBlock, newID } from './blocks.js'
import { shrink } from './shrink.js'

/** The server's limit for a document, and what is far too much for a picture to begin with, in megabytes. */
const MOST = { picture: 40, file: 5 }

/**
 * What is known of one. `unsent` waits for a network, `refused` has the server's reason, `gone` is not on the server.
 * @typedef {object} Item
 * @property {'sending'|'unsent'|'refused'|'kept'|'gone'} phase
 * @property {number} share how much of it is sent, from 0 to 1
 * @property {string} reason why it was refused
 * @property {string} url to draw it from, or ""
 * @property {Blob|null} body while it isn't on the server
 * @property {Attachment|null} attachment as the server has it
 */

/** @type {WeakMap<Writing, Attaching>} */
const all = new WeakMap()

/** The letter's, the same for editor and preview. @param {Writing} writing */
export function attachingOf(writing) {
  const attaching = all.get(writing) ?? new Attaching(writing)
  all.set(writing, attaching)
  return attaching
}

export class Attaching {
  /** What is being made smaller now. */ preparing = false
  /** Why the file chosen last can't be taken, or "". */ fault = ''
  /** @type {Map<string, Item>} */ #items = new Map()
  #writing
  #draw = () => {}
  /** @type {Set<string>} */ #asked = new Set()

  /** @param {Writing} writing */
  constructor(writing) {
    this.#writing = writing
  }

  /** @param {() => void} draw is told after every change */
  onchange(draw) {
    this.#draw = draw
  }

  /** @param {Block} block */
  of(block) {
    return this.#items.get(block.attachment ?? '')
  }

  /** Whether something is here that the server doesn't have. */
  get pending() {
    return this.#writing.content.blocks.some((b) => this.of(b)?.body)
  }

  /** Asks the server what it has. Without an answer nothing is known, and nothing said. */
  async load() {
    const ids = this.#writing.content.blocks.flatMap((b) => (b.attachment && !this.#items.has(b.attachment) ? [b.attachment] : []))
    if (ids.length === 0 || !this.#writing.letter) return
    const { attachments } = await api.attachments(this.#writing.id)
    for (const id of ids) {
      const attachment = attachments.find((a) => a.id === id) ?? null
      this.#items.set(id, { phase: attachment ? 'kept' : 'gone', share: 1, reason: '', url: '', body: null, attachment })
    }
    this.#draw()
  }

  /**
   * Puts a file into the letter, or into the place of another one.
   * @param {AttachedKind} kind
   * @param {File} file
   * @param {{at?: number, block?: string}} where
   * @returns {Promise<string>} the block's id, "" where the file can't be taken
   */
  async add(kind, file, { at = Infinity, block = '' }) {
    const body = await this.#prepare(kind, file)
    if (!body) return ''
    const id = newID()
    this.#items.set(id, { phase: 'sending', share: 0, reason: '', url: kind === 'picture' ? URL.createObjectURL(body) : '', body, attachment: null })
    const { blocks } = this.#writing.content
    const fresh = { ...newBlock(kind), attachment: id }
    this.#writing.edit({ blocks: block ? change(blocks, block, { attachment: id }) : insert(blocks, Math.min(at, blocks.length), fresh) })
    this.send(id)
    return block || fresh.id
  }

  /** Sends what is here, after the letter that it belongs to. @param {string} id */
  async send(id) {
    const item = this.#items.get(id)
    if (!item?.body) return
    this.#become(item, { phase: 'sending', share: 0 })
    await this.#writing.autosave.flush()
    if (!this.#writing.letter) return this.#become(item, { phase: 'unsent' })
    const form = new FormData()
    form.append('file', item.body)
    try {
      const attachment = await api.sendAttachment(this.#writing.id, id, form, (share) => this.#become(item, { share }))
      this.#become(item, { phase: 'kept', share: 1, body: null, attachment })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const passing = error.offline || error.signedOut || error.status >= 500 || error.status === 429
      this.#become(item, passing ? { phase: 'unsent' } : { phase: 'refused', reason: error.fields.file?.message ?? error.message })
    }
  }

  /** Where a picture can be drawn from; "" while it is being fetched, and where it can't be had. @param {string} id */
  url(id) {
    const item = this.#items.get(id)
    if (item && item.phase === 'kept' && !item.url && item.attachment?.kind === 'picture' && !this.#asked.has(id)) this.#fetch(id, item)
    return item?.url ?? ''
  }

  /** @param {string} id @param {Item} item */
  async #fetch(id, item) {
    this.#asked.add(id)
    try {
      this.#become(item, { url: URL.createObjectURL(await api.attachment(id)) })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error.status === 404) this.#become(item, { phase: 'gone' })
    }
  }

  /** @param {AttachedKind} kind @param {File} file @returns {Promise<Blob|null>} */
  async #prepare(kind, file) {
    this.fault = ''
    if (file.size > MOST[kind] << 20) return this.#say(t('staff.attach.huge', { Max: MOST[kind] }))
    if (kind === 'file') return await isPDF(file) ? file : this.#say(t('staff.attach.no_pdf'))
    this.preparing = true
    this.#draw()
    const small = await shrink(file)
    this.preparing = false
    return small ?? this.#say(t('staff.attach.unreadable'))
  }

  /** @param {string} fault */
  #say(fault) {
    this.fault = fault
    this.#draw()
    return null
  }

  /** @param {Item} item @param {Partial<Item>} change */
  #become(item, change) {
    Object.assign(item, change)
    this.#draw()
  }
}

/** @param {Blob} file */
const isPDF = async (file) => await file.slice(0, 5).text() === '%PDF-'
