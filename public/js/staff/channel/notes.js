/**
 * An opened request: what it says, how far it is, sharing it with one
 * colleague, and handing it to the case system.
 *
 * @import {Desk} from './desk.js'
 * @import {Inbox} from './requests.js'
 * @import {RequestRow, RequestState} from './types.js'
 */
import { formatDate, t } from '../../i18n/messages.js'
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { tell } from '../dialog.js'
import { saveFile } from '../savefile.js'
import * as api from './api.js'
import { problem } from './parts.js'
import { asText, said } from './reach.js'
import { update } from './requests.js'
import { shareIt } from './sharing.js'

/**
 * @param {Desk} desk
 * @param {Inbox} inbox
 * @param {RequestRow} request
 * @param {{plain: import('../../confidential/plain.js').Request | null, text: string}} opened
 */
export function notes(desk, inbox, request, { plain, text }) {
  const hide = () => {
    inbox.opened.delete(request.id)
    desk.draw()
  }
  const turn = (/** @type {RequestState} */ state) => () => desk.act(`request-${state}`, async () => update(inbox, await api.setState(request.id, state)))
  const button = (/** @type {RequestState} */ state, /** @type {string} */ sign) => (request.state === state ? nothing
    : html`<button type="button" class="button small" data-action=${state} @click=${turn(state)}>${icon(sign)}<span>${t(`staff.channel.mark.${state}`)}</span></button>`)
  return html`${plain ? said(plain) : html`<p class="notice late">${icon('info')}<span>${t('staff.channel.unreadable')}</span></p>`}
    ${problem(desk.error)}
    <div class="row">${button('answered', 'circle-check')}${button('closed', 'check')}${request.state === 'closed' ? button('opened', 'undo-2') : nothing}</div>
    <div class="row"><button type="button" class="button small" data-action="share" @click=${() => shareIt(request, text)}>${icon('user-plus')}<span>${t('staff.channel.share')}</span></button>
      <button type="button" class="button small" data-action="export" @click=${() => exportIt(desk, request, plain ? asText(plain) : text)}>${icon('file-text')}<span>${t('staff.channel.export')}</span></button>
      <button type="button" class="button small plain" data-action="hide" @click=${hide}>${t('staff.channel.hide')}</button></div>`
}

/**
 * A file for the case system: the text, and a receipt by which the log tells that it was handed over.
 * @param {Desk} desk
 * @param {RequestRow} request
 * @param {string} text
 */
const exportIt = (desk, request, text) => desk.act('request-export', async () => {
  const receipt = await api.exportRequest(request.id)
  const lines = [
    text.trim(), '', '—'.repeat(20), t('staff.channel.receipt'),
    `${t('staff.channel.receipt_arrived')}: ${formatDate(receipt.arrived, 'datetime')}`, `${t('staff.channel.receipt_at')}: ${formatDate(receipt.at, 'datetime')}`,
    `id: ${receipt.request}`, `sha256: ${receipt.sha256}`, `log: ${receipt.seq} ${receipt.hash}`,
  ]
  saveFile(new Blob([`${lines.join('\n')}\n`], { type: 'text/plain' }), `folje-${request.id}.txt`)
  tell(t('staff.channel.exported'))
})
