/**
 * One confidential channel, for those who have something to do with it: the
 * way in, its requests, who reads them, and whether the log of who read what
 * is whole.
 *
 * @import {Person} from '../types.js'
 * @import {ChannelName} from './types.js'
 */
import { formatDate, t, tn } from '../../i18n/messages.js'
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { page } from '../shell.js'
import { accept, follow } from './chain.js'
import { Desk } from './desk.js'
import { asking, choosing, locked, recovering, waiting } from './entering.js'
import { fingerprint } from './fingerprint.js'
import { people } from './holders.js'
import { isUnlocked, lock, onLock } from './keyring.js'
import { forgetPaper, opening } from './opening.js'
import { problem } from './parts.js'
import { Inbox, requests } from './requests.js'

/**
 * @param {HTMLElement} root
 * @param {string} name
 * @param {Person} person
 */
export async function view(root, name, person) {
  root.dataset.view = 'staff-channel'
  const inbox = new Inbox()
  /** @type {Map<string, string[]>} */
  const fingerprints = new Map()
  const desk = new Desk(/** @type {ChannelName} */ (name), person, () => draw())
  const log = { broken: false, followed: false }
  const draw = () => {
    render(template(desk, inbox, fingerprints, log, shut), root)
    more()
  }
  const shut = () => {
    lock()
    inbox.close()
    forgetPaper()
    desk.clear()
    log.followed = false
    draw()
  }
  /** What is fetched once it is needed: requests and the log when unlocked, fingerprints of those whom one may compare. */
  const more = () => {
    for (const { recipient } of [desk.key, ...desk.channel.holders]) {
      if (!recipient || fingerprints.has(recipient)) continue
      fingerprints.set(recipient, [])
      fingerprint(recipient).then((groups) => fingerprints.set(recipient, groups)).then(draw)
    }
    if (desk.busy || !reading(desk) || log.followed) return
    log.followed = true
    desk.act('load', async () => {
      await inbox.load(desk)
      log.broken = await follow() === 'broken'
    })
  }
  await desk.load()
  onLock(() => { if (root.isConnected) shut() })
  draw()
}

/** @param {Desk} desk */
const reading = ({ channel, holder }) => channel.mine?.state === 'in' && isUnlocked() && (holder?.wraps.length ?? 0) > 0

/**
 * @param {Desk} desk
 * @param {Inbox} inbox
 * @param {Map<string, string[]>} fingerprints
 * @param {{broken: boolean}} log
 * @param {() => void} shut
 */
function template(desk, inbox, fingerprints, log, shut) {
  const { channel } = desk
  return page({
    title: channel.title || t(`staff.channel.name.${channel.name}`),
    up: { href: '/staff/channels', label: t('staff.channel.title') },
    body: html`<div class="stack loose" data-channel-page data-channel=${channel.name}>
      ${status(desk, inbox)}
      ${isUnlocked() ? html`<div class="row apart"><span class="state reviewed">${icon('key-round')}<span>${t('staff.channel.unlocked')}</span></span>
        <button type="button" class="button small" data-action="lock" @click=${shut}>${icon('key-round')}<span>${t('staff.channel.lock')}</span></button></div>` : nothing}
      ${log.broken ? broken(desk, log) : nothing}
      ${channel.role ? part(desk, inbox, fingerprints) : html`<p class="notice">${icon('info')}<span>${t('staff.channel.no_role')}</span></p>`}
      ${channel.holders.length > 0 && !desk.form.step && (isUnlocked() || !channel.role || channel.isHead || channel.isAdmin) ? people(desk, fingerprints) : nothing}
      ${channel.isAdmin || channel.isHead ? html`<a class="button" href="/staff/channels/${channel.name}/settings" data-action="settings">${icon('sliders-horizontal')}<span>${t('staff.channel.settings')}</span></a>` : nothing}
    </div>`,
  })
}

/** @param {Desk} desk @param {Inbox} inbox */
function status({ channel }, inbox) {
  const { state, waiting: count, waitingSince, alarm } = channel
  const sign = state === 'open' ? 'circle-check' : state === 'paused' ? 'pause' : 'circle-x'
  return html`<div class="stack tight">
    <p><span class="state ${state === 'open' ? 'reviewed' : 'pending'}" data-channel-state=${state}>${icon(sign)}<span>${t(`staff.channel.is.${state}`)}</span></span></p>
    ${count && inbox.rows === null ? html`<p>${tn('staff.channel.new', count)} ${waitingSince ? t('staff.channel.since', { Date: formatDate(waitingSince, 'datetime') }) : ''}</p>` : nothing}
    ${alarm ? html`<p class="notice bad" data-alarm>${icon('triangle-alert')}<span>${t('staff.channel.alarm')}</span></p>` : nothing}
  </div>`
}

/** @param {Desk} desk @param {Inbox} inbox @param {Map<string, string[]>} fingerprints */
function part(desk, inbox, fingerprints) {
  const { channel, key, form } = desk
  const mine = channel.mine?.state
  if (form.step === 'recover' || form.step === 'renew') return recovering(desk)
  if (!key.recipient) return choosing(desk)
  if (!mine || mine === 'left') return asking(desk)
  if (!isUnlocked() && (mine === 'in' || channel.state === 'closed')) return locked(desk)
  if (channel.state === 'closed') return opening(desk)
  if (mine === 'asked') return waiting(desk, fingerprints.get(key.recipient) ?? [])
  if (desk.holder?.wraps.length === 0) return html`<p class="notice late">${icon('calendar')}<span>${t('staff.channel.not_today')}</span></p>`
  return requests(desk, inbox)
}

/** @param {Desk} desk @param {{broken: boolean}} log */
function broken(desk, log) {
  const noted = () => desk.act('accept', async () => {
    await accept()
    log.broken = false
  })
  return html`<div class="notice bad" role="alert" data-broken>${icon('triangle-alert')}<div class="stack tight"><p><strong>${t('staff.channel.broken')}</strong></p><p>${t('staff.channel.broken_what')}</p>
    ${problem(desk.error)}<button type="button" class="button small" data-action="accept" @click=${noted}>${t('staff.channel.broken_noted')}</button></div></div>`
}
