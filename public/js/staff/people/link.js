/** A link that an administrator hands over herself, where the server sends no e-mail. */
import { t } from '../../i18n/messages.js'
import { html } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { copyText } from '../copytext.js'
import { openDialog } from '../dialog.js'

/**
 * @param {string} link
 * @param {string} name whose
 * @param {() => void} [closed]
 */
export function linkDialog(link, name, closed) {
  const dialog = openDialog('link', () => html`
    <div class="stack">
      <h2 id="dialog-title" tabindex="-1" autofocus>${t('staff.people.link')}</h2>
      <p>${t('staff.people.link_text', { Name: name })}</p>
      <p class="card"><bdi dir="ltr" class="breaks" data-link>${link}</bdi></p>
      <div class="row">
        <button type="button" class="button primary" data-action="copy" @click=${() => copyText(link)}>${icon('copy')}${t('staff.people.copy')}</button>
        <button type="button" class="button" data-action="close" @click=${() => dialog.close()}>${t('staff.close')}</button>
      </div>
    </div>`, closed)
}
