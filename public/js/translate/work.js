/**
 * A letter in one locale, place by place, and the unsaved typing of it on this
 * computer.
 *
 * @import {Person, Place, Places} from '../staff/types.js'
 * @import {Store, Typed} from './item.js'
 */
import * as api from '../staff/api.js'
import { draftsOf } from '../staff/drafts.js'
import { Item, keyOf } from './item.js'
import { isOpen, need } from './states.js'

/** @typedef {{id: string, letter: string, locale: string, title: string, texts: Record<string, Typed>}} Unsent */

/** @param {string} letter @param {string} locale */
const idOf = (letter, locale) => `translate/${letter}/${locale}`

export class Work {
  /** In reading order. @type {Item[]} */ items
  #drafts
  /** @type {Unsent} */ #unsent
  #changed = () => {}

  /**
   * @param {Places} answer
   * @param {Unsent|undefined} unsent
   * @param {Person} person
   */
  constructor(answer, unsent, person) {
    const { letter, locale, title } = answer
    this.#drafts = draftsOf(person.id)
    this.#unsent = { id: idOf(letter, locale), letter, locale, title, texts: { ...unsent?.texts } }
    const store = this.#store(letter, locale)
    this.items = distinct(answer.places).map((place) => new Item(place, store))
    for (const item of this.items) {
      const typed = this.#unsent.texts[item.key]
      if (typed) item.restore(typed)
    }
  }

  /** @param {() => void} fn is told after every change */
  onchange(fn) {
    this.#changed = fn
  }

  /** How many of the places need nobody any more. */
  get done() {
    return this.items.filter((item) => !isOpen(item.state)).length
  }

  /**
   * The places in the order she works.
   * @param {'missing'|'reading'} order
   */
  ordered(order) {
    if (order === 'reading') return this.items
    return [...this.items].sort((a, b) => need(a.state) - need(b.state))
  }

  /** Nothing more is sent from this page. */
  async leave() {
    this.#changed = () => {}
    await Promise.all(this.items.map(async ({ autosave }) => {
      await autosave.flush()
      autosave.stop()
    }))
  }

  /** @param {string} letter @param {string} locale @returns {Store} */
  #store(letter, locale) {
    return {
      put: (item, body) => api.translate(letter, locale, item.place.segment, body),
      confirm: (item) => api.confirm(letter, locale, item.place.segment, item.place.context),
      keep: (item, typed) => this.#keep(item.key, typed),
      changed: () => this.#changed(),
      stored: (place) => {
        for (const other of this.items ?? []) {
          if (other.place.segment === place.segment && other.key !== keyOf(place) && !place.only) other.follow(place)
        }
      },
    }
  }

  /** @param {string} key @param {Typed|null} typed */
  #keep(key, typed) {
    if (typed) this.#unsent.texts[key] = typed
    else delete this.#unsent.texts[key]
    if (Object.keys(this.#unsent.texts).length) this.#drafts.keep({ ...this.#unsent })
    else this.#drafts.forget(this.#unsent.id)
  }
}

/** A sentence that stands twice between the same neighbours is one piece of work. @param {Place[]} places */
const distinct = (places) => [...new Map(places.map((p) => [keyOf(p), p])).values()]

/**
 * @param {string} letter
 * @param {string} locale
 * @param {Person} person
 */
export async function openWork(letter, locale, person) {
  const [answer, unsent] = await Promise.all([
    api.places(letter, locale, 'draft'),
    draftsOf(person.id).get(idOf(letter, locale)),
  ])
  return { answer, work: new Work(answer, unsent, person) }
}
