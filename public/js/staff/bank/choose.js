/** The bank in a dialog, at the question of a meeting. */
import { html } from '../../lib/html.js'
import { t } from '../../i18n/messages.js'
import { openDialog } from '../dialog.js'
import { fitting, readBank } from './bank.js'
import { chooser, nothingFits, rows } from './rows.js'

/** @param {(question: string) => void} use */
export async function chooseQuestion(use) {
  const { phrases, uses } = await readBank()
  const choice = { words: '', topic: '', age: '' }
  const take = (/** @type {string} */ text) => {
    dialog.close()
    use(text)
  }
  const dialog = openDialog('bank', () => {
    const found = fitting(phrases, 'question', choice)
    return html`
      <div class="stack">
        <h2 id="dialog-title">${t('staff.bank.title')}</h2>
        ${chooser(phrases, choice, (part) => {
          Object.assign(choice, part)
          dialog.draw()
        })}
        ${found.length === 0 ? nothingFits(t('staff.bank.none')) : rows(found, uses, ({ id, text }) => html`
          <button type="button" class="button small" data-action="take-question" aria-describedby="phrase-${id}" @click=${() => take(text)}>${t('staff.bank.use')}</button>`)}
        <div class="row end"><button type="button" class="button" data-action="cancel" @click=${() => dialog.close()}>${t('staff.close')}</button></div>
      </div>`
  })
}
