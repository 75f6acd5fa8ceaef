/**
 * The bank in a dialog: at the question of a meeting, and in a letter.
 *
 * @import {Phrase} from '../types.js'
 */
import { html } from '../../lib/html.js'
import { t } from '../../i18n/messages.js'
import { openDialog } from '../dialog.js'
import { fitting, readBank } from './bank.js'
import { chooser, nothingFits, rows } from './rows.js'

/** @param {(question: string) => void} use */
export const chooseQuestion = (use) => choose('question', use)

/** A sentence that is translated already. @param {(sentence: string) => void} use */
export const chooseSentence = (use) => choose('phrase', use)

/** @param {Phrase['kind']} kind @param {(text: string) => void} use */
async function choose(kind, use) {
  const { phrases, uses } = await readBank()
  const choice = { words: '', topic: '', age: '' }
  const take = (/** @type {string} */ text) => {
    dialog.close()
    use(text)
  }
  const dialog = openDialog('bank', () => {
    const found = fitting(phrases, kind, choice)
    return html`
      <div class="stack">
        <h2 id="dialog-title">${t(kind === 'phrase' ? 'staff.bank.phrases' : 'staff.bank.title')}</h2>
        ${chooser(phrases, choice, (part) => {
          Object.assign(choice, part)
          dialog.draw()
        })}
        ${found.length === 0 ? nothingFits(t('staff.bank.none')) : rows(found, uses, ({ id, text }) => html`
          <button type="button" class="button small" data-action=${kind === 'phrase' ? 'take-sentence' : 'take-question'} aria-describedby="phrase-${id}" @click=${() => take(text)}>${t('staff.bank.use')}</button>`)}
        <div class="row end"><button type="button" class="button" data-action="cancel" @click=${() => dialog.close()}>${t('staff.close')}</button></div>
      </div>`
  })
}
