/**
 * Requests that colleagues have shared with somebody, one by one: she needs a
 * passphrase of her own before anybody can.
 *
 * @import {Person} from '../types.js'
 * @import {OwnKey, Share} from './types.js'
 */
import { newIdentity } from '../../confidential/age.js'
import { read } from '../../confidential/plain.js'
import { formatDate, t } from '../../i18n/messages.js'
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { page } from '../shell.js'
import * as api from './api.js'
import { Work } from './desk.js'
import { hold, isUnlocked, lock, onLock, openOwn, unlock } from './keyring.js'
import { newPassphrase } from './newpassphrase.js'
import { problem, secret, section, showBox, slow, submit, submitting } from './parts.js'
import { lock as lockSlowly } from './passphrase.js'
import { said } from './reach.js'

/**
 * @param {HTMLElement} root
 * @param {string} _
 * @param {Person} person
 */
export async function view(root, _, person) {
  root.dataset.view = 'staff-shares'
  const desk = new Mine(person, () => draw())
  const draw = () => render(template(desk), root)
  await desk.load()
  onLock(() => {
    desk.opened.clear()
    if (root.isConnected) draw()
  })
  draw()
}

/** What this page works with. */
class Mine extends Work {
  /** @type {OwnKey} */
  key = { recipient: '', identity: '' }
  /** @type {Share[]} */
  shares = []
  /** What is open, by share; null for what is no request. @type {Map<string, import('../../confidential/plain.js').Request | null>} */
  opened = new Map()

  async load() {
    [this.key, this.shares] = await Promise.all([api.ownKey(), api.shares()])
  }
}

/** @param {Mine} desk */
const template = (desk) => page({
  title: t('staff.channel.shares'),
  under: t('staff.channel.shares_what'),
  up: { href: '/staff/channels', label: t('staff.channel.title') },
  body: html`<div class="stack loose" data-channel-page>${part(desk)}</div>`,
})

/** @param {Mine} desk */
function part(desk) {
  if (!desk.key.recipient) return section('choosing', t('staff.channel.choosing'), newPassphrase(desk, 'choose', t('staff.channel.choose_own'), (passphrase) => make(desk, passphrase)))
  if (desk.shares.length === 0) return html`<div class="empty">${icon('mail-open')}<p>${t('staff.channel.no_shares_what')}</p></div>`
  if (!isUnlocked()) return lockedForm(desk)
  return html`<p class="fact quiet">${icon('eye')}<span>${t('staff.channel.noted')}</span></p>${problem(desk.error)}
    <ul class="stack">${desk.shares.map((s) => html`<li class="card stack" data-share=${s.id}>${row(desk, s)}</li>`)}</ul>
    <button type="button" class="button" data-action="lock" @click=${() => { lock(); desk.opened.clear(); desk.draw() }}>${t('staff.channel.lock')}</button>`
}

/** @param {Mine} desk @param {string} passphrase */
async function make(desk, passphrase) {
  const { identity, recipient } = await newIdentity()
  desk.key = await api.putOwnKey({ recipient, identity: await lockSlowly(passphrase, identity, desk.progress) })
  await hold(identity)
}

/** @param {Mine} desk */
function lockedForm(desk) {
  const { form } = desk
  const send = () => desk.act('unlock', async () => {
    if (await unlock(form.passphrase, desk.key, desk.progress)) desk.clear()
    else form.wrong = t('staff.channel.passphrase_wrong')
  })
  return section('locked', t('staff.channel.locked'), html`<form class="card stack" autocomplete="off" novalidate data-form="unlock" @submit=${submitting(send)}>
    ${secret({ name: 'unlock', label: t('staff.channel.passphrase'), value: form.passphrase, error: form.wrong, shown: form.shown, input: (value) => {
      Object.assign(form, { passphrase: value, wrong: '' })
      desk.draw()
    } })}
    ${showBox(desk)}${slow(desk)}${problem(desk.error)}
    ${submit(desk, 'unlock', 'key-round', t('staff.channel.unlock'))}</form>`)
}

/** @param {Mine} desk @param {Share} share */
function row(desk, share) {
  const plain = desk.opened.get(share.id)
  const readIt = () => desk.act('read', async () => {
    const { ciphertext } = await api.openShare(share.id)
    desk.opened.set(share.id, read(await openOwn(ciphertext)))
  })
  return html`<p><strong>${formatDate(share.at, 'datetime')}</strong> ${share.by ? html`<span dir="auto">${share.by}</span>` : nothing}</p>
    ${plain ? said(plain) : plain === null ? html`<p>${t('staff.channel.unreadable')}</p>`
      : html`<div class="row"><button type="button" class="button primary" data-action="read" @click=${readIt}>${icon('mail-open')}<span>${t('staff.channel.read')}</span></button></div>`}`
}
