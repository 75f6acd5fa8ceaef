/**
 * Somebody else saved while she wrote: both texts of everything that both
 * changed, and her choice of each. The form shows what will be saved.
 *
 * @import {Difference, Editing} from './editing.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t } from '../../i18n/messages.js'
import { same } from './editing.js'

/**
 * @param {Editing<any>} editing
 * @param {(name: string) => string} label
 * @param {(name: string, side: 'mine'|'theirs') => void} choose
 */
export const conflict = (editing, label, choose) => (editing.differences.length === 0 ? nothing : html`
  <section class="stack" data-part="conflict" aria-labelledby="conflict-title">
    <div class="notice late" role="alert">${icon('merge')}
      <div class="stack tight"><h2 id="conflict-title">${t('staff.guide.conflict')}</h2><p>${t('staff.guide.conflict_text')}</p></div></div>
    <ul class="rows card">${editing.differences.map((d) => row(d, editing.input[d.name], label, choose))}</ul>
  </section>`)

/**
 * @param {Difference<any>} difference
 * @param {any} now what stands in the form
 * @param {(name: string) => string} label
 * @param {(name: string, side: 'mine'|'theirs') => void} choose
 */
const row = ({ name, mine, theirs }, now, label, choose) => html`<li class="difference stack tight" data-difference=${name}>
  <strong>${label(name)}</strong>
  ${side('mine', mine, now, name, choose)}${side('theirs', theirs, now, name, choose)}</li>`

/**
 * @param {'mine'|'theirs'} which
 * @param {any} value
 * @param {any} now
 * @param {string} name
 * @param {(name: string, side: 'mine'|'theirs') => void} choose
 */
const side = (which, value, now, name, choose) => html`<div class="stack tight">
  <p class="small quiet">${t(`staff.guide.${which}`)}</p>
  <p class="typed" lang="sv" dir="auto">${inWords(value) || '–'}</p>
  <div><button type="button" class="button small" data-action=${`take-${which}`} aria-pressed=${same(value, now) ? 'true' : 'false'} @click=${() => choose(name, which)}
    >${t(`staff.guide.take_${which}`)}</button></div></div>`

/**
 * What a field holds, as it can be read: lists line by line, of a piece of text the text.
 * @param {any} value
 * @returns {string}
 */
export function inWords(value) {
  if (Array.isArray(value)) return value.map(inWords).join('\n')
  if (value && typeof value === 'object') return value.text ?? Object.values(value).filter((v) => typeof v === 'string' && v).join(' · ')
  if (typeof value === 'boolean') return t(value ? 'staff.meeting.yes' : 'staff.meeting.no')
  return String(value ?? '')
}
