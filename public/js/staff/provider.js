/**
 * Signing in with the municipality's own account (OpenID Connect): there and
 * back again. What proves that the way back is the one that was begun here is
 * kept in this window only.
 */
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { t } from '../i18n/messages.js'
import { navigate } from '../router.js'
import { isShared, providers, signInWith } from './client.js'
import { Problem } from './problem.js'

/** @typedef {{name: string, displayName: string, state: string, codeVerifier: string, authURL: string}} Provider */

const BEGUN = 'folje.provider'

/** Where the provider sends her back to; it knows this address. */
const back = () => `${location.origin}/staff/signed-in`

/** @type {Provider[]} */
let known = []

/** Asks once which there are; none where that can't be told. @param {() => void} changed */
export async function findProviders(changed) {
  known = await providers().catch(() => [])
  if (known.length > 0) changed()
}

/** The ways to the municipality's own sign-in. */
export const providerButtons = () => known.length === 0 ? nothing : html`${known.map((provider) => html`
  <button type="button" class="button wide" data-action="provider" @click=${() => leaveFor(provider)}>${icon('key-round')}${t('staff.signin.provider', { Name: provider.displayName })}</button>`)}`

/** @param {Provider} provider */
function leaveFor({ name, state, codeVerifier, authURL }) {
  const path = location.pathname === '/staff/signed-in' ? '/staff' : location.pathname
  const shared = /** @type {HTMLInputElement|null} */ (document.querySelector('[data-form=signin] [name=shared]'))?.checked ?? isShared()
  sessionStorage.setItem(BEGUN, JSON.stringify({ name, state, codeVerifier, path, shared }))
  location.assign(authURL + encodeURIComponent(back()))
}

/** Where she comes back to. @param {HTMLElement} root */
export async function view(root) {
  root.dataset.view = 'staff-signed-in'
  const answer = new URLSearchParams(location.search)
  const begun = JSON.parse(sessionStorage.getItem(BEGUN) ?? 'null')
  sessionStorage.removeItem(BEGUN)
  history.replaceState(history.state, '', location.pathname)
  const code = answer.get('code')
  if (!begun || !code || answer.get('state') !== begun.state) return failed(root, t('staff.provider.broken'))
  render(html`<p class="quiet" role="status">${t('staff.provider.busy')}</p>`, root)
  try {
    await signInWith(begun.name, code, begun.codeVerifier, back(), begun.shared)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return failed(root, error.code || error.offline ? error.message : t('staff.provider.broken'))
  }
  navigate(begun.path, { replace: true })
}

/** @param {HTMLElement} root @param {string} why */
function failed(root, why) {
  render(html`
    <div class="empty" role="alert" data-part="refused">
      ${icon('key-round')}
      <h1>${t('staff.provider.failed')}</h1>
      <p>${why}</p>
      <a class="button primary" href="/staff">${t('staff.signin.title')}</a>
    </div>`, root)
}
