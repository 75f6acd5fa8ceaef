/**
 * Helps with a question of the day while it is written: what it already is, the
 * one thing that would make it better, and questions of the bank about the same.
 * It refuses nothing, and is silent where it can't be had.
 *
 * @import {Person, Phrase} from '../types.js'
 * @import {Help} from './data.js'
 * @import {Sign} from './rules.js'
 *
 * @typedef {{foreign: true}|{foreign: false, signs: Sign[], worst: Sign|null}} Said foreign: it isn't in Swedish
 */
import * as api from '../api.js'
import { fresh } from '../fresh.js'
import { findPersonal } from '../personal/find.js'
import { loadStyles } from '../styles.js'
import { forgiven, readHelp } from './data.js'
import { isForeign, signsOf } from './rules.js'

/** How many questions of the bank are shown. */
const MOST = 2

/**
 * @param {Person} person
 * @param {() => void} changed is told when there is something to draw
 */
export function openHelper(person, changed) {
  const helper = new Helper(changed)
  helper.load(person)
  return helper
}

export class Helper {
  /** What she had typed where an example took its place. */ replaced = ''

  /** @type {Help|null} */ #help = null
  /** @type {(question: string, most: number) => Phrase[]} */ #near = () => []
  #changed

  /** @param {() => void} changed */
  constructor(changed) {
    this.#changed = changed
  }

  /** @param {Person} person */
  async load(person) {
    const [help, bank] = await Promise.all([
      readHelp(person),
      fresh(person.id, 'bank', api.phrases).catch(forgiven),
      loadStyles('staff-question'),
    ])
    this.#help = help
    this.#changed()
    if (!bank) return
    const { nearIn } = await import('./near.js')
    this.#near = nearIn(bank.value)
    this.#changed()
  }

  /** @param {string} question @returns {Said|null} null where there is too little to say anything about */
  say(question) {
    if (!this.#help) return null
    if (isForeign(question)) return { foreign: true }
    const signs = signsOf(question, this.#help.rules, named)
    if (!signs) return null
    return { foreign: false, signs, worst: signs.find(({ well }) => !well) ?? null }
  }

  /** Better ones about the same. @param {string} question @returns {Phrase[]} */
  near(question) {
    return this.#near(question, MOST)
  }

  /** @param {string} was what she had typed @param {string} now @param {(text: string) => void} use */
  take(was, now, use) {
    this.replaced = was
    use(now)
  }

  /** @param {(text: string) => void} use */
  putBack(use) {
    const text = this.replaced
    this.replaced = ''
    use(text)
  }
}

/** @param {string} text */
const named = (text) => findPersonal(text).filter(({ kind }) => kind === 'name').map(({ text }) => text)
