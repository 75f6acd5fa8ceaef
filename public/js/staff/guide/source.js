/**
 * The guide for staff, kept on this computer so that who does what can be read
 * without a network.
 *
 * @import {Entry, Guide} from '../../data/guide.js'
 * @import {Person} from '../types.js'
 * @import {EntryRecord, Kept} from './types.js'
 */
import { meta } from '../../data/db.js'
import { putNames } from '../../data/guidenames.js'
import { SOURCE } from '../../i18n/messages.js'
import { keep, kept } from '../kept.js'
import { Problem } from '../problem.js'
import * as api from './api.js'

const ID = 'guide'

/**
 * @param {Person} person
 * @returns {Promise<Kept & {offline: boolean}>} offline: this is what was kept
 */
export async function load(person) {
  try {
    const [entries, worries] = await Promise.all([api.entries(), api.worries()])
    const now = { entries, worries, at: Date.now() }
    await keep(person.id, ID, now)
    return { ...now, offline: false }
  } catch (error) {
    if (!(error instanceof Problem) || !error.offline) throw error
    const before = /** @type {Kept|undefined} */ (await kept(person.id, ID))
    if (!before) throw error
    return { ...before, offline: true }
  }
}

/**
 * What puts the names of this municipality into Swedish texts.
 * @param {EntryRecord[]} entries
 * @returns {Promise<(text: string) => string>}
 */
export async function namer(entries) {
  const hello = await meta('hello')
  const names = {
    municipality: hello?.municipality?.name ?? '',
    entries: Object.fromEntries(entries.map((e) => [e.key, { name: e.name, place: e.place?.name ?? '', title: e.title }])),
  }
  return (text) => putNames(names, text, false)
}

/** What an entry is called among staff. @param {EntryRecord} entry @param {(text: string) => string} named */
export const called = (entry, named) => entry.name || named(entry.title)

/**
 * The same as parents have it, with what staff read besides, for searching.
 * @param {Kept} kept
 * @param {(text: string) => string} named
 * @returns {Guide}
 */
export function asGuide({ entries, worries }, named) {
  /** @param {string} text */
  const sentence = (text) => [{ text: named(text), locale: SOURCE, state: /** @type {const} */ ('source'), source: named(text) }]
  /** @param {{part: string, text: string}} said */
  const section = ({ part, text }) => ({ part, blocks: [{ kind: 'paragraph', sentences: sentence(text) }] })
  return {
    entries: entries.map((e) => /** @type {Entry} */ ({
      ...e, title: sentence(e.title), ages: [e.ageFrom, e.ageTo], place: e.place ?? { name: '', address: '' },
      sections: [...e.parts, ...e.staff].map(section),
    })),
    worries: worries.map((w) => ({ ...w, title: sentence(w.title), synonyms: sentence(w.synonyms) })),
    groups: [], open: [],
  }
}
