/** The way out of another app's own browser to the real one, with the code kept. */
import { t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { browserLink } from './browserlink.js'
import { foldCode } from './code.js'
import { copyField } from './copy.js'

/**
 * @param {import('./join.js').State} state
 * @param {() => Promise<void>} redraw
 */
export function elsewhereScreen(state, redraw) {
  const link = `${location.origin}/join${state.code ? `#${foldCode(state.code)}` : ''}`
  const open = browserLink(link, navigator.userAgent)
  const stay = () => {
    state.stay = true
    redraw()
  }
  return html`<div class="stack loose narrow" data-in-app>
    <div class="stack">
      <h1>${t('inapp.title')}</h1>
      <p>${t('inapp.why')}</p>
    </div>
    ${open ? html`<a class="button primary" href=${open}>${icon('external-link')}<span>${t('inapp.open')}</span></a>` : nothing}
    <p>${t('inapp.how')}</p>
    ${copyField(link, t('inapp.link'), t('inapp.copy'))}
    <button class="button plain" @click=${stay}>${t('inapp.stay')}</button>
  </div>`
}
