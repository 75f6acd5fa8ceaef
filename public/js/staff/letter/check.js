/**
 * What a letter lacks before it can be published, told before she is asked
 * whether to publish. The server decides; this only spares her the question.
 *
 * @import {Block, Content, Fields} from '../types.js'
 */
import { t } from '../../i18n/messages.js'

/**
 * @param {Content} content
 * @param {boolean} asks it needs a question of the day: the letter of a meeting about a theme doesn't
 * @returns {Fields}
 */
export function lacks(content, asks) {
  const empty = {
    title: content.title.trim() === '',
    question: asks && content.question.trim() === '',
    groups: content.groups.length === 0,
    blocks: content.blocks.every((b) => b.text.trim() === ''),
  }
  const missing = Object.entries(empty).filter(([, is]) => is)
  const bare = empty.blocks ? [] : bareHeadings(content.blocks)
  return {
    ...Object.fromEntries(missing.map(([name]) => [name, { code: '', message: t(`staff.letter.needs_${name}`) }])),
    ...Object.fromEntries(bare.map(({ id }) => [`block.${id}`, { code: '', message: t('staff.letter.needs_below') }])),
  }
}

/**
 * The empty blocks right below a heading: a letter of a meeting begins with
 * one, for what was talked about, and its heading is not to stand alone.
 * @param {Block[]} blocks
 */
export const bareHeadings = (blocks) => blocks.filter(({ text }, i) => {
  const above = blocks[i - 1]
  return text.trim() === '' && above?.kind === 'heading' && above.text.trim() !== ''
})
