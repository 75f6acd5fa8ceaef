import { wordFinder } from '/js/data/words.js'
import { same } from './assert.js'

/** @param {string} id @param {string[]} forms */
const word = (id, forms) => ({ id, term: [{ text: '', locale: 'ar', state: 'machine', source: id }], explanation: [], forms })

const find = wordFinder([word('fritids', ['fritids', 'fritidset']), word('QPM', ['QPM-möte', 'QPM-möten']), word('samtal', ['utvecklingssamtal', 'samtal (kort)'])])

/** The pieces of a text, words in brackets with the word's id. @param {string} text */
const pieces = (text) => find(text).map(({ text: piece, word }) => (word ? `[${piece}=${word.id}]` : piece)).join('')

export default {
  'whole words are found in each of their forms': () => {
    same(pieces('Fritidset börjar kl. 8. På fritids äter vi.'), '[Fritidset=fritids] börjar kl. 8. På [fritids=fritids] äter vi.')
    same(pieces('Välkommen till QPM-möten!'), 'Välkommen till [QPM-möten=QPM]!')
    same(pieces('fritids'), '[fritids=fritids]')
  },

  'a part of another word is none': () => {
    for (const text of ['fritidshemmet', 'Åfritids', 'samtalet', 'fritids2', '']) same(pieces(text), text)
  },

  'the longest form wins, and signs mean themselves': () => {
    same(pieces('QPM-möte, QPM'), '[QPM-möte=QPM], [QPM=QPM]')
    same(pieces('samtal (kort) och samtal kort'), '[samtal (kort)=samtal] och [samtal=samtal] kort')
  },

  'without words a text stays whole': () => same(wordFinder([])('fritids'), [{ text: 'fritids' }]),
}
