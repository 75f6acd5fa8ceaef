/**
 * A channel's requests: when each came and how far it is. What one says is on
 * the screen only after it was opened, which is noted.
 *
 * @import {Desk} from './desk.js'
 * @import {RequestRow, RequestState} from './types.js'
 */
import { read } from '../../confidential/plain.js'
import { formatDate, t, tn } from '../../i18n/messages.js'
import { html, nothing, repeat } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import * as api from './api.js'
import { channelIdentity, openWith } from './keyring.js'
import { notes } from './notes.js'
import { problem, section } from './parts.js'

/** @typedef {import('../../confidential/plain.js').Request} Plain */

/** @type {Record<RequestState, {sign: string, look: string}>} */
const LOOKS = {
  new: { sign: 'mail', look: 'pending' }, opened: { sign: 'mail-open', look: 'reused' },
  answered: { sign: 'circle-check', look: 'reviewed' }, closed: { sign: 'check', look: '' },
}

/** What is opened on this page, by request: in memory until it is locked or left. */
export class Inbox {
  /** @type {RequestRow[] | null} */
  rows = null
  /** @type {Map<string, {plain: Plain | null, text: string}>} */
  opened = new Map()

  /** @param {Desk} desk */
  async load({ channel }) {
    this.rows = await api.requests(channel.name)
  }

  /** Forgets what is open. */
  close() {
    this.opened.clear()
    this.rows = null
  }
}

/** @param {Desk} desk @param {Inbox} inbox */
export function requests(desk, inbox) {
  const rows = inbox.rows ?? []
  const fresh = rows.filter((r) => r.state === 'new').length
  const rest = rows.filter((r) => r.state === 'closed')
  const list = (/** @type {RequestRow[]} */ some) => html`<ul class="stack">${repeat(some, (r) => r.id, (r) => html`<li class="card stack" data-request=${r.id} data-state=${r.state}>${row(desk, inbox, r)}</li>`)}</ul>`
  return section('requests', t('staff.channel.requests'), html`
    <p class="fact quiet">${icon('eye')}<span>${t('staff.channel.noted')}</span></p>
    ${inbox.rows === null ? html`<p class="quiet" role="status">${t('staff.loading')}</p>` : rows.length === 0 ? html`<div class="empty">${icon('mail-open')}<p>${t('staff.channel.no_requests')}</p></div>`
      : html`<p>${fresh > 0 ? tn('staff.channel.new', fresh) : t('staff.channel.none_new')}</p>${list(rows.filter((r) => r.state !== 'closed'))}`}
    ${rest.length === 0 ? nothing : html`<details class="others"><summary>${tn('staff.channel.closed_ones', rest.length)}</summary>${list(rest)}
      <p class="quiet small">${tn('staff.channel.kept_for', desk.channel.keepDays)}</p></details>`}
    ${desk.busy.startsWith('request') || desk.form.step ? nothing : problem(desk.error)}`)
}

/** @param {Desk} desk @param {Inbox} inbox @param {RequestRow} request */
function row(desk, inbox, request) {
  const { sign, look } = LOOKS[request.state]
  const opened = inbox.opened.get(request.id)
  const unknown = channelIdentity(request.key) === undefined
  return html`<div class="row apart"><strong>${formatDate(request.arrived, 'datetime')}</strong>
      <span class="state ${look}">${icon(sign)}<span>${t(`staff.channel.request.${request.state}`)}</span></span></div>
    ${opened ? notes(desk, inbox, request, opened)
      : unknown ? html`<p class="quiet small">${t('staff.channel.other_key')}</p>`
        : html`<div class="row"><button type="button" class="button ${request.state === 'new' ? 'primary' : ''}" data-action="read" aria-disabled=${desk.busy ? 'true' : 'false'}
          @click=${() => readIt(desk, inbox, request)}>${icon('mail-open')}<span>${t('staff.channel.read')}</span></button></div>`}`
}

/** @param {Desk} desk @param {Inbox} inbox @param {RequestRow} request */
const readIt = (desk, inbox, request) => desk.act('request-read', async () => {
  const { ciphertext, ...now } = await api.openRequest(request.id)
  update(inbox, now)
  const text = await openWith(request.key, ciphertext)
  inbox.opened.set(request.id, { plain: read(text), text })
})

/** What the server now says of a request takes the place of what it said before. @param {Inbox} inbox @param {RequestRow} now */
export function update(inbox, now) {
  inbox.rows = (inbox.rows ?? []).map((r) => (r.id === now.id ? { ...r, ...now } : r))
}
