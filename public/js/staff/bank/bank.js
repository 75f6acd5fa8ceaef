/**
 * The bank of questions and sentences: what of it fits, and who may change it.
 *
 * @import {Person, Phrase, PhraseUse} from '../types.js'
 *
 * @typedef {{words: string, topic: string, age: string}} Choice what she looks for; "" is everything
 */
import * as api from '../api.js'
import { has } from '../session.js'

/** No child is older here, in years. */
export const OLDEST = 20

/** @returns {Promise<{phrases: Phrase[], uses: Map<string, PhraseUse>}>} those that are shown first, in the bank's order */
export async function readBank() {
  const [phrases, { uses }] = await Promise.all([api.phrases(), api.phraseUses()])
  return { phrases, uses: new Map(uses.map((use) => [use.phrase, use])) }
}

/**
 * Those of a kind that fit, what was used longest ago first among equals in the bank's order.
 * @param {Phrase[]} phrases
 * @param {Phrase['kind']} kind
 * @param {Choice} choice
 */
export function fitting(phrases, kind, { words, topic, age }) {
  const wanted = fold(words).split(/\s+/).filter(Boolean)
  return phrases.filter((p) => p.kind === kind && !p.hidden
    && (!topic || p.topic === topic)
    && (!age || p.ageTo === 0 || (p.ageFrom <= Number(age) && Number(age) <= p.ageTo))
    && wanted.every((word) => fold(`${p.text} ${p.topic}`).includes(word)))
}

/** The topics that there are, in Swedish order. @param {Phrase[]} phrases */
export const topicsOf = (phrases) => [...new Set(phrases.filter((p) => !p.hidden && p.topic).map((p) => p.topic))].sort((a, b) => a.localeCompare(b, 'sv'))

/** Whether she may change it. @param {Person} person @param {Phrase} phrase */
export const mayChange = (person, phrase) => has(person, 'coordinator', 'admin') || (has(person, 'editor') && phrase.author === person.id)

/** @param {string} text */
const fold = (text) => text.toLocaleLowerCase('sv').trim()
