/**
 * Questions of the bank that are about the same as another question, also where
 * their words are bent otherwise.
 *
 * @import {Phrase} from '../types.js'
 */
import MiniSearch from '../../../vendor/minisearch/minisearch.js'

/** Words that a question of any topic has. */
const EVERYWHERE = new Set(('hur kan vi vad vår våra vårt oss att så som det den de en ett i på och eller till för med av om när vilka vilken vilket varför vem ska vill får har är gör göra ge '
  + 'barn barnen barnens barnets förälder föräldrar tillsammans hjälpa hjälpas hjälper hjälps åt in ut upp ner mer många mycket bra bättre ni er du man sig själv inte alla varje var dag bli blir vara').split(' '))

const ENDING = /(?:arnas?|ernas?|ornas?|ets|ens|ade|are|ande|ar|er|or|en|et|na|an|as|es|ts|a|e|n|t|s|r)$/u

/** @param {string} word what is left of it in all its forms, more or less */
const stem = (word) => {
  const core = word.replace(ENDING, '')
  return core.length < 3 ? word : core
}

/** @param {string} text */
const words = (text) => text.toLocaleLowerCase('sv').split(/[^\p{L}]+/u).filter(Boolean)

/** @param {string} word */
const term = (word) => (EVERYWHERE.has(word) ? null : stem(word))

/**
 * @param {Phrase[]} phrases the bank
 * @returns {(question: string, most: number) => Phrase[]} nearest first; none where nothing is near
 */
export function nearIn(phrases) {
  const index = new MiniSearch({ fields: ['topic', 'text'], tokenize: words, processTerm: term })
  const questions = new Map(phrases.filter((p) => p.kind === 'question' && !p.hidden).map((p) => [p.id, p]))
  index.addAll([...questions.values()].map(({ id, topic, text }) => ({ id, topic, text })))
  return (question, most) => index
    .search(question, { boost: { topic: 2 }, prefix: (term) => term.length > 3, fuzzy: (term) => (term.length > 5 ? 1 : 0) })
    .map(({ id }) => /** @type {Phrase} */ (questions.get(id)))
    .filter(({ text }) => text.trim() !== question.trim())
    .slice(0, most)
}
