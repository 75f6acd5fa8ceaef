/**
 * How the app gets onto an iPhone's home screen, the only place where Apple
 * lets it ring. The installed app has none of this browser's data: it begins at
 * this page's address, which carries a one-time code to the same groups, and
 * with a manifest that names no other beginning.
 */
import { handover } from '../data/handover.js'
import { Refused } from '../data/net.js'
import { locale, t } from '../i18n/messages.js'
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { stateOf } from '../lib/state.js'
import { foldCode, groupCode, isCode } from './code.js'
import { addRow, homeScreen, shareBar } from './pictures.js'

/** @type {import('../routes.js').View} */
export async function view(path, root) {
  const state = stateOf(root, () => ({ busy: false, error: '' }))
  const code = foldCode(location.hash)
  const ready = isCode(code)
  if (ready) beginHere()
  const prepare = async () => {
    if (state.busy) return
    Object.assign(state, { busy: true, error: '' })
    await view(path, root)
    try {
      const made = await handover(locale())
      // A page that is loaded afresh is the one that the phone reads the manifest of.
      history.replaceState(history.state, '', `/start#${foldCode(made.code)}`)
      location.reload()
    } catch (error) {
      Object.assign(state, { busy: false, error: error instanceof Refused && error.message ? error.message : t('handover.failed') })
      await view(path, root)
    }
  }
  render(html`<div class="stack loose narrow" data-install=${ready ? 'ready' : 'before'}>
    <div class="stack"><h1>${t('notify.install_title')}</h1><p>${t('notify.install_why')}</p></div>
    ${state.error ? html`<p class="error" role="alert">${icon('triangle-alert')}<span>${state.error}</span></p>` : nothing}
    ${ready ? steps(code) : html`<p>${t('notify.install_kept')}</p>
      <button type="button" class="button primary" data-action="prepare" aria-disabled=${state.busy ? 'true' : 'false'} @click=${prepare}
        >${icon('smartphone')}<span>${t(state.busy ? 'handover.busy' : 'notify.install_begin')}</span></button>`}
  </div>`, root)
}

/** @param {string} code */
const steps = (code) => html`<ol class="stack steps">
    <li>${shareBar()}<span class="words">${t('notify.install_share')}</span></li>
    <li>${addRow()}<span class="words">${t('notify.install_add')}</span></li>
    <li>${homeScreen()}<span class="words">${t('notify.install_open')}</span></li>
  </ol>
  <div class="notice">${icon('info')}<div class="stack tight"><p>${t('notify.install_day')}</p>
    <p>${t('notify.install_code')}</p><p class="code">${groupCode(code)}</p></div></div>`

/** Without a start of its own in the manifest, the installed app starts at this page's address. */
function beginHere() {
  const manifest = document.querySelector('link[rel=manifest]')
  if (manifest instanceof HTMLLinkElement) manifest.href = '/install.webmanifest'
}
