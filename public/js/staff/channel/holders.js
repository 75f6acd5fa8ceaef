/**
 * Who reads a channel: letting a colleague in after comparing digits by voice,
 * cover in holidays, leaving, and a new key after somebody left.
 *
 * @import {Desk} from './desk.js'
 * @import {Holder} from './types.js'
 */
import { seal } from '../../confidential/age.js'
import { formatDate, t } from '../../i18n/messages.js'
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { live } from '../../lib/live.js'
import { ask } from '../dialog.js'
import { field } from '../field.js'
import * as api from './api.js'
import { channelIdentity, isUnlocked, keysHeld } from './keyring.js'
import { newKey } from './opening.js'
import { digits, problem, section } from './parts.js'

/**
 * @param {Desk} desk
 * @param {Map<string, string[]>} fingerprints by recipient
 */
export function people(desk, fingerprints) {
  const { channel } = desk
  const shown = channel.holders.filter((h) => h.state !== 'left')
  return section('people', t('staff.channel.people'), html`
    ${channel.rotationDue ? html`<div class="notice late">${icon('triangle-alert')}<div class="stack tight"><p>${t('staff.channel.rotation_due')}</p>
      ${reads(desk) ? html`<button type="button" class="button" data-action="rotate" @click=${() => rotate(desk)}>${icon('refresh-cw')}<span>${t('staff.channel.rotate')}</span></button>` : nothing}</div></div>` : nothing}
    ${desk.busy === 'letIn' || desk.busy === 'rotate' ? html`<p role="status">${t('staff.channel.busy')}</p>` : nothing}
    ${shown.length === 0 ? html`<p class="quiet">${t('staff.channel.nobody')}</p>`
      : html`<ul class="stack">${shown.map((h) => html`<li class="card stack tight" data-holder=${h.staff}>${row(desk, h, fingerprints)}</li>`)}</ul>`}`)
}

/** Whether she has the key that is in use now. @param {Desk} desk */
const reads = (desk) => isUnlocked() && desk.current !== undefined && channelIdentity(desk.current.id) !== undefined

/** @param {Desk} desk @param {Holder} holder @param {Map<string, string[]>} fingerprints */
function row(desk, holder, fingerprints) {
  const mine = holder.staff === desk.person.id
  return html`<p><strong dir="auto">${holder.name}</strong> ${mine ? html`<span class="quiet">${t('staff.channel.you')}</span>` : nothing}</p>
    <p class="small">${state(holder)}</p>
    ${holder.state === 'asked' && reads(desk) && !mine ? letting(desk, holder, fingerprints.get(holder.recipient) ?? []) : nothing}
    ${holder.state === 'in' && !mine ? covering(desk, holder) : nothing}
    ${mine || desk.channel.isHead || desk.channel.isAdmin ? html`<div class="row"><button type="button" class="button small danger" data-action="leave" @click=${() => leave(desk, holder, mine)}
      >${icon('log-out')}<span>${t(mine ? 'staff.channel.leave' : 'staff.channel.put_out')}</span></button></div>` : nothing}`
}

/** @param {Holder} holder */
function state({ state, cover }) {
  if (state === 'asked') return html`<span class="state pending">${icon('hourglass')}<span>${t('staff.channel.state.asked')}</span></span>`
  const days = cover ? t('staff.channel.covers', { From: formatDate(cover.from, 'date'), To: formatDate(cover.to, 'date') }) : t('staff.channel.state.in')
  return html`<span class="state reviewed">${icon(cover ? 'calendar' : 'circle-check')}<span>${days}</span></span>`
}

