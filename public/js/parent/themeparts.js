/**
 * What a theme says, part by part: what parents are told, what is talked about,
 * what to think about before.
 *
 * @import {Part, Theme} from '../data/themes.js'
 * @import {Reading} from './reading.js'
 */
import { t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { blocks } from './reading.js'

/** @type {{part: Part, sign: string}[]} */
const PARTS = [{ part: 'think', sign: 'lightbulb' }, { part: 'information', sign: 'info' }, { part: 'discussion', sign: 'message-circle' }]

/** The theme's sentences in reading's order. @param {Theme} theme */
export const themeBlocks = ({ parts }) => PARTS.flatMap(({ part }) => parts[part].map((block, i) => ({ ...block, key: part + i })))

/**
 * What is to be thought about comes first: it is what can be done now.
 * @param {Theme} theme
 * @param {Reading} reading
 * @param {2 | 3} [level] of the headings
 */
export const themeParts = ({ parts }, reading, level = 2) => PARTS.map(({ part, sign }) => (parts[part].length === 0 ? nothing : html`
  <section class=${part === 'think' ? 'stack tight think' : 'stack tight'} data-part=${part}>
    ${level === 2 ? html`<h2 class="label">${icon(sign)}<span>${t(`theme.${part}`)}</span></h2>` : html`<h3 class="label">${icon(sign)}<span>${t(`theme.${part}`)}</span></h3>`}
    <div class="letter-text stack">${blocks(parts[part], reading, part)}</div>
  </section>`))
