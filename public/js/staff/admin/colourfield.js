/**
 * The field for the municipality's colour: the browser's own chooser, and what
 * to take instead of a colour that can't be read.
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t } from '../../i18n/messages.js'
import { errorLine, tie } from '../field.js'
import { OWN, nearest, passes } from './colour.js'

/** What is wrong with a colour, "" for nothing. @param {string} value */
export const colourFault = (value) => (value && !passes(value) ? t('staff.town.colour_weak') : '')

/**
 * @param {string} value "" for the app's own
 * @param {(value: string) => void} change
 */
export function colourField(value, change) {
  const error = colourFault(value)
  const tied = tie('colour', { hint: 'colour', error })
  const near = error ? nearest(value) : ''
  return html`<div class="field">
    <label for=${tied.id}>${t('staff.town.colour')}</label>
    <p class="hint" id="colour-hint">${t('staff.town.hint.colour')}</p>
    <div class="row">
      <input class="colour" id=${tied.id} name="colour" type="color" .value=${value || OWN} aria-describedby=${tied.by} aria-invalid=${tied.invalid}
        @input=${(/** @type {Event} */ e) => change(/** @type {HTMLInputElement} */ (e.target).value)}>
      <bdi class="quiet" data-colour=${value}>${value}</bdi>
      ${value ? html`<button type="button" class="button" data-action="colour-own" @click=${() => change('')}>${icon('undo-2')}${t('staff.town.colour_own')}</button>` : nothing}
    </div>
    ${errorLine('colour', error)}
    ${near ? html`<div><button type="button" class="button" data-action="colour-near" @click=${() => change(near)}
      ><svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><rect width="24" height="24" rx="4" fill=${near}></rect></svg><span>${t('staff.town.colour_near', { Colour: near })}</span></button></div>` : nothing}
  </div>`
}
