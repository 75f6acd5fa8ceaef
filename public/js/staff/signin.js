/**
 * Signing in: the form, used as a page of its own and in the dialog that
 * opens when a session ends.
 */
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { t } from '../i18n/messages.js'
import { signIn } from './client.js'
import { field } from './field.js'
import { Problem } from './problem.js'

/**
 * @param {object} form
 * @param {string} form.email known already, or ""
 * @param {boolean} form.fixed the same person has to sign in
 * @param {() => void} form.changed it should be drawn again
 * @param {() => void} form.signedIn
 */
export function signInForm({ email, fixed, changed, signedIn }) {
  let password = ''
  let error = ''
  let busy = false

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault()
    if (busy) return
    error = missing(email, password)
    busy = error === ''
    changed()
    if (!busy) return
    error = await attempt(email, password)
    busy = false
    if (!error) return signedIn()
    changed()
  }

  const template = () => html`
    <form class="stack" novalidate @submit=${submit} data-form="signin">
      ${error ? html`<p class="notice bad" role="alert" id="signin-error">${icon('triangle-alert')}<span>${error}</span></p>` : nothing}
      ${field({ name: 'email', label: t('staff.signin.email'), type: 'email', value: email, autocomplete: 'username', required: true, readonly: fixed, input: (v) => { email = v } })}
      ${field({ name: 'password', label: t('staff.signin.password'), type: 'password', value: password, autocomplete: 'current-password', required: true, input: (v) => { password = v } })}
      <button class="button primary wide" data-action="signin" aria-disabled=${busy}>${busy ? t('staff.signin.busy') : t('staff.signin.submit')}</button>
    </form>`
  return { template }
}

/** @param {string} email @param {string} password */
function missing(email, password) {
  if (!email.trim()) return t('staff.signin.no_email')
  return password ? '' : t('staff.signin.no_password')
}

/**
 * @param {string} email
 * @param {string} password
 * @returns {Promise<string>} what went wrong, in words, or ""
 */
async function attempt(email, password) {
  try {
    await signIn(email.trim(), password)
    return ''
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return [400, 401, 403, 404].includes(error.status) ? t('staff.signin.wrong') : error.message
  }
}
