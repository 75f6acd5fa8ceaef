/**
 * Pictures and documents in the editor, and in the letter as parents see it.
 *
 * @import {AttachedKind, Block} from '../types.js'
 * @import {Attaching, Item} from './attaching.js'
 * @import {Drawing} from '../../parent/reading.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { size } from '../../lib/measure.js'
import { t } from '../../i18n/messages.js'
import { figure } from '../../parent/figure.js'

/** What browsers offer to choose from; an iPhone makes JPEG of its own kind of pictures for this. @type {Record<AttachedKind, string>} */
const ACCEPTED = { picture: 'image/jpeg,image/png,image/webp,image/gif', file: 'application/pdf,.pdf' }

/** @type {Record<AttachedKind, string>} */
export const ATTACHED_ICONS = { picture: 'image', file: 'file-text' }

/**
 * A button that chooses a file.
 * @param {AttachedKind} kind
 * @param {string} words
 * @param {string} action
 * @param {(file: File) => void} chosen
 */
const chooser = (kind, words, action, chosen) => html`
  <label class="button small chooser">${icon(ATTACHED_ICONS[kind])}<span>${words}</span>
    <input type="file" class="visually-hidden" data-action=${action} accept=${ACCEPTED[kind]} @change=${(/** @type {Event} */ event) => {
      const input = /** @type {HTMLInputElement} */ (event.target)
      if (input.files?.[0]) chosen(input.files[0])
      input.value = ''
    }}></label>`

/** Under the letter's blocks: what adds a picture or a document. @param {Attaching} attaching @param {(kind: AttachedKind, file: File) => void} add */
export const addPart = (attaching, add) => html`
  <div class="stack tight" role="group" aria-label=${t('staff.attach.add')} data-part="attach">
    <div class="row">
      ${chooser('picture', t('staff.attach.picture'), 'add-picture', (file) => add('picture', file))}
      ${chooser('file', t('staff.attach.file'), 'add-file', (file) => add('file', file))}
    </div>
    ${attaching.preparing ? html`<p class="hint" role="status">${t('staff.attach.preparing')}</p>` : html`<p class="hint quiet small">${t('staff.attach.hint')}</p>`}
    ${attaching.fault ? html`<p class="error" role="alert">${icon('triangle-alert')}<span>${attaching.fault}</span></p>` : nothing}
  </div>`

/** What a block stands for, above its text. @param {Block} block @param {Attaching} attaching */
export function attachedPart(block, attaching) {
  const kind = /** @type {AttachedKind} */ (block.kind)
  const item = attaching.of(block)
  const url = kind === 'picture' ? attaching.url(block.attachment ?? '') : ''
  const bytes = item?.attachment?.bytes ?? item?.body?.size
  return html`
    <div class="attached" data-phase=${item?.phase ?? 'unknown'}>
      ${url ? html`<img class="thumb" src=${url} alt=""
        width=${item?.attachment?.width ?? nothing} height=${item?.attachment?.height ?? nothing}>`
        : html`<p class="quiet">${icon(ATTACHED_ICONS[kind])} ${kind === 'file' && bytes ? t('staff.attach.document', { Size: size(bytes) }) : nothing}</p>`}
      ${item ? state(item, block, attaching) : nothing}
      <div class="row">${chooser(kind, t('staff.attach.choose'), 'replace', (file) => attaching.add(kind, file, { block: block.id }))}</div>
      <p class="hint quiet small">${t(kind === 'picture' ? 'staff.attach.children' : 'staff.attach.text_version')}</p>
    </div>`
}

/** @param {Item} item @param {Block} block @param {Attaching} attaching */
function state({ phase, share, reason }, block, attaching) {
  const percent = Math.floor(share * 100)
  if (phase === 'sending') {
    return html`<p class="hint" role="status">${t('staff.attach.sending', { Percent: percent })}</p>
      <progress max="100" value=${percent} aria-label=${t(`staff.kind.${block.kind}`)}></progress>`
  }
  if (phase === 'unsent') {
    return html`<p class="notice late" role="alert">${icon('wifi-off')}<span>${t('staff.attach.unsent')}</span></p>
      <div class="row"><button type="button" class="button small" data-action="send-again" @click=${() => attaching.send(block.attachment ?? '')}>${icon('refresh-cw')}${t('staff.attach.again')}</button></div>`
  }
  if (phase === 'refused' || phase === 'gone') {
    return html`<p class="error" role="alert">${icon('triangle-alert')}<span>${phase === 'gone' ? t('staff.attach.gone') : reason}</span></p>`
  }
  return nothing
}

/** Draws pictures in the parent's view of what she writes. @param {Attaching} attaching @returns {Drawing} */
export const drawnFrom = (attaching) => (block, words, text) => {
  const id = block.attachment?.id ?? ''
  const known = attaching.of({ id: '', kind: 'picture', text: '', attachment: id })
  if (block.kind === 'file') return html`<div class="document">${icon('file-text')}<div>${words}</div></div>`
  return figure({ url: attaching.url(id), width: known?.attachment?.width ?? 0, height: known?.attachment?.height ?? 0 }, text, words)
}
