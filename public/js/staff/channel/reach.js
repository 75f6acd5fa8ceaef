/**
 * How the one who wrote wants to be reached, with the button for it, and in
 * which language.
 *
 * @import {Request} from '../../confidential/plain.js'
 */
import { t } from '../../i18n/messages.js'
import { languageName } from '../../i18n/spoken.js'
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'

/** @type {Record<import('../../confidential/plain.js').How, {sign: string, scheme: string}>} */
const WAYS = {
  phone: { sign: 'phone', scheme: 'tel' }, sms: { sign: 'smartphone', scheme: 'sms' }, mail: { sign: 'mail', scheme: 'mailto' },
  post: { sign: 'mail-open', scheme: '' }, none: { sign: 'circle-x', scheme: '' },
}

/** What a request says, for whoever may read it. @param {Request} plain */
export const said = (plain) => html`<div class="stack" data-plain>
  <p class="quiet">${t(`staff.channel.kind.${plain.kind}`)}</p>
  ${plain.text ? html`<p class="typed" dir="auto" data-text>${plain.text}</p>` : nothing}
  ${reach(plain)}
  <dl class="facts">
    ${fact('staff.channel.voicemail', plain.reach.how === 'phone' ? t(plain.reach.voicemail ? 'staff.channel.voicemail_yes' : 'staff.channel.voicemail_no') : '')}
    ${fact('staff.channel.when', plain.reach.when)}
    ${fact('staff.channel.language', plain.language ? languageName(plain.language) : '')}
    ${fact('staff.channel.interpreter', plain.interpreter ? t('staff.channel.interpreter_yes') : '')}
  </dl></div>`

/** @param {string} label @param {string} value */
const fact = (label, value) => (value ? html`<div><dt class="quiet">${t(label)}</dt><dd dir="auto">${value}</dd></div>` : nothing)

/** @param {Request} plain */
function reach({ reach: { how, value } }) {
  const { sign, scheme } = WAYS[how]
  const words = html`${icon(sign)}<span><span>${t(`staff.channel.reach.${how}`)}</span> <bdi dir=${how === 'post' ? 'auto' : 'ltr'}>${value}</bdi></span>`
  const address = hrefOf(scheme, value)
  return address ? html`<a class="button primary" href=${address} data-action="reach">${words}</a>` : html`<p class="fact typed" data-reach>${words}</p>`
}

/** What is written in the request leads nowhere else than to a number or an address. @param {string} scheme @param {string} value */
function hrefOf(scheme, value) {
  if (scheme === 'mailto') return /^[^\s@?&]+@[^\s@?&]+\.[^\s@?&]+$/.test(value) ? `mailto:${value}` : ''
  const number = value.replace(/[^+\d]/g, '')
  return scheme && number.length >= 3 ? `${scheme}:${number}` : ''
}

/** The same as plain text, for a file. @param {Request} plain */
export const asText = (plain) => [
  t(`staff.channel.kind.${plain.kind}`), '', plain.text, '',
  `${t(`staff.channel.reach.${plain.reach.how}`)} ${plain.reach.value}`,
  plain.reach.how === 'phone' ? `${t('staff.channel.voicemail')}: ${t(plain.reach.voicemail ? 'staff.channel.voicemail_yes' : 'staff.channel.voicemail_no')}` : '',
  plain.reach.when ? `${t('staff.channel.when')}: ${plain.reach.when}` : '',
  plain.language ? `${t('staff.channel.language')}: ${languageName(plain.language)}` : '',
  plain.interpreter ? t('staff.channel.interpreter_yes') : '',
].filter((line, i) => line !== '' || i < 4).join('\n')
