/**
 * What a letter lacks before it can be published, told before she is asked
 * whether to publish. The server decides; this only spares her the question.
 *
 * @import {Content, Fields} from '../types.js'
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
  return Object.fromEntries(missing.map(([name]) => [name, { code: '', message: t(`staff.letter.needs_${name}`) }]))
}
