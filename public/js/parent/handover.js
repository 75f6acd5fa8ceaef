/**
 * Letting another adult in: a one-time code, as a square to scan and as signs
 * to type, that opens this phone's groups to one more phone.
 */
import { handover } from '../data/handover.js'
import { Refused } from '../data/net.js'
import { formatDate, locale, t } from '../i18n/messages.js'
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { stateOf } from '../lib/state.js'
import { copyField } from './copy.js'

/** @typedef {Awaited<ReturnType<typeof handover>>} Handover */

/** @type {import('../routes.js').View} */
export async function view(path, root) {
  const state = stateOf(root, () => ({ made: /** @type {Handover | null} */ (null), busy: false, error: '' }))
  const make = async () => {
    if (state.busy) return
    state.busy = true
    state.error = ''
    await view(path, root)
    try {
      state.made = await handover(locale())
    } catch (error) {
      state.error = error instanceof Refused && error.message ? error.message : t('handover.failed')
    }
    state.busy = false
    await view(path, root)
  }
  render(html`<div class="stack loose narrow">
    <div class="stack">
      <h1>${t('handover.title')}</h1>
      <p>${t('handover.what')}</p>
    </div>
    ${state.error ? html`<p class="error" role="alert">${icon('triangle-alert')}<span>${state.error}</span></p>` : nothing}
    ${state.made ? shown(state.made) : html`<button class="button primary" aria-disabled=${state.busy ? 'true' : 'false'} @click=${make}
      >${icon('qr-code')}<span>${t(state.busy ? 'handover.busy' : 'handover.make')}</span></button>`}
  </div>`, root)
}

/** @param {Handover} made */
function shown({ code, url, expires, qr }) {
  return html`<div class="card stack" data-handover>
    <svg class="qr" viewBox=${`0 0 ${qr.size} ${qr.size}`} role="img" aria-label=${t('handover.qr')}><path d=${qr.path}></path></svg>
    <p class="row centre"><span class="code">${code}</span></p>
    <p class="quiet small">${t('handover.expires', { Time: formatDate(expires, 'datetime') })}</p>
    ${copyField(url, t('handover.link'), t('handover.copy'))}
    ${'share' in navigator ? html`<button class="button" @click=${() => share(url)}>${icon('share-2')}<span>${t('handover.share')}</span></button>` : nothing}
  </div>`
}

/** @param {string} url */
function share(url) {
  // Closing the phone's share sheet without choosing is no error.
  navigator.share({ url, title: t('app.name') }).catch(() => {})
}
