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
import { ask } from './dialog.js'
import { draftsOf } from './drafts.js'
import { signOut, translates, writes } from './session.js'

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

/**
 * The places of somebody who both writes and translates.
 * @param {Person} person
 * @param {'groups'|'translate'} here
 */
export const places = (person, here) => writes(person) && translates(person)
  ? html`
    <nav class="places" aria-label=${t('staff.nav.label')}>
      <a href="/staff" aria-current=${here === 'groups' ? 'page' : nothing}>${icon('users')}${t('staff.nav.groups')}</a>
      <a href="/translate" aria-current=${here === 'translate' ? 'page' : nothing}>${icon('languages')}${t('staff.nav.translate')}</a>
    </nav>`
  : nothing

/** Who is signed in, and the way out. @param {Person} person */
export const account = (person) => html`
  <footer class="account row apart">
    <p class="quiet small">${t('staff.signed_in_as', { Name: person.name || person.email })}</p>
    <button type="button" class="button" data-action="signout" @click=${() => leave(person)}>${icon('log-out')}${t('staff.signout')}</button>
  </footer>`

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