/** @param {Desk} desk @param {Holder} holder @param {string[]} fingerprint */
function letting(desk, holder, fingerprint) {
  const sure = desk.form.compared === holder.id
  const toggle = () => {
    desk.form.compared = sure ? '' : holder.id
    desk.draw()
  }
  return html`<p>${t('staff.channel.compare', { Name: holder.name })}</p>
    ${digits(fingerprint)}
    <label class="check"><input type="checkbox" .checked=${live(sure)} data-action="compared" @change=${toggle}><span>${t('staff.channel.compared')}</span></label>
    <div class="row"><button type="button" class="button primary" data-action="let-in" aria-disabled=${sure ? 'false' : 'true'} @click=${() => sure && letIn(desk, holder)}
      >${icon('user-plus')}<span>${t('staff.channel.let_in')}</span></button></div>
    ${problem(desk.error)}`
}

/** @param {Desk} desk @param {Holder} holder */
const letIn = (desk, holder) => desk.act('letIn', async () => {
  const held = keysHeld(desk.channel.keys)
  const wraps = await Promise.all(held.map(async (key) => ({ key: key.id, wrapped: await seal(holder.recipient, channelIdentity(key.id) ?? '') })))
  await api.changeHolder(desk.channel.name, holder.id, { state: 'in', wraps })
  desk.form.compared = ''
  await desk.load()
})

/** @param {Desk} desk @param {Holder} holder */
function covering(desk, holder) {
  const { cover } = desk.form
  if (cover.id !== holder.id) {
    const begin = () => {
      desk.form.cover = { id: holder.id, from: holder.cover?.from ?? '', to: holder.cover?.to ?? '' }
      desk.draw()
    }
    return html`<div class="row"><button type="button" class="button small" data-action="cover" @click=${begin}>${icon('calendar')}<span>${t('staff.channel.cover')}</span></button></div>`
  }
  const set = (/** @type {import('./types.js').Span | null} */ days) => desk.act('cover', async () => {
    await api.changeHolder(desk.channel.name, holder.id, { cover: days })
    desk.form.cover = { id: '', from: '', to: '' }
    await desk.load()
  })
  const wrong = cover.from && cover.to && cover.from > cover.to ? t('staff.channel.days_wrong') : ''
  const typed = (/** @type {'from' | 'to'} */ end) => (/** @type {string} */ value) => {
    cover[end] = value
    desk.draw()
  }
  return html`<p class="quiet small">${t('staff.channel.cover_what')}</p>
    <div class="row fields">${field({ name: 'cover-from', type: 'date', label: t('staff.channel.from'), value: cover.from, input: typed('from') })}
      ${field({ name: 'cover-to', type: 'date', label: t('staff.channel.to'), value: cover.to, error: wrong, input: typed('to') })}</div>
    ${problem(desk.error)}
    <div class="row"><button type="button" class="button small" data-action="cover-save" @click=${() => cover.from && cover.to && !wrong && set({ from: cover.from, to: cover.to })}>${t('staff.channel.cover_save')}</button>
      <button type="button" class="button small plain" data-action="cover-always" @click=${() => set(null)}>${t('staff.channel.cover_always')}</button></div>`
}

/** @param {Desk} desk @param {Holder} holder @param {boolean} mine */
async function leave(desk, holder, mine) {
  const sure = await ask({
    name: 'leave', danger: true, action: 'leave-anyway', title: t(mine ? 'staff.channel.leave' : 'staff.channel.put_out'),
    text: t(mine ? 'staff.channel.leave_what' : 'staff.channel.put_out_what', { Name: holder.name }), yes: t(mine ? 'staff.channel.leave' : 'staff.channel.put_out'),
  })
  if (!sure) return
  await desk.act('leave', async () => {
    await api.changeHolder(desk.channel.name, holder.id, { state: 'left' })
    await desk.load()
  })
}

/** Those who are in get the new key; the recovery key on paper opens it too. @param {Desk} desk */
const rotate = (desk) => desk.act('rotate', async () => {
  const { current, channel } = desk
  if (!current) return
  const holders = channel.holders.filter((h) => h.state === 'in')
  await api.addKey(channel.name, await newKey(current.number, current.recoveryRecipient ?? '', holders))
  await desk.load()
})
