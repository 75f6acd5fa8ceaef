/**
 * The guide as the views need it: where there is help, what families worry
 * about, and support groups. All of it comes with the public feed, so every
 * phone has all of it, and reading it asks nobody for anything.
 *
 * @import {BlockRecord, Row} from './types.js'
 * @import {Block, Sentence, Shelf} from './shelf.js'
 */
import { SOURCE, localeDir } from '../i18n/locales.js'
import { meta, withDB } from './db.js'
import { putNames } from './guidenames.js'
import { newest, openShelf } from './shelf.js'

/**
 * @typedef {'phone' | 'sms' | 'mail' | 'web' | 'visit'} Way
 * @typedef {{kind: Way, value: string, label?: string}} Contact
 * @typedef {{name: string, address: string}} Place
 * @typedef {{part: string, blocks: Block[]}} Section
 *
 * @typedef {object} Entry one service, or something worth knowing
 * @property {string} id
 * @property {string} key
 * @property {string} name what it is called here, or ""
 * @property {Sentence[]} title
 * @property {Section[]} sections in the order of PARTS
 * @property {string[]} also other names of it
 * @property {'service' | 'knowledge'} type
 * @property {[number, number]} ages
 * @property {Contact[]} contacts
 * @property {Place} place
 * @property {string[]} related keys
 * @property {string[]} chain
 * @property {boolean} sensitive nothing may tell that it was read
 * @property {boolean} urgent
 * @property {boolean} ask takes encrypted requests
 * @property {string} checked day, or ""
 * @property {number} order
 *
 * @typedef {object} Worry
 * @property {string} id
 * @property {string} key
 * @property {Sentence[]} title
 * @property {Sentence[]} synonyms
 * @property {string[]} guide ids of the entries that help
 * @property {number} order
 *
 * @typedef {object} SupportGroup
 * @property {string} id
 * @property {string} entry key
 * @property {Sentence[]} title
 * @property {Block[]} blocks
 * @property {[number, number]} ages
 * @property {{name: string, starts: string, ends: string}} period
 * @property {number} [weekday] where the municipality publishes it, Monday is 1
 * @property {string} [starts]
 * @property {string} [ends]
 * @property {number} [places]
 *
 * @typedef {{entries: Entry[], worries: Worry[], groups: SupportGroup[], open: string[]}} Guide open: the names of units that have
 *   activities open to all
 */

/** The parts of an entry's text, in the order they are read. */
export const PARTS = ['summary', 'who', 'happens', 'cost', 'consent', 'behind', 'hours', 'more']

/**
 * The whole guide in a language, with the names of this municipality put in.
 * @param {string} locale
 * @returns {Promise<Guide>}
 */
export async function readGuide(locale) {
  const [rows, shelf, hello] = await Promise.all([withDB((db) => db.getAll('records')), openShelf(locale), meta('hello')])
  /** @param {string} kind */
  const of = (kind) => rows.filter((row) => String(row.kind) === kind).map((row) => read(row, shelf))
  const entries = of('guide')
  const fill = filler([...entries, ...of('name')], hello?.municipality?.name ?? '')
  return {
    entries: entries.map((e) => entry(e, fill)).sort(byOrder),
    worries: of('worry').map((w) => worry(w, fill)).sort(byOrder),
    groups: of('supportgroup').map((g) => group(g, fill)).sort((a, b) => a.ages[0] - b.ages[0]),
    open: of('activity').map(({ record }) => record.unit?.name ?? ''),
  }
}

/**
 * @typedef {{record: any, say: (numbers: number[]) => Sentence[]}} Read a record, and a reader of its sentences
 * @typedef {(sentences: Sentence[]) => Sentence[]} Fill
 */

/**
 * What puts the names into sentences, and into the Swedish under them.
 * @param {Read[]} entries
 * @param {string} municipality
 * @returns {Fill}
 */
function filler(entries, municipality) {
  /** @param {(sentence: Sentence) => string} text */
  const names = (text) => ({ municipality, entries: Object.fromEntries(entries.map(({ record, say }) => [record.key, {
    name: record.name ?? '', place: record.place?.name ?? '', title: say(record.title ?? []).map(text).join(' '),
  }])) })
  const [own, source] = [names((s) => s.text), names((s) => s.source || s.text)]
  return (sentences) => sentences.map((s) => ({
    ...s, text: putNames(s.locale === SOURCE ? source : own, s.text, localeDir(s.locale) === 'rtl'), source: putNames(source, s.source, false),
  }))
}

