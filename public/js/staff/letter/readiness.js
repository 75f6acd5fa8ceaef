/**
 * How far a text has come in each language, and for how many, as pills. A
 * language that few or nobody of the unit reads is folded away.
 *
 * @import {Readiness, TranslatedBy} from '../types.js'
 * @import {Template} from '../../lib/html.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { langTag, localeDir, localeName, t, tn } from '../../i18n/messages.js'

/** @typedef {'missing'|'machine'|'ready'} Ready */

/** Plain Swedish is a help beside the letter, which is Swedish itself: nobody waits for it. */
export const SIMPLE = 'sv-simple'

/** What a reader of the language will notice most. @param {Readiness} count @returns {Ready} */
export const readyOf = ({ missing, draft, machine }) => (missing + draft > 0 ? 'missing' : machine > 0 ? 'machine' : 'ready')

/** Whether it lacks sentences that nobody will write unless somebody is asked. @param {Readiness} count @param {TranslatedBy} by */
export const needsPerson = (count, by) => count.tag !== SIMPLE && by[count.tag] === 'nobody' && readyOf(count) === 'missing'

/** Whether it was never begun, and needn't be. @param {Readiness} count */
const isOptional = ({ tag, missing, total }) => tag === SIMPLE && missing === total

/** The languages that are read, and the others. Where none is known to be read, all may be. @param {Readiness[]} counts */
export function folded(counts) {
  const read = counts.filter((c) => c.readers + c.nearby > 0)
  return read.length ? { read, others: counts.filter((c) => !read.includes(c)) } : { read: counts, others: [] }
}

/** @type {Record<Ready, string>} */
const ICONS = { missing: 'circle-dashed', machine: 'bot', ready: 'circle-check' }

/** @param {Readiness} count @param {TranslatedBy} by */
function stateOf(count, by) {
  const ready = readyOf(count)
  if (isOptional(count)) return { look: 'optional', picture: 'plus', words: t('staff.ready.optional') }
  if (needsPerson(count, by)) return { look: 'missing', picture: 'user-plus', words: t('staff.ready.needs_person') }
  const words = ready === 'missing' ? tn('staff.ready.missing', count.missing + count.draft) : t(`staff.ready.${ready}`)
  return { look: ready, picture: ICONS[ready], words }
}

/** @param {string} tag */
export const languageName = (tag) => html`<span lang=${langTag(tag)} dir=${localeDir(tag)}>${localeName(tag)}</span>`

/**
 * A button for each language; pressing one chooses it.
 * @param {Readiness[]} counts
 * @param {TranslatedBy} by
 * @param {string} chosen
 * @param {(tag: string) => void} choose
 * @param {{label: string, first?: Template|typeof nothing, opens?: boolean}} how first: what stands before them; opens: the chosen one's particulars stand below
 */
export function pills(counts, by, chosen, choose, { label, first = nothing, opens = false }) {
  const { read, others } = folded(counts)
  const row = (/** @type {Readiness[]} */ some) => some.map((c) => pill(c, by, chosen, choose, opens))
  return html`
    <div class="row readiness" role="group" aria-label=${label}>${first}${row(read)}</div>
    ${others.length ? html`<details class="others" data-part="other-languages" ?open=${others.some((c) => c.tag === chosen)}>
      <summary>${tn('staff.ready.others', others.length)}</summary>
      <p class="quiet small">${t('staff.ready.others_hint')}</p>
      <div class="row readiness">${row(others)}</div></details>` : nothing}`
}

/** @param {Readiness} count @param {TranslatedBy} by @param {string} chosen @param {(tag: string) => void} choose @param {boolean} opens */
function pill(count, by, chosen, choose, opens) {
  const { look, picture, words } = stateOf(count, by)
  const on = count.tag === chosen
  return html`<button type="button" class="button ready ${look}" data-locale=${count.tag} aria-pressed=${opens ? nothing : on} aria-expanded=${opens ? on : nothing} @click=${() => choose(count.tag)}>
    ${icon(picture)}${languageName(count.tag)}<span class="quiet small">${words}</span></button>`
}

/**
 * The same, to choose a language to read in, with what is to be said of it.
 * @param {string} source the tag of the original
 * @param {Readiness[]} counts
 * @param {TranslatedBy} by
 * @param {string} chosen
 * @param {(tag: string) => void} choose
 */
export function languageChoice(source, counts, by, chosen, choose) {
  const first = html`<button type="button" class="button ready" data-locale=${source} aria-pressed=${chosen === source} @click=${() => choose(source)}>
    ${languageName(source)}<span class="quiet small">${t('staff.ready.source')}</span></button>`
  const count = counts.find((c) => c.tag === chosen)
  return html`${pills(counts, by, chosen, choose, { label: t('staff.preview.languages'), first })}${count ? particulars(count, by) : nothing}`
}

/** How many read the language, and who translates into it. @param {Readiness} count @param {TranslatedBy} by */
export const particulars = (count, by) => html`
  <p class="quiet small" data-part="particulars">
    <span>${readersWords(count)}</span>
    ${readyOf(count) === 'ready' || count.tag === SIMPLE || !by[count.tag] ? nothing : html`<span>${t(`staff.ready.by_${by[count.tag]}`)}</span>`}
  </p>`

/** @param {Readiness} count */
function readersWords({ readers, nearby }) {
  if (readers) return tn('staff.ready.readers', readers)
  return nearby ? tn('staff.ready.nearby', nearby) : t('staff.ready.few')
}
