/**
 * Finding in the guide, on the phone alone: names, titles, other names,
 * worries with their synonyms, and texts, in the reader's language and in
 * Swedish at once. Words may be begun, misspelt, or written without the signs
 * that a keyboard lacks.
 *
 * @import {Entry, Guide, Worry} from './guide.js'
 */
import { sourceOf, textOf } from './guide.js'
import { finder } from './textsearch.js'

export { fold } from './textsearch.js'

/** @typedef {{entries: Entry[], worries: Worry[]}} Found best first */

/** What a word is worth by where it stands. */
const WORTH = { name: 8, title: 5, also: 5, worry: 3, text: 1 }
/**
 * Reads the guide once; what it gives is asked at every letter typed.
 * @param {Guide} guide
 * @returns {(query: string) => Found}
 */
export function indexOf(guide) {
  const find = finder([...guide.entries.map((e, i) => documentOf(e, `e${i}`, guide)), ...guide.worries.map((w, i) => worryDocument(w, `w${i}`))], WORTH)
  return (query) => {
    const ids = find(query)
    /** @template T @param {string} kind @param {T[]} of @returns {T[]} */
    const pick = (kind, of) => ids.filter((id) => id.startsWith(kind)).map((id) => of[Number(id.slice(1))])
    return { entries: pick('e', guide.entries), worries: pick('w', guide.worries).slice(0, 3) }
  }
}

/** @typedef {{id: string, name: string, title: string, also: string, worry: string, text: string}} Document */

/**
 * @param {Entry} entry
 * @param {string} id
 * @param {Guide} guide
 * @returns {Document}
 */
function documentOf(entry, id, { worries }) {
  const helped = worries.filter((w) => w.guide.includes(entry.id))
  const sentences = entry.sections.flatMap((s) => s.blocks.flatMap((b) => b.sentences))
  return {
    id, name: `${entry.name} ${entry.key.replaceAll('_', ' ')}`, title: both(entry.title), also: entry.also.join(' '),
    worry: helped.map((w) => `${both(w.title)} ${both(w.synonyms)}`).join(' '), text: `${both(sentences)} ${entry.place.name}`,
  }
}

/** @param {Worry} worry @param {string} id @returns {Document} */
const worryDocument = (worry, id) => ({ id, name: '', title: both(worry.title), also: both(worry.synonyms), worry: '', text: '' })

/** @param {import('./shelf.js').Sentence[]} sentences */
const both = (sentences) => `${textOf(sentences)} ${sourceOf(sentences)}`
