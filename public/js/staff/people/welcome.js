/**
 * Where somebody lands who is invited to work here: she chooses a password, and
 * is in. The link's secret stands behind # and goes out of the address at once.
 */
import { t } from '../../i18n/messages.js'
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { navigate } from '../../router.js'
import { signIn } from '../client.js'
import { field } from '../field.js'
import { Problem } from '../problem.js'
import * as api from './api.js'
import { roleName, roleWords } from './roles.js'

/** The secret of the link that this page was opened with, in memory only. */
let secret = ''

/** @typedef {Awaited<ReturnType<typeof api.look>>} Her */

/** @param {HTMLElement} root */
export async function view(root) {
  root.dataset.view = 'staff-welcome'
  if (window.location.hash.length > 1) {
    secret = window.location.hash.slice(1)
    history.replaceState(history.state, '', window.location.pathname)
  }
  const state = { password: '', shown: false, wrong: '', error: '', busy: false }
  /** @type {Her} */
  let her
  try {
    her = await api.look(secret)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return refused(root, error)
  }
  const draw = () => render(template(her, state, draw, submit), root)
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault()
    if (state.busy) return
    Object.assign(state, { busy: true, wrong: '', error: '' })
    draw()
    try {
      const { email } = await api.accept(secret, state.password)
      secret = ''
      await enter(email, state.password)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error.status === 410) return refused(root, error)
      state.wrong = error.fields.password?.message ?? ''
      state.error = state.wrong ? '' : error.message
    }
    state.busy = false
    draw()
    if (state.wrong) root.querySelector(/** @type {'input'} */ ('#field-password'))?.focus()
  }
  draw()
}

/** The account is there by now, whatever becomes of signing in. @param {string} email @param {string} password */
async function enter(email, password) {
  await signIn(email, password).catch((error) => console.warn('sign in after accepting', error))
  navigate('/staff', { replace: true })
}

/** @param {HTMLElement} root @param {Problem} problem */
function refused(root, problem) {
  render(html`
  <div class="empty" role="alert" data-part="refused">
    ${icon(problem.offline ? 'wifi-off' : 'link')}
    <h1>${t(problem.offline ? 'staff.problem.offline_title' : 'staff.welcome.refused')}</h1>
    <p>${problem.message}</p>
    ${problem.offline ? html`<button type="button" class="button primary" @click=${() => view(root)}>${icon('refresh-cw')}${t('staff.retry')}</button>` : nothing}
    <a class=${problem.offline ? '' : 'button'} href="/staff">${t('staff.signin.title')}</a>
  </div>`, root)
}

/**
 * @param {Her} her
 * @param {{password: string, shown: boolean, wrong: string, error: string, busy: boolean}} state
 * @param {() => void} draw
 * @param {(event: SubmitEvent) => void} submit
 */
const template = (her, state, draw, submit) => html`
  <div class="stack loose narrow">
    <div class="stack tight"><h1>${t('staff.welcome.title', { Name: her.name })}</h1><p>${t(her.known ? 'staff.welcome.again' : 'staff.welcome.text')}</p></div>
    <ul class="card stack">${her.roles.map((role) => html`<li class="stack tight"><strong>${roleName(role)}</strong><small class="quiet">${roleWords(role)}</small></li>`)}
      ${her.units.length > 0 ? html`<li class="quiet" dir="auto">${her.units.join(', ')}</li>` : nothing}</ul>
    <form class="stack" novalidate data-form="welcome" @submit=${submit}>
      ${state.error ? html`<p class="notice bad" role="alert">${icon('triangle-alert')}<span>${state.error}</span></p>` : nothing}
      ${field({ name: 'email', label: t('staff.signin.email'), type: 'email', value: her.email, autocomplete: 'username', readonly: true })}
      ${field({ name: 'password', label: t('staff.welcome.password'), hint: t('staff.welcome.password_hint'), type: state.shown ? 'text' : 'password', value: state.password, error: state.wrong, autocomplete: 'new-password', required: true, input: (v) => { state.password = v } })}
      <label class="check"><input type="checkbox" name="shown" .checked=${state.shown} @change=${() => { state.shown = !state.shown; draw() }}><span>${t('staff.welcome.show')}</span></label>
      <button class="button primary wide" data-action="accept" aria-disabled=${state.busy}>${t(state.busy ? 'staff.signin.busy' : 'staff.welcome.start')}</button>
    </form>
  </div>`
