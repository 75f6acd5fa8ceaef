/**
 * Rows that lead to entries and worries. What is sensitive has no address: its
 * row is a button that looks the same.
 *
 * @import {Entry, Guide, Worry} from '../data/guide.js'
 * @import {Level} from './guidelevel.js'
 */
import { SOURCE, t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { HOME, showQuietly } from './guidelevel.js'
import { worryIcon } from './guideicons.js'
import { paragraphDir, run } from './sentences.js'

/**
 * @param {Entry[]} entries
 * @param {Level[]} levels that the rows stand below
 */
export const entryRows = (entries, levels) => html`<ul class="guide-rows">${entries.map((entry) => html`<li>${leading(
  entry.sensitive ? [...levels, { kind: 'entry', key: entry.key }] : null, `${HOME}/${entry.key}`, 'guide-row', entry.key, html`
    <span class="grow">${entry.name ? html`<strong lang=${SOURCE} dir="ltr">${entry.name}</strong>` : nothing}
      <span class=${entry.name ? '' : 'named'} dir=${paragraphDir(entry.title)}>${run(entry.title)}</span>
      <small class="quiet">${agesOf(entry.ages)}</small></span>${icon('chevron-right')}`)}</li>`)}</ul>`

/**
 * @param {Worry[]} worries
 * @param {Guide} guide
 */
export const worryRows = (worries, guide) => html`<ul class="guide-worries">${worries.map((worry) => html`<li>${leading(
  isSensitive(worry, guide) ? [{ kind: 'worry', key: worry.key }] : null, `${HOME}/worry/${worry.key}`, 'button choice', worry.key, html`
    ${icon(worryIcon(worry.key))}<span dir=${paragraphDir(worry.title)}>${run(worry.title)}</span>`)}</li>`)}</ul>`

/**
 * Whether a worry leads to something sensitive, and so has no address either.
 * @param {Worry} worry
 * @param {Guide} guide
 */
export const isSensitive = (worry, { entries }) => entries.some((e) => e.sensitive && worry.guide.includes(e.id))

/** @param {[number, number]} ages */
export const agesOf = ([from, to]) => (from === 0 && to === 20 ? t('guide.ages_all') : from === to ? t('guide.age', { Age: from }) : t('guide.ages', { From: from, To: to }))

/**
 * @param {Level[] | null} levels to be shown at the guide's own address
 * @param {string} path otherwise
 * @param {string} look
 * @param {string} key
 * @param {unknown} words
 */
const leading = (levels, path, look, key, words) => (levels
  ? html`<button type="button" class=${look} data-to=${key} @click=${() => showQuietly(levels)}>${words}</button>`
  : html`<a class=${look} href=${path} data-to=${key}>${words}</a>`)
