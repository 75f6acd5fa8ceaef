/**
 * Signing in: the form, used as a page of its own and in the dialog that
 * opens when a session ends. Where the municipality wants it, a code comes by
 * e-mail after the password.
 *
 * @import {Template} from '../lib/html.js'
 */
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { t } from '../i18n/messages.js'
import { askCode, enterCode, isShared, signIn } from './client.js'
import { field } from './field.js'
import { Problem } from './problem.js'

/**
 * @param {object} form
 * @param {string} form.email known already, or ""
 * @param {boolean} form.fixed the same person has to sign in
 * @param {() => void} form.changed it should be drawn again
 * @param {() => void} form.signedIn
 * @param {(() => Template|typeof nothing)} [form.other] another way in
 */
export function signInForm({ email, fixed, changed, signedIn, other }) {
  let password = ''
  let shared = isShared()
  let error = ''
  let busy = false
  /** What the right password was answered with, and the code that was sent then. */
  let half = ''
  let sent = ''
  let code = ''

  /** Runs a step, and says in words what goes wrong. @param {() => Promise<void>} step @param {string} wrong what a refusal means */
  async function attempt(step, wrong) {
    if (busy) return
    busy = true
    error = ''
    changed()
    try {
      await step()
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      error = [400, 401, 403, 404].includes(problem.status) ? wrong : problem.message
    }
    busy = false
    changed()
  }

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault()
    error = missing(email, password)
    if (error) return changed()
    await attempt(async () => {
      half = await signIn(email.trim(), password, shared)
      if (!half) return signedIn()
      sent = await askCode(half)
    }, t('staff.signin.wrong'))
    if (half) document.querySelector(/** @type {'input'} */ ('[data-form=code] input'))?.focus()
  }

  /** @param {SubmitEvent} event */
  async function submitCode(event) {
    event.preventDefault()
    if (!code.trim()) error = t('staff.signin.no_code')
    if (!code.trim()) return changed()
    await attempt(async () => {
      await enterCode(half, sent, code.replace(/\D/g, ''), shared)
      signedIn()
    }, t('staff.signin.wrong_code'))
  }

  const again = () => attempt(async () => {
    code = ''
    sent = await askCode(half)
  }, t('staff.signin.wrong'))

  /** Back to the password, also where the step before it is too old. */
  function back() {
    half = code = error = password = ''
    changed()
  }

  const problem = () => error ? html`<p class="notice bad" role="alert" id="signin-error">${icon('triangle-alert')}<span>${error}</span></p>` : nothing

  const passwordForm = () => html`
    <form class="stack" novalidate @submit=${submit} data-form="signin">
      ${problem()}
      ${field({ name: 'email', label: t('staff.signin.email'), type: 'email', value: email, autocomplete: 'username', required: true, readonly: fixed, input: (v) => { email = v } })}
      ${field({ name: 'password', label: t('staff.signin.password'), type: 'password', value: password, autocomplete: 'current-password', required: true, input: (v) => { password = v } })}
      <label class="check"><input type="checkbox" name="shared" .checked=${shared} @change=${() => { shared = !shared }}>
        <span class="grow">${t('staff.signin.shared')}<small class="quiet">${t('staff.signin.shared_what')}</small></span></label>
      <button class="button primary wide" data-action="signin" aria-disabled=${busy}>${busy ? t('staff.signin.busy') : t('staff.signin.submit')}</button>
      ${other?.() ?? nothing}
    </form>`

  const codeForm = () => html`
    <form class="stack" novalidate @submit=${submitCode} data-form="code">
      ${problem()}
      <p>${t('staff.signin.code_sent')}</p>
      ${field({ name: 'code', label: t('staff.signin.code'), value: code, autocomplete: 'one-time-code', keyboard: 'numeric', max: 12, required: true, input: (v) => { code = v } })}
      <button class="button primary wide" data-action="code" aria-disabled=${busy}>${busy ? t('staff.signin.busy') : t('staff.signin.submit')}</button>
      <div class="row">
        <button type="button" class="button small" data-action="code-again" @click=${again}>${icon('refresh-cw')}${t('staff.signin.code_again')}</button>
        <button type="button" class="button small" data-action="code-back" @click=${back}>${t('staff.signin.code_back')}</button>
      </div>
    </form>`

  return { template: () => (half ? codeForm() : passwordForm()) }
}

/** @param {string} email @param {string} password */
function missing(email, password) {
  if (!email.trim()) return t('staff.signin.no_email')
  return password ? '' : t('staff.signin.no_password')
}
