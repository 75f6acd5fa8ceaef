/**
 * The letter as plain text for another platform, with the languages it can be
 * read in. Never with an invitation's code or link: what is posted elsewhere
 * may be read by anybody.
 *
 * @import {Content, Readiness} from '../types.js'
 */
import { localeName } from '../../i18n/messages.js'
import { sourceText } from '../source.js'
import { readyOf } from './readiness.js'
import { unmarked } from './sentences.js'

/**
 * @param {Content} content
 * @param {Readiness[]} readiness
 * @returns {Promise<string>} in the language of the letter
 */
export async function plainText({ title, question, blocks }, readiness) {
  const languages = readiness.filter((r) => readyOf(r) !== 'missing').map((r) => localeName(r.tag))
  const body = blocks.filter((b) => b.text.trim()).map((b, i, all) => {
    const text = unmarked(b.text).trim()
    const gap = b.kind === 'item' && all[i - 1]?.kind === 'item' ? '\n' : '\n\n'
    return gap + (b.kind === 'item' ? `– ${text}` : text)
  })
  const asked = await sourceText('staff.copy.question', { Question: question.trim() })
  const readable = languages.length ? await sourceText('staff.copy.languages', { Languages: languages.join(', ') }) : ''
  return `${[title.trim(), asked].join('\n\n')}${body.join('')}${readable ? `\n\n${readable}` : ''}\n`
}
