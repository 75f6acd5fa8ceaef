/** @import {Group} from './types.js' */
import { html } from '../lib/html.js'
import { t } from '../i18n/messages.js'
import { errorLine, tie } from './field.js'

/**
 * Which groups of the unit something is for.
 * @param {Group[]} choices
 * @param {string[]} chosen
 * @param {string|undefined} error
 * @param {(chosen: string[]) => void} change
 */
export function groupChoice(choices, chosen, error, change) {
  const tied = tie('groups', { error })
  const toggle = (/** @type {string} */ id) =>
    change(chosen.includes(id) ? chosen.filter((g) => g !== id) : [...chosen, id])
  return html`
    <fieldset class="field" id=${tied.id} aria-describedby=${tied.by}>
      <legend class="label">${t('staff.groups.label')}</legend>
      <div class="row">
        ${choices.map((g) => html`
          <label class="check"><input type="checkbox" name="groups" value=${g.id} .checked=${chosen.includes(g.id)}
            aria-invalid=${tied.invalid} @change=${() => toggle(g.id)}><span dir="auto">${g.name}</span></label>`)}
      </div>
      ${errorLine('groups', error)}
    </fieldset>`
}
