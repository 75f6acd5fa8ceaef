/**
 * One block of the letter in the editor: its kind, its text, and what can be
 * done with it.
 *
 * @import {Block, Kind} from '../types.js'
 * @import {Template} from '../../lib/html.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { live } from '../../lib/live.js'
import { t } from '../../i18n/messages.js'
import { errorLine } from '../field.js'
import { ATTACHED_ICONS } from './attachedview.js'
import { KINDS, LIMITS, isAttached } from './blocks.js'

/** @type {Record<Kind, string>} */
const KIND_ICONS = { ...ATTACHED_ICONS, heading: 'heading', paragraph: 'pilcrow', item: 'list', date: 'calendar', place: 'map-pin', contact: 'contact' }

/**
 * What the templates call when she does something.
 * @typedef {object} Hands
 * @property {(id: string, area: HTMLTextAreaElement) => void} type
 * @property {(id: string, event: ClipboardEvent) => void} paste
 * @property {(id: string, event: KeyboardEvent) => void} key
 * @property {(id: string) => void} activate
 * @property {(at: number) => void} add
 * @property {(id: string, kind: Kind) => void} setKind
 * @property {(id: string, by: -1|1) => void} move
 * @property {(id: string) => void} remove
 * @property {(id: string) => void} sentences
 */

/**
 * A textarea as tall as its text: a copy of the text behind it holds the height.
 * @param {object} area
 * @param {string} area.name
 * @param {string} area.text
 * @param {string} area.label
 * @param {string} [area.placeholder]
 * @param {string} [area.error]
 * @param {string} [area.hint] id of what explains it
 * @param {string} [area.lang]
 * @param {(area: HTMLTextAreaElement) => void} area.type
 * @param {(event: ClipboardEvent) => void} [area.paste]
 * @param {(event: KeyboardEvent) => void} [area.key]
 * @param {() => void} [area.focus]
 */
export function growing({ name, text, label, placeholder = '', error, hint = '', lang = 'sv', type, paste, key, focus }) {
  const described = [hint, error ? `${name}-error` : ''].filter(Boolean).join(' ')
  return html`
    <div class="growing" data-text=${text}>
      <textarea rows="1" name=${name} aria-label=${label} placeholder=${placeholder} lang=${lang} dir="auto" spellcheck="true"
        aria-invalid=${error ? 'true' : nothing} aria-describedby=${described || nothing} .value=${live(text)}
        @input=${(/** @type {Event} */ e) => type(/** @type {HTMLTextAreaElement} */ (e.target))}
        @paste=${paste} @keydown=${key} @focus=${focus}></textarea>
    </div>
    ${errorLine(name, error)}`
}

/**
 * Told while she types: how far over the limit, or how near.
 * @param {string} text
 * @param {number} limit
 * @returns {string|undefined}
 */
export function tooLong(text, limit) {
  const over = [...text].length - limit
  return over > 0 ? t('staff.block.too_long', { Over: over, Max: limit }) : undefined
}

/**
 * @param {Block} block
 * @param {{at: number, of: number, active: boolean, error: string|undefined, above: Template|typeof nothing, more: Template|typeof nothing}} how
 *   above: what it stands for
 * @param {Hands} hands
 */
export function blockField(block, { at, of, active, error, above, more }, hands) {
  const kind = t(`staff.kind.${block.kind}`)
  const label = t('staff.block.label', { Kind: kind, At: at + 1, Of: of })
  return html`
    <li class="block" data-block=${block.id} data-kind=${block.kind} ?data-active=${active}>
      ${isAttached(block) ? kindSign(block) : kindChoice(block, label, hands)}
      <div class="block-text">
        ${above}
        ${growing({
          name: `block.${block.id}`,
          text: block.text,
          label,
          placeholder: t(`staff.kind.${block.kind}_hint`),
          error: error ?? tooLong(block.text, block.kind === 'file' ? LIMITS.file : LIMITS.block),
          type: (area) => hands.type(block.id, area),
          paste: (event) => hands.paste(block.id, event),
          key: (event) => hands.key(block.id, event),
          focus: () => hands.activate(block.id),
        })}
        ${active ? tools(block, at, of, label, hands) : nothing}
        ${more}
      </div>
    </li>`
}

/** @param {Block} block */
const kindSign = (block) => html`
  <div class="kind fixed"><span aria-hidden="true">${icon(KIND_ICONS[block.kind])}<span class="kind-word">${t(`staff.kind.${block.kind}`)}</span></span></div>`

/** The kind is a real select laid over its icon and word. @param {Block} block @param {string} label @param {Hands} hands */
const kindChoice = (block, label, hands) => html`
  <div class="kind">
    <span aria-hidden="true">${icon(KIND_ICONS[block.kind])}<span class="kind-word">${t(`staff.kind.${block.kind}`)}</span></span>
    <select name="kind.${block.id}" aria-label=${t('staff.block.kind', { Name: label })} .value=${live(block.kind)}
      @change=${(/** @type {Event} */ e) => hands.setKind(block.id, /** @type {Kind} */ (/** @type {HTMLSelectElement} */ (e.target).value))}>
      ${KINDS.map((kind) => html`<option value=${kind} ?selected=${kind === block.kind}>${t(`staff.kind.${kind}`)}</option>`)}
    </select>
  </div>`

/** Pressing a tool must not take the caret away from the text. @param {Event} event */
const stay = (event) => event.preventDefault()

/** @param {Block} block @param {number} at @param {number} of @param {string} label @param {Hands} hands */
const tools = (block, at, of, label, hands) => html`
  <div class="tools" role="group" aria-label=${t('staff.block.tools', { Name: label })} @pointerdown=${stay}>
    ${tool('move-up', 'arrow-up', () => hands.move(block.id, -1), at === 0)}
    ${tool('move-down', 'arrow-down', () => hands.move(block.id, 1), at === of - 1)}
    ${tool('sentences', 'split', () => hands.sentences(block.id), block.text.trim() === '')}
    ${tool('remove', 'trash-2', () => hands.remove(block.id), false)}
  </div>`

/** @param {string} action @param {string} picture @param {() => void} run @param {boolean} off */
const tool = (action, picture, run, off) => html`
  <button type="button" class="tool" data-action=${action} ?disabled=${off} @click=${run}>${icon(picture)}<span>${t(`staff.block.${action.replace('-', '_')}`)}</span></button>`

/** Where a block can be added: after the one before. @param {number} at @param {Hands} hands */
export const adder = (at, hands) => html`
  <li class="adder"><button type="button" data-action="add-block" data-at=${at} aria-label=${t('staff.block.add_at', { At: at + 1 })}
    @click=${() => hands.add(at)}>${icon('plus')}</button></li>`
