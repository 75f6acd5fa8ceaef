import { html } from '../lib/html.js'
import { t } from '../i18n/messages.js'
import { openDialog, tell } from './dialog.js'

/**
 * Puts a text on the clipboard, or shows it to be copied by hand where the
 * browser refuses.
 * @param {string} text
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text)
    tell(t('staff.copy.done'))
  } catch {
    const dialog = openDialog('copy', () => html`
      <div class="stack">
        <h2 id="dialog-title">${t('staff.copy.copy')}</h2>
        <p>${t('staff.copy.failed')}</p>
        <textarea readonly rows="12" class="copied" aria-labelledby="dialog-title" lang="sv" dir="auto" .value=${text}
          @focus=${(/** @type {Event} */ e) => /** @type {HTMLTextAreaElement} */ (e.target).select()}></textarea>
        <div class="row end"><button type="button" class="button" data-action="close" @click=${() => dialog.close()}>${t('staff.close')}</button></div>
      </div>`)
  }
}
