/**
 * How far a letter has come in each language, as pills.
 *
 * @import {Readiness} from '../types.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { langTag, localeDir, localeName, t, tn } from '../../i18n/messages.js'

/** @typedef {'missing'|'machine'|'ready'} Ready */

/** What a reader of the language will notice most. @param {Readiness} count @returns {Ready} */
export const readyOf = ({ missing, draft, machine }) => (missing + draft > 0 ? 'missing' : machine > 0 ? 'machine' : 'ready')

/** @type {Record<Ready, string>} */
const ICONS = { missing: 'circle-dashed', machine: 'bot', ready: 'circle-check' }

/** @param {Readiness} count */
function readyWords(count) {
  const ready = readyOf(count)
  return ready === 'missing' ? tn('staff.ready.missing', count.missing + count.draft) : t(`staff.ready.${ready}`)
}

/** @param {string} tag */
const name = (tag) => html`<span lang=${langTag(tag)} dir=${localeDir(tag)}>${localeName(tag)}</span>`

/** @param {Readiness[]} counts */
export const readinessOf = (counts) => html`
  <ul class="row readiness">
    ${counts.map((c) => html`<li class="ready ${readyOf(c)}" data-locale=${c.tag}>${icon(ICONS[readyOf(c)])}${name(c.tag)}<span class="quiet">${readyWords(c)}</span></li>`)}
  </ul>`

/**
 * The same, to choose a language to read in.
 * @param {string} source the tag of the original
 * @param {Readiness[]} counts
 * @param {string} chosen
 * @param {(tag: string) => void} choose
 */
export const languageChoice = (source, counts, chosen, choose) => html`
  <div class="row readiness" role="group" aria-label=${t('staff.preview.languages')}>
    ${[source, ...counts.map((c) => c.tag)].map((tag) => {
      const count = counts.find((c) => c.tag === tag)
      return html`<button type="button" class="button ready ${count ? readyOf(count) : 'ready'}" data-locale=${tag} aria-pressed=${tag === chosen} @click=${() => choose(tag)}>
        ${count ? icon(ICONS[readyOf(count)]) : nothing}${name(tag)}<span class="quiet small">${count ? readyWords(count) : t('staff.ready.source')}</span></button>`
    })}
  </div>`
