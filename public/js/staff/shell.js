/**
 * What stands round every staff page: the way up, or on the first pages the
 * places and who is signed in.
 *
 * @import {Template} from '../lib/html.js'
 * @import {Person} from './types.js'
 */
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { t } from '../i18n/messages.js'
import { signOutEverywhere } from './client.js'
import { ask, tell } from './dialog.js'
import { draftsOf } from './drafts.js'
import { Problem } from './problem.js'
import { hasHome, lockTablet, onTablet, signOut, translates, writes } from './session.js'

/**
 * @param {object} page
 * @param {string} page.title
 * @param {string|Template|typeof nothing} [page.under] a quiet line below the title
 * @param {{href: string, label: string}} [page.up] where the page lies below
 * @param {Template|typeof nothing} page.body
 */
export const page = ({ title, under, up, body }) => html`
  <div class="stack loose staff-page">
    <header class="stack tight">
      ${up ? html`<a class="up" href=${up.href}>${icon('chevron-left')}<bdi>${up.label}</bdi></a>` : nothing}
      <h1><bdi>${title}</bdi></h1>
      ${under ? html`<p class="quiet">${under}</p>` : nothing}
    </header>
    ${body}
  </div>`

/** @type {{name: Here, href: string, icon: string, label: string, may: (person: Person) => boolean}[]} */
const PLACES = [
  { name: 'groups', href: '/staff', icon: 'users', label: 'staff.nav.groups', may: writes },
  { name: 'translate', href: '/translate', icon: 'languages', label: 'staff.nav.translate', may: translates },
  { name: 'guide', href: '/staff/guide', icon: 'compass', label: 'staff.nav.guide', may: (person) => !hasHome(person) },
]

/** @typedef {'groups'|'translate'|'guide'} Here */

/**
 * The places of somebody whose work is in several.
 * @param {Person} person
 * @param {Here} here
 */
export function places(person, here) {
  const open = PLACES.filter((place) => place.may(person))
  return open.length < 2 ? nothing : html`
    <nav class="places" aria-label=${t('staff.nav.label')}>
      ${open.map(({ name, href, icon: sign, label }) => html`<a href=${href} aria-current=${here === name ? 'page' : nothing}>${icon(sign)}${t(label)}</a>`)}
    </nav>`
}

/** Who is signed in, and the way out. @param {Person} person */
export const account = (person) => html`
  <footer class="account row apart">
    <p class="quiet small">${t('staff.signed_in_as', { Name: person.name || person.email })}<br><a href="/staff/about">${t('more.about')}</a> · <a href="/more/accessibility">${t('town.access')}</a>${writes(person) && !onTablet() ? html` · <a href="/staff/pin" data-action="pin">${t('staff.pin.title')}</a>` : nothing}</p>
    ${onTablet() ? html`<button type="button" class="button" data-action="lock" @click=${lockTablet}>${icon('log-out')}${t('staff.tablet.lock')}</button>` : html`<div class="row">
      <button type="button" class="button" data-action="signout" @click=${() => leave(person)}>${icon('log-out')}${t('staff.signout')}</button>
      <button type="button" class="button plain" data-action="signout-everywhere" @click=${leaveEverywhere}>${t('staff.account.everywhere')}</button>
    </div>`}
  </footer>`

/** Every session of hers ends. Where the server can't be told nothing ends, and she is told that. */
async function leaveEverywhere() {
  const sure = await ask({ name: 'everywhere', title: t('staff.account.everywhere'), text: t('staff.account.everywhere_text'), yes: t('staff.account.everywhere'), action: 'everywhere' })
  if (!sure) return
  try {
    await signOutEverywhere()
    await signOut()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    tell(error.message)
  }
}

/** Text that the server doesn't have stays here for her, and only for her. @param {Person} person */
async function leave(person) {
  const unsaved = await draftsOf(person.id).all()
  const sure = unsaved.every((draft) => draft.untouched) || await ask({
    name: 'signout',
    title: t('staff.signout.title'),
    text: t('staff.signout.unsaved'),
    yes: t('staff.signout'),
    action: 'signout-anyway',
  })
  if (!sure) return
  signOut()
}
