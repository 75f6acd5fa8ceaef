/**
 * A letter or meeting in one locale, place by place, and the unsaved typing of
 * it on this computer.
 *
 * @import {Owner, Person, Place, Places} from '../staff/types.js'
 * @import {Store, Typed} from './item.js'
 */
import { formatDate, t } from '../i18n/messages.js'
import * as api from '../staff/api.js'
import { draftsOf } from '../staff/drafts.js'
import { Item, keyOf } from './item.js'

/** @typedef {{id: string, locale: string, title: string, texts: Record<string, Typed>}} Unsent id: as pathOf says, without the first stroke */

/** Where an owner is translated. @param {Owner} owner @param {string} locale */
export const pathOf = ({ kind, id }, locale) => (kind === 'letters' ? `/translate/${id}/${locale}` : `/translate/${kind}/${id}/${locale}`)

/** @param {Owner} owner @param {string} locale */
const idOf = (owner, locale) => pathOf(owner, locale).slice(1)

export class Work {
  /** In reading order. @type {Item[]} */ items
  #drafts
  /** @type {Unsent} */ #unsent
  #changed = () => {}

  /**
   * @param {Owner} owner
   * @param {string} title of the owner
   * @param {Places} answer
   * @param {Unsent|undefined} unsent
   * @param {Person} person
   */
  constructor(owner, title, answer, unsent, person) {
    const { locale } = answer
    this.#drafts = draftsOf(person.id)
    this.#unsent = { id: idOf(owner, locale), locale, title, texts: { ...unsent?.texts } }
    const store = this.#store(owner, locale)
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
    return this.items.filter((item) => !item.isOpen).length
  }

  /**
   * The places in the order she works.
   * @param {'missing'|'reading'} order
   */
  ordered(order) {
    if (order === 'reading') return this.items
    return [...this.items].sort((a, b) => a.need - b.need)
  }

  /** Nothing more is sent from this page. */
  async leave() {
    this.#changed = () => {}
    await Promise.all(this.items.map(async ({ autosave }) => {
      await autosave.flush()
      autosave.stop()
    }))
  }

  /** @param {Owner} owner @param {string} locale @returns {Store} */
  #store(owner, locale) {
    return {
      put: (item, body) => api.translate(owner, locale, item.place.segment, body),
      confirm: (item) => api.confirm(owner, locale, item.place.segment, item.place.context),
      resolve: async ({ place: { segment } }) => {
        await api.resolveReports(segment, locale)
        for (const item of this.items) if (item.place.segment === segment) item.clear()
      },
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
 * @param {Owner} owner
 * @param {string} locale
 * @param {Person} person
 */
export async function openWork(owner, locale, person) {
  const [answer, unsent] = await Promise.all([
    api.places(owner, locale, 'draft'),
    draftsOf(person.id).get(idOf(owner, locale)),
  ])
  const title = owner.kind === 'meetings' ? meetingTitle(answer.starts ?? '') : answer.title || t('staff.letter.untitled')
  return { title, work: new Work(owner, title, answer, unsent, person) }
}

/** What a meeting is called, since it has no title of its own. @param {string} starts */
export const meetingTitle = (starts) => t('staff.meeting.title', { Date: formatDate(starts, 'date') })
