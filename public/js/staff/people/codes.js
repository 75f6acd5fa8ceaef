/** Switching codes on: an administrator writes the one that she was sent, so that nobody is locked out where none arrives. */
import { t } from '../../i18n/messages.js'
import { html } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { openDialog } from '../dialog.js'
import { field } from '../field.js'
import { Problem } from '../problem.js'
import * as api from './api.js'

/** @returns {Promise<void>} when it is on, or she left it @throws {Problem} where no code can be sent */
export async function arrives() {
  const { id } = await api.tryCode()
  const state = { code: '', error: '', busy: false }
  return new Promise((resolve) => {
    const submit = async (/** @type {SubmitEvent} */ event) => {
      event.preventDefault()
      if (state.busy) return
      state.busy = true
      try {
        await api.setCodes(true, { id, code: state.code.replace(/\D/g, '') })
        return dialog.close()
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        state.error = error.fields.code?.message ?? error.message
      }
      state.busy = false
      dialog.draw()
    }
    const dialog = openDialog('codes-on', () => html`
      <form class="stack" novalidate @submit=${submit}>
        <h2 id="dialog-title">${t('staff.people.codes_start')}</h2>
        <p>${t('staff.people.codes_try')}</p>
        ${field({ name: 'code', label: t('staff.signin.code'), value: state.code, error: state.error || undefined, autocomplete: 'one-time-code', keyboard: 'numeric', max: 12, required: true, input: (v) => { state.code = v } })}
        <div class="row end">
          <button type="button" class="button" data-action="cancel" @click=${() => dialog.close()}>${t('staff.cancel')}</button>
          <button class="button primary" data-action="codes-on">${icon('check')}${t('staff.people.codes_start')}</button>
        </div>
      </form>`, () => resolve())
  })
}
