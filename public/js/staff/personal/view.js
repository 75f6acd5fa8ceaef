/**
 * What the check asks: at the field that holds it, and once more before the
 * letter goes out.
 *
 * @import {Check, Place} from './check.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t, tn } from '../../i18n/messages.js'

/**
 * @param {Check} check
 * @param {Place[]} places
 * @param {string} field
 */
export function personalAt(check, places, field) {
  const here = once(places.filter((p) => p.field === field))
  return here.length === 0 ? nothing : html`
    <div class="personal stack tight" data-part="personal" role="status">
      ${here.map((place) => html`<p class="row small" data-personal=${place.kind}>${icon('shield')}
        <span class="grow"><q lang="sv" dir="ltr">${place.text}</q> ${t(`staff.personal.${place.kind}`)}</span>
        <button type="button" class="button small plain" data-action="allow-personal" aria-label=${t('staff.personal.allow_this', { Text: place.text })} @click=${() => check.allow(place)}>${t('staff.personal.allow')}</button></p>`)}
    </div>`
}

/**
 * One line for the whole letter.
 * @param {Place[]} places
 * @param {string} edit where the letter is written
 */
export function personalNotice(places, edit) {
  const all = once(places)
  return all.length === 0 ? nothing : html`
    <div class="notice late" data-part="personal">${icon('shield')}<div class="stack tight">
      <p>${tn('staff.personal.found', all.length)} ${t('staff.personal.why')}</p>
      <p>${all.map(({ text }, i) => html`${i > 0 ? ' · ' : nothing}<q lang="sv" dir="ltr">${text}</q>`)}</p>
      <p><a href=${edit}>${t('staff.preview.edit')}</a></p></div></div>`
}

/** One line each, where there is nothing to press. @param {Place[]} places */
export const personalLines = (places) => once(places).map((place) => html`
  <p class="notice late" data-personal=${place.kind}>${icon('shield')}<span><q lang="sv" dir="ltr">${place.text}</q> ${t(`staff.personal.${place.kind}`)}</span></p>`)

/** The same words are asked about once. @param {Place[]} places */
const once = (places) => places.filter((p, i) => places.findIndex((q) => q.kind === p.kind && q.text === p.text) === i)
