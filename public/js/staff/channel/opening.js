/**
 * Opening a channel: its first key, and the recovery key on paper without
 * which it does not open.
 *
 * @import {Desk} from './desk.js'
 */
import { newIdentity, seal } from '../../confidential/age.js'
import { t } from '../../i18n/messages.js'
import { html } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { field } from '../field.js'
import { saveFile } from '../savefile.js'
import * as api from './api.js'
import { proofOf } from './fingerprint.js'
import { ownRecipient } from './keyring.js'
import { problem, section, submit, submitting } from './parts.js'

/** How many signs at the end of the recovery key are typed back. */
const BACK = 8

/** The key on paper while it is on the screen. @type {{identity: string, recipient: string} | null} */
let paper = null

/** @param {Desk} desk */
export function opening(desk) {
  if (!desk.channel.head) return section('opening', t('staff.channel.opening'), html`<p class="notice late">${icon('info')}<span>${t('staff.channel.no_head')}</span></p>`)
  return section('opening', t('staff.channel.opening'), paper ? confirming(desk, paper) : html`<p>${t('staff.channel.opening_what')}</p>${problem(desk.error)}
    <button type="button" class="button primary" data-action="begin" @click=${() => desk.act('begin', async () => { paper = await newIdentity() })}
      >${icon('key-round')}<span>${t('staff.channel.make_recovery')}</span></button>`)
}

/** In groups of four, which is how one reads from paper. @param {string} identity */
const grouped = (identity) => identity.match(/.{1,4}/g) ?? []

/** @param {Desk} desk @param {{identity: string, recipient: string}} recovery */
function confirming(desk, recovery) {
  const { form } = desk
  const end = recovery.identity.slice(-BACK)
  const send = () => {
    if (form.typed.replace(/\s+/g, '').toUpperCase() !== end) {
      form.wrong = t('staff.channel.typed_wrong', { Count: BACK })
      return desk.draw()
    }
    desk.act('open', () => openChannel(desk, recovery))
  }
  const text = t('staff.channel.recovery_file', { Channel: desk.channel.title || desk.channel.name })
  return html`<div class="stack recovery" data-recovery>
    <p>${t('staff.channel.recovery_what')}</p>
    <div class="card stack"><p class="print-only">${text}</p><p class="digits" dir="ltr" data-recovery-key>${grouped(recovery.identity).map((four) => html`<span>${four}</span> `)}</p></div>
    <div class="row no-print">
      <button type="button" class="button" data-action="print" @click=${() => print()}>${icon('printer')}<span>${t('staff.channel.print')}</span></button>
      <button type="button" class="button" data-action="save" @click=${() => saveFile(new Blob([`${text}\n\n${recovery.identity}\n`], { type: 'text/plain' }), 'folje-recovery.txt')}
        >${icon('file-text')}<span>${t('staff.channel.save')}</span></button></div>
    <form class="stack no-print" autocomplete="off" novalidate data-form="confirm" @submit=${submitting(send)}>
      ${field({ name: 'typed', label: t('staff.channel.type_back', { Count: BACK }), value: form.typed, error: form.wrong, input: (value) => {
        Object.assign(form, { typed: value, wrong: '' })
        desk.draw()
      } })}
      ${problem(desk.error)}
      ${submit(desk, 'open', 'check', t('staff.channel.open'))}
    </form></div>`
}

/** @param {Desk} desk @param {{identity: string, recipient: string}} recovery */
async function openChannel(desk, recovery) {
  const holder = /** @type {import('./types.js').Holder} */ (desk.channel.mine)
  await api.addKey(desk.channel.name, {
    ...await newKey(0, recovery.recipient, [{ id: holder.id, recipient: ownRecipient() }]), check: (await proofOf(recovery.identity)).check,
  })
  paper = null
  desk.clear()
  await desk.load()
}

/**
 * A new key of the channel, as the server stores it.
 * @param {number} base the number of the one before
 * @param {string} recoveryRecipient
 * @param {{id: string, recipient: string}[]} holders who are in
 */
export async function newKey(base, recoveryRecipient, holders) {
  const { identity, recipient } = await newIdentity()
  const wraps = await Promise.all(holders.map(async (h) => ({ holder: h.id, wrapped: await seal(h.recipient, identity) })))
  return { base, recipient, recovery: await seal(recoveryRecipient, identity), recoveryRecipient, wraps }
}

/** Nothing of it stays once the page is locked. */
export function forgetPaper() {
  paper = null
}
