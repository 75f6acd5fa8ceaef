/**
 * A text in one locale, place by place, and the unsaved typing of it on this
 * computer.
 *
 * @import {Help, Person, Place, TextOwner} from '../staff/types.js'
 * @import {Store, Typed} from './item.js'
 * @import {Texts} from './texts.js'
 */
import * as api from '../staff/api.js'
import { draftsOf } from '../staff/drafts.js'
import { keep } from '../staff/kept.js'
import { Item, keyOf } from './item.js'
import { idOf, titleOf } from './owner.js'
import { deskLock } from './sender.js'
import { NO_HELP, readHelp, readPlaces } from './texts.js'

/**
 * @typedef {object} Unsent what the server doesn't have of a text
 * @property {string} id as idOf says
 * @property {import('../staff/types.js').WorkKind} kind
 * @property {string} record
 * @property {string} locale
 * @property {string} title
 * @property {Record<string, Typed>} texts by the place's key
 */

export class Work {
  /** In reading order. @type {Item[]} */ items
  /** Suggestions and school words, once they are here. @type {Help} */ help
  /** When the server said what is shown, where that is a copy. */ at

  #owner
  #person
  #texts
  #drafts
  /** @type {Unsent} */ #unsent
  #changed = () => {}
  #close = () => {}
  #left = () => {}

  /**
   * @param {TextOwner} owner
   * @param {string} title of the owner
   * @param {{texts: Texts, away: boolean}} read
   * @param {Unsent|undefined} unsent
   * @param {Person} person
   */
  constructor(owner, title, { texts, away }, unsent, person) {
    const { locale } = texts.answer
    this.#owner = owner
    this.#person = person
    this.#texts = texts
    this.help = texts.help
    this.at = away ? texts.at : ''
    this.#drafts = draftsOf(person.id)
    this.#unsent = { id: idOf(owner, locale), kind: owner.kind, record: owner.id, locale, title, texts: { ...unsent?.texts } }
    const store = this.#store(locale)
    this.items = distinct(texts.answer.places).map((place) => new Item(place, store))
    for (const item of this.items) {
      const typed = this.#unsent.texts[item.key]
      if (typed) item.restore(typed)
    }
  }

  /** Who works here. */
  get person() {
    return this.#person
  }

  /** What is translated. */
  get owner() {
    return this.#owner
  }

  /** @param {() => void} fn is told after every change */
  onchange(fn) {
    this.#changed = fn
  }

  /** @param {() => void} fn is called when another text takes its place */
  onleave(fn) {
    this.#left = fn
  }

  /** How many of the places need nobody any more. */
  get done() {
    return this.items.filter((item) => !item.isOpen).length
  }

  /** The places with a text of another's that wait for her yes. */
  get reused() {
    return this.items.filter((item) => item.state === 'reused')
  }

  /** The places whose text waits for a network. */
  get sending() {
    return this.items.filter((item) => item.isSending)
  }

  /**
   * The places in the order she works.
   * @param {'missing'|'reading'} order
   */
  ordered(order) {
    if (order === 'reading') return this.items
    return [...this.items].sort((a, b) => a.need - b.need)
  }

  /** No other tab sends what lies open here. */
  hold() {
    const held = new Promise((resolve) => { this.#close = () => resolve(undefined) })
    navigator.locks.request(deskLock(this.#person, this.#unsent.id), { mode: 'shared' }, () => held)
  }

  /** Fetches what helps with the sentences. */
  async learn() {
    if (this.at) return
    const help = await readHelp(this.#owner, this.#unsent.locale)
    if (!help) return
    this.help = help
    this.#texts = { ...this.#texts, help }
    await this.#copy()
    this.#changed()
  }

  /** Nothing more is sent from this page. */
  async leave() {
    this.#changed = () => {}
    this.#left()
    await Promise.all(this.items.map(async ({ autosave }) => {
      await autosave.flush()
      autosave.stop()
    }))
    this.#close()
  }

  /** @param {string} locale @returns {Store} */
  #store(locale) {
    const owner = this.#owner
    const ofMessage = owner.kind === 'messages'
    return {
      locale,
      put: (item, body) => api.translate(owner, locale, item.place.segment, ofMessage ? { ...body, context: item.place.context } : body),
      confirm: (item) => api.confirm(owner, locale, item.place.segment, item.place.context),
      resolve: async ({ place: { segment } }) => {
        await api.resolveReports(segment, locale)
        for (const item of this.items) if (item.place.segment === segment) item.clear()
      },
      keep: (item, typed) => this.#keep(item.key, typed),
      changed: () => this.#changed(),
      stored: (place) => {
        for (const other of this.items ?? []) {
          if (!ofMessage && other.place.segment === place.segment && other.key !== keyOf(place) && !place.only) other.follow(place)
        }
        if (this.items) this.#copy()
      },
    }
  }

  /** What is kept of the text on this computer is what the server has now. */
  #copy() {
    const answer = { ...this.#texts.answer, places: this.items.map(({ place }) => place) }
    return keep(this.#person.id, this.#unsent.id, { ...this.#texts, answer, stamp: '' })
  }

  /** @param {string} key @param {Typed|null} typed */
  #keep(key, typed) {
    if (typed) this.#unsent.texts[key] = typed
    else delete this.#unsent.texts[key]
    if (Object.keys(this.#unsent.texts).length) this.#drafts.keep({ ...this.#unsent, texts: { ...this.#unsent.texts } })
    else this.#drafts.forget(this.#unsent.id)
  }
}

/** A sentence that stands twice between the same neighbours is one piece of work. @param {Place[]} places */
const distinct = (places) => [...new Map(places.map((p) => [keyOf(p), p])).values()]

/**
 * @param {TextOwner} owner
 * @param {string} locale
 * @param {Person} person
 */
export async function openWork(owner, locale, person) {
  const [read, unsent] = await Promise.all([
    readPlaces(owner, locale, person),
    draftsOf(person.id).get(idOf(owner, locale)),
  ])
  const title = titleOf(owner, read.texts.answer)
  const work = new Work(owner, title, { ...read, texts: { ...read.texts, help: read.texts.help ?? NO_HELP } }, unsent, person)
  work.hold()
  return { title, work }
}
