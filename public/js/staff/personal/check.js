/**
 * Looks through a letter or an invitation while it is written for what may be
 * somebody's: names, numbers, addresses. What she says may stand is not asked
 * about again, in this letter and on this computer.
 *
 * @import {Content, Person} from '../types.js'
 * @import {KnownLines} from '../question/data.js'
 * @import {Finding, Known} from './find.js'
 *
 * @typedef {Finding & {field: string}} Place field: title, question or block.<id>; of a meeting its field's name
 * @typedef {{id: string, kind: string, text: string}} Part a text, by its field, with what kind of block it is like
 */
import { keep, kept } from '../kept.js'
import { readHelp } from '../question/data.js'
import { loadStyles } from '../styles.js'
import { findPersonal, knownOf } from './find.js'

/**
 * @param {Person} person
 * @param {string} letter id; of a meeting meeting/<id>
 * @param {() => void} changed is told when there is something to draw
 */
export function openCheck(person, letter, changed) {
  const check = new Check(person, letter, changed)
  check.load()
  return check
}

/** A check that knows already what may stand. @param {Person} person @param {string} letter */
export async function readyCheck(person, letter) {
  const check = new Check(person, letter, () => {})
  await check.load()
  return check
}

export class Check {
  /** null until it is known what may stand: before that nothing is asked. @type {Known|null} */ #known = null
  /** @type {Set<string>} */ #allowed = new Set()
  /** @type {Map<string, Finding[]>} what each text was found to hold */ #read = new Map()
  #person
  #letter
  #changed

  /** @param {Person} person @param {string} letter @param {() => void} changed */
  constructor(person, letter, changed) {
    this.#person = person
    this.#letter = letter
    this.#changed = changed
  }

  async load() {
    const [help, allowed] = await Promise.all([readHelp(this.#person), kept(this.#person.id, this.#key), loadStyles('staff-question')])
    this.#known = knownOf(help?.known ?? NONE, this.#person.name)
    this.#allowed = new Set(allowed ?? [])
    this.#changed()
  }

  /** What is asked about, in the letter's order. @param {Content} content @returns {Place[]} */
  places({ title, question, blocks }) {
    return this.among([{ id: 'title', kind: 'title', text: title }, { id: 'question', kind: 'question', text: question }, ...blocks.map((b) => ({ ...b, id: `block.${b.id}` }))])
  }

  /** What is asked about in texts, in their order. @param {Part[]} parts @returns {Place[]} */
  among(parts) {
    const read = new Map()
    const places = parts
      .flatMap(({ id, kind, text }) => {
        const key = `${kind} ${text}`
        const found = this.#read.get(key) ?? (this.#known ? findPersonal(text, this.#known, kind) : [])
        read.set(key, found)
        return found.filter((f) => !this.#allowed.has(named(f))).map((f) => ({ ...f, field: id }))
      })
    if (this.#known) this.#read = read
    return places
  }

  /** It may stand, here and wherever else the letter says it. @param {Finding} finding */
  allow(finding) {
    this.#allowed.add(named(finding))
    this.#changed()
    return keep(this.#person.id, this.#key, [...this.#allowed])
  }

  get #key() {
    return `personal/${this.#letter}`
  }
}

/** @type {KnownLines} */
const NONE = { names: [], mails: [], lines: [], allowed: [] }

/** @param {Finding} finding */
const named = ({ kind, text }) => `${kind} ${text}`
