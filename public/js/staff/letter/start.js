/**
 * How the letter of a meeting begins: in the order of a QPM meeting, with what
 * is known already. The question of the day stands above, in its own field.
 *
 * @import {Block, Meeting, Phrase} from '../types.js'
 */
import * as api from '../api.js'
import { Problem } from '../problem.js'
import { sourceText } from '../source.js'
import { newBlock, paragraphs } from './blocks.js'

/** The bank's topics that a letter ends with, as the content pack names them; without them the app's own words are taken. */
const TOPICS = { thanks: 'tack', warmth: 'värme' }

/** @typedef {{told: string, talked: string, thanks: string, warmth: string}} Words told, talked: headings; thanks, warmth: sentences */

/**
 * The blocks of a new letter: what staff told (where the plan says it), an
 * empty paragraph for what was talked about, thanks to those who came and
 * warmth to those who couldn't.
 * @param {string} information of the meeting
 * @param {Words} words in the language of letters
 * @returns {Block[]}
 */
export function startBlocks(information, { told, talked, thanks, warmth }) {
  const given = paragraphs(information)
  return [
    ...(given.length ? [newBlock('heading', told), ...given.map(({ kind, text }) => newBlock(kind, text))] : []),
    newBlock('heading', talked), newBlock(),
    newBlock('paragraph', thanks), newBlock('paragraph', warmth),
  ]
}

/** @param {Meeting} meeting @returns {Promise<Block[]>} */
export async function blocksOf(meeting) {
  const bank = await api.phrases().catch((error) => {
    if (!(error instanceof Problem)) throw error
    return /** @type {Phrase[]} */ ([]) // without a network the app's own words do
  })
  const [told, talked, thanks, warmth] = await Promise.all([
    sourceText('staff.start.told'), sourceText('staff.start.talked'), sourceText('staff.start.thanks'), sourceText('staff.start.warmth'),
  ])
  return startBlocks(meeting.information, {
    told, talked, thanks: firstOf(bank, TOPICS.thanks) ?? thanks, warmth: firstOf(bank, TOPICS.warmth) ?? warmth,
  })
}

/** @param {Phrase[]} bank in its order @param {string} topic */
const firstOf = (bank, topic) => bank.find((p) => p.kind === 'phrase' && !p.hidden && p.topic === topic)?.text
