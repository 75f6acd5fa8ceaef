/** What parents read about the app, inside staff's pages. */
import { t } from '../i18n/messages.js'
import { html, render } from '../lib/html.js'
import { about } from '../parent/about.js'
import { page } from './shell.js'

/** @param {HTMLElement} root */
export async function view(root) {
  root.dataset.view = 'staff-about'
  const body = await about()
  render(page({ title: t('more.about'), up: { href: '/staff', label: t('staff.home.title') }, body: html`<div class="stack loose narrow">${body}</div>` }), root)
}