/** The Swedish of sentences. @param {Sentence[]} sentences */
export const sourceOf = (sentences) => sentences.map((s) => (s.locale === SOURCE ? s.text : s.source)).filter(Boolean).join(' ')

/**
 * The text of sentences in the reader's language.
 * @param {Sentence[]} sentences
 */
export const textOf = (sentences) => sentences.map((s) => s.text).filter(Boolean).join(' ')

/**
 * What an entry is called: its name here, or what it is in the reader's language.
 * @param {Entry} entry
 */
export const calledOf = (entry) => entry.name || textOf(entry.title)

/**
 * Entries for a child of an age: services before knowledge, those made for just these ages first, since what is for
 * everybody, or for younger ones and ends here, helps less.
 * @param {Entry[]} entries
 * @param {number} from
 * @param {number} to
 */
export const forAges = (entries, from, to) => entries.filter((e) => e.ages[0] <= to && e.ages[1] >= from)
  .sort((a, b) => Number(a.type === 'knowledge') - Number(b.type === 'knowledge') || fit(b, from, to) - fit(a, from, to) || a.order - b.order)

/** The share of years that both have, of all that one of them has. @param {Entry} entry @param {number} from @param {number} to */
const fit = ({ ages: [first, last] }, from, to) => (Math.min(last, to) - Math.max(first, from) + 1) / (Math.max(last, to) - Math.min(first, from) + 1)

/** @param {{order: number}} a @param {{order: number}} b */
const byOrder = (a, b) => a.order - b.order

/**
 * @param {Row} row
 * @param {Shelf} shelf
 * @returns {Read}
 */
function read(row, shelf) {
  const { record, say } = newest(row, shelf, () => 0)
  return { record, say }
}

/**
 * @param {Read} read
 * @param {Fill} fill
 * @returns {Entry}
 */
function entry({ record, say }, fill) {
  const { id, key, name = '', also = [], type = 'service', ages = [0, 20], contacts = [], related = [], chain = [], checked = '', order = 0 } = record
  const { name: place = '', address = '' } = record.place ?? {}
  return {
    id, key, name, also, type, ages, related, chain, checked, order, place: { name: place, address },
    contacts: contacts.map((/** @type {Contact} */ c) => ({ ...c, label: labelled(c.label ?? '', fill) })),
    title: fill(say(record.title ?? [])), sections: sectionsOf(record.blocks ?? [], (numbers) => fill(say(numbers))),
    sensitive: record.sensitive === true, urgent: record.urgent === true, ask: record.ask === true,
  }
}

/** What staff wrote beside a number, which is Swedish. @param {string} label @param {Fill} fill */
const labelled = (label, fill) => fill([{ text: label, locale: SOURCE, state: 'source', source: label }])[0].text

/**
 * @param {(BlockRecord & {part?: string})[]} blocks
 * @param {(numbers: number[]) => Sentence[]} say
 * @returns {Section[]}
 */
function sectionsOf(blocks, say) {
  return PARTS.map((part) => ({
    part,
    blocks: blocks.filter((b) => (PARTS.includes(b.part ?? '') ? b.part : 'more') === part)
      .map((b) => ({ kind: b.kind, sentences: say(b.segments) })),
  })).filter((section) => section.blocks.length > 0)
}

/**
 * @param {Read} read
 * @param {Fill} fill
 * @returns {Worry}
 */
function worry({ record, say }, fill) {
  const { id, key = '', title = [], blocks = [], guide = [], order = 0 } = record
  return { id, key, order, guide, title: fill(say(title)), synonyms: blocks.flatMap((/** @type {BlockRecord} */ b) => say(b.segments)) }
}

/**
 * @param {Read} read
 * @param {Fill} fill
 * @returns {SupportGroup}
 */
function group({ record, say }, fill) {
  const { id, entry, title = [], blocks = [], ages = [0, 20], period = { name: '', starts: '', ends: '' }, weekday, starts, ends, places } = record
  return {
    id, entry, ages, period, weekday, starts, ends, places, title: fill(say(title)),
    blocks: blocks.map((/** @type {BlockRecord} */ b) => ({ kind: b.kind, sentences: fill(say(b.segments)) })),
  }
}
