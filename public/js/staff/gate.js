/**
 * The way into every staff page: its messages and styles are loaded, somebody
 * with the right role is signed in, and what goes wrong is said in words.
 *
 * @import {Person} from './types.js'
 */
import { html, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { loadMore, t } from '../i18n/messages.js'
import { navigate, refresh } from '../router.js'
import { forgetOthers } from './kept.js'
import { Problem } from './problem.js'
import { findProviders, providerButtons } from './provider.js'
import { watchShared } from './shared.js'
import { guardSession, homeOf, isStaff, lastPerson, onPersonChange, person, signOut } from './session.js'
import { signInForm } from './signin.js'
import { loadStyles } from './styles.js'
import { tabletSecret } from './tablet/here.js'

/** The pages where somebody may land after signing in, though her work is elsewhere. */
const FRONT = /^\/(staff|translate)\/?$/

/** @type {Promise<unknown>|null} */
let prepared = null

/**
 * Draws a page for the one signed in, or the sign-in form, or what went wrong.
 * @param {string} path
 * @param {HTMLElement} root
 * @param {(person: Person|null) => boolean} allowed
 * @param {(person: Person) => Promise<void>} draw throws a Problem
 */
export async function enter(path, root, allowed, draw) {
  await ready()
  const who = person()
  if (!who) return tabletSecret() && !byMail ? showTablet(root) : showSignIn(root)
  if (!allowed(who)) return FRONT.test(path) && homeOf(who) !== path ? navigate(homeOf(who), { replace: true }) : showNotAllowed(root, who)
  render(html`<p class="quiet" role="status">${t('staff.loading')}</p>`, root)
  try {
    await draw(who)
    guardSession()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.signedOut && tabletSecret() && !byMail) await showTablet(root)
    else if (error.signedOut) showSignIn(root, who.email)
    else showProblem(root, error, who)
  }
}

/** On a shared tablet somebody chose to sign in with her own account. */
let byMail = false

/** A unit's shared tablet, where no address and password are asked for. @param {HTMLElement} root */
export async function showTablet(root) {
  const { view } = await import('./tablet/view.js')
  await view(root, () => {
    byMail = true
    if (location.pathname === '/staff/tablet') navigate('/staff', { replace: true })
    else refresh()
  })
}

/** Loads what every staff page needs, also one that anybody may open. */
export function ready() {
  prepared ??= prepare().catch((error) => {
    prepared = null
    throw error
  })
  return prepared
}

async function prepare() {
  await Promise.all([loadMore('later', 'staff'), loadStyles('staff')])
  // From now on these pages open without a network.
  navigator.serviceWorker.ready.then((worker) => worker.active?.postMessage('keep staff'))
  // What one person has in this page must not be saved as another's.
  onPersonChange((before) => { if (before) location.reload() })
  watchShared()
  await forgetOthers(lastPerson()?.id).catch((error) => console.warn('forget copies', error))
}

/** @param {HTMLElement} root @param {string} [email] of the one whose session has ended */
function showSignIn(root, email = '') {
  root.dataset.view = 'staff-signin'
  const draw = () => render(html`
    <div class="stack loose narrow">
      <div class="stack tight">
        <h1>${t('staff.signin.title')}</h1>
        <p class="quiet">${t('staff.signin.intro')}</p>
      </div>
      ${form.template()}
      <p class="quiet small">${t('staff.signin.help')}</p>
      <p><a href="/">${t('staff.signin.parents')}</a></p>
    </div>`, root)
  const form = signInForm({ email, fixed: false, changed: draw, signedIn: refresh, other: providerButtons })
  draw()
  findProviders(draw)
}

/** A page of another role's, or a role that has no pages so far. @param {HTMLElement} root @param {Person} who */
function showNotAllowed(root, who) {
  root.dataset.view = 'staff-not-allowed'
  const works = isStaff(who)
  render(html`
    <div class="empty">
      ${icon(works ? 'key-round' : 'users')}
      <h1>${works ? t('staff.not_allowed.title') : t('staff.nothing_yet.title', { Name: who.name })}</h1>
      <p>${works ? t('staff.not_allowed.text', { Name: who.name }) : t('staff.nothing_yet.text')}</p>
      ${works ? html`<a class="button primary" href=${homeOf(who)}>${t('staff.not_allowed.home')}</a>` : html`<a class="button primary" href="/">${t('staff.nothing_yet.parents')}</a>`}
      <button type="button" class="button" data-action="signout" @click=${signOut}>${icon('log-out')}${t('staff.signout')}</button>
    </div>`, root)
}

/** @param {HTMLElement} root @param {Problem} problem @param {Person} who */
function showProblem(root, problem, who) {
  root.dataset.view = 'staff-problem'
  render(html`
    <div class="empty" role="alert">
      ${icon(problem.offline ? 'wifi-off' : 'triangle-alert')}
      <h1>${problem.offline ? t('staff.problem.offline_title') : t('staff.problem.title')}</h1>
      <p>${problem.message}</p>
      <button type="button" class="button primary" data-action="retry" @click=${refresh}>${icon('refresh-cw')}${t('staff.retry')}</button>
      <a href=${homeOf(who)}>${homeOf(who) === '/staff' ? t('staff.nav.groups') : t('translate.queue.title')}</a>
    </div>`, root)
}
