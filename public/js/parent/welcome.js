/** The first visit after the language: two ways on, and nothing else is asked. */
import { meta } from '../data/db.js'
import { SOURCE, t } from '../i18n/messages.js'
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/** @type {import('../routes.js').View} */
export async function view(_path, root) {
  const hello = await meta('hello')
  render(html`<div class="stack loose narrow welcome">
    <div class="stack">
      <h1>${t('welcome.title')}</h1>
      <p>${t('welcome.what')}</p>
    </div>
    <div class="stack">
      <a class="button choice large primary" href="/join">${icon('qr-code')}<span>${t('welcome.code')}</span>${icon('chevron-right')}</a>
      <a class="button choice large" href="/guide">${icon('compass')}<span>${t('welcome.look')}</span>${icon('chevron-right')}</a>
    </div>
    <p class="quiet small">${t('welcome.private')}</p>
    ${hello?.municipality?.name ? html`<p class="quiet small"><bdi lang=${SOURCE}>${hello.municipality.name}</bdi></p>` : nothing}
  </div>`, root)
}
