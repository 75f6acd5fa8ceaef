/** Her PIN for shared tablets. */
import { t } from '../../i18n/messages.js'
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { tell } from '../dialog.js'
import { field } from '../field.js'
import { Problem } from '../problem.js'
import { page } from '../shell.js'
import * as api from './api.js'

/** @param {HTMLElement} root */
export async function view(root) {
  root.dataset.view = 'staff-pin'
  const state = { set: await api.hasPIN(), pin: '', wrong: '', busy: false }
  /** @param {() => Promise<void>} work */
  const run = async (work) => {
    if (state.busy) return
    Object.assign(state, { busy: true, wrong: '' })
    try {
      await work()
      state.pin = ''
      state.set = await api.hasPIN()
      if (state.set) tell(t('staff.pin.set'))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      state.wrong = error.fields.pin?.message ?? error.message
    }
    state.busy = false
    draw()
    if (state.wrong) root.querySelector(/** @type {'input'} */ ('#field-pin'))?.focus()
  }
  const save = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault()
    run(() => api.setPIN(state.pin))
  }
  const draw = () => render(page({
    title: t('staff.pin.title'),
    up: { href: '/staff', label: t('staff.home.title') },
    under: t('staff.pin.text'),
    body: html`
      ${state.set ? html`<p class="state reviewed" data-part="set">${icon('check')}${t('staff.pin.set')}</p>` : nothing}
      <form class="stack narrow" novalidate data-form="pin" @submit=${save}>
        ${field({ name: 'pin', label: t('staff.pin.new'), type: 'password', value: state.pin, error: state.wrong, autocomplete: 'off', keyboard: 'numeric', max: 12, required: true, input: (v) => { state.pin = v } })}
        <div class="row">
          <button class="button primary" data-action="save">${icon('check')}${t('staff.pin.save')}</button>
          ${state.set ? html`<button type="button" class="button" data-action="remove" @click=${() => run(api.dropPIN)}>${icon('trash-2')}${t('staff.pin.remove')}</button>` : nothing}
        </div>
      </form>`,
  }), root)
  draw()
}
