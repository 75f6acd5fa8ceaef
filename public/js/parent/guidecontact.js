/**
 * The ways to reach a service as large buttons, and where it is.
 *
 * @import {Contact, Entry} from '../data/guide.js'
 */
import { SOURCE, t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/** @type {Record<Contact['kind'], {icon: string, label: string}>} */
const KINDS = {
  phone: { icon: 'phone', label: 'guide.call' },
  sms: { icon: 'message-circle', label: 'guide.sms' },
  mail: { icon: 'mail', label: 'guide.mail' },
  web: { icon: 'external-link', label: 'guide.web' },
  visit: { icon: 'map-pin', label: 'guide.visit' },
}

/** @param {Entry} entry */
export function contacts(entry) {
  const known = entry.contacts.filter((c) => KINDS[c.kind])
  if (known.length === 0) return nothing
  return html`<section class="stack" data-contacts aria-label=${t('guide.reach')}>
    ${known.map((c, i) => contact(c, i === 0, entry.sensitive))}
    ${entry.sensitive && known.some((c) => c.kind === 'phone' || c.kind === 'sms') ? html`<p class="quiet small">${t('guide.call_shows')}</p>` : nothing}
  </section>`
}

/**
 * @param {Contact} contact
 * @param {boolean} first it is the main thing to do here
 * @param {boolean} sensitive
 */
function contact({ kind, value, label }, first, sensitive) {
  const { icon: sign, label: words } = KINDS[kind]
  const inside = html`${icon(sign)}<span class="stack tight"><span>${t(words)}</span><strong class="value" dir="ltr">${shown(kind, value)}</strong>${
    label ? html`<small><bdi lang=${SOURCE}>${label}</bdi></small>` : nothing}</span>`
  const href = target(kind, value)
  // Another site would stand in the browser's history: of what is sensitive the words must do.
  if (!href || (sensitive && (kind === 'web' || kind === 'visit'))) return html`<p class="fact" data-contact=${kind}>${inside}</p>`
  const away = kind === 'web' || kind === 'visit'
  return html`<a class=${`button choice large ${first ? 'primary' : ''}`} data-contact=${kind} href=${href}
    target=${away ? '_blank' : nothing} rel=${away ? 'noopener noreferrer' : nothing}>${inside}</a>`
}

/** @param {Contact['kind']} kind @param {string} value */
const shown = (kind, value) => (kind === 'web' ? value.replace(/^https?:\/\//, '').replace(/\/$/, '') : value)

/** @param {Contact['kind']} kind @param {string} value @returns {string} "" where it can only be read */
function target(kind, value) {
  switch (kind) {
    case 'phone': return `tel:${value.replace(/[^\d+]/g, '')}`
    case 'sms': return `sms:${value.replace(/[^\d+]/g, '')}`
    case 'mail': return /[?&%#]/.test(value) ? '' : `mailto:${value}`
    case 'web': return /^https?:\/\//.test(value) ? value : ''
    case 'visit': return map(value)
  }
}

/** @param {string} address */
const map = (address) => `https://www.openstreetmap.org/search?query=${encodeURIComponent(address)}`

/** Where it is, unless that stands among the contacts. @param {Entry} entry */
export function placeOf({ place, sensitive, contacts: ways }) {
  if (!place.name && !place.address) return nothing
  const words = html`${icon('map-pin')}<span><bdi lang=${SOURCE}>${[place.name, place.address].filter(Boolean).join(', ')}</bdi></span>`
  if (sensitive || !place.address || ways.some((c) => c.kind === 'visit')) return html`<p class="fact" data-place>${words}</p>`
  return html`<a class="button choice" data-place href=${map(place.address)} target="_blank" rel="noopener noreferrer">${words}</a>`
}
