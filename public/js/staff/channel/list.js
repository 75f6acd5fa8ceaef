/**
 * The confidential channels that somebody has something to do with, and what
 * colleagues have shared with her.
 *
 * @import {Channel, Share} from './types.js'
 */
import { formatDate, t, tn } from '../../i18n/messages.js'
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { page } from '../shell.js'
import * as api from './api.js'

/** @param {HTMLElement} root */
export async function view(root) {
  root.dataset.view = 'staff-channels'
  const [channels, shares] = await Promise.all([api.channels(), api.shares()])
  render(page({
    title: t('staff.channel.title'),
    under: t('staff.channel.intro'),
    up: { href: '/staff', label: t('staff.home.work') },
    body: html`<div class="stack loose" data-channel-page>
      ${channels.length === 0 ? nothing : html`<ul class="rows card">${channels.map(row)}</ul>`}
      ${sharedRow(shares)}</div>`,
  }), root)
}

/** @param {Channel} channel */
const row = (channel) => html`<li><a class="rowlink" href="/staff/channels/${channel.name}" data-channel=${channel.name}>
  ${icon('message-circle')}<span class="grow"><span dir="auto">${channel.title || t(`staff.channel.name.${channel.name}`)}</span>
    <small class="quiet">${line(channel)}</small></span>${icon('chevron-right')}</a></li>`

/** @param {Channel} channel */
function line({ state, waiting, waitingSince, alarm }) {
  if (alarm) return html`<span class="state failed">${icon('triangle-alert')}<span>${t('staff.channel.alarm')}</span></span>`
  if (waiting) return `${tn('staff.channel.new', waiting)} ${waitingSince ? t('staff.channel.since', { Date: formatDate(waitingSince, 'datetime') }) : ''}`
  return t(`staff.channel.is.${state}`)
}

/** @param {Share[]} shares */
const sharedRow = (shares) => html`<ul class="rows card"><li><a class="rowlink" href="/staff/shares" data-shares>
  ${icon('user-plus')}<span class="grow">${t('staff.channel.shares')}<small class="quiet">${shares.length === 0 ? t('staff.channel.no_shares') : tn('staff.channel.shares_count', shares.length)}</small></span>
  ${icon('chevron-right')}</a></li></ul>`
