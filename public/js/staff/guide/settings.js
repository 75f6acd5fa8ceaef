/**
 * Two addresses that the municipality sets for the guide: where "leave
 * quickly" leads, and where consent can be signed electronically.
 */
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t } from '../../i18n/messages.js'
import { navigate, onLeave } from '../../router.js'
import { tell } from '../dialog.js'
import { field } from '../field.js'
import { Problem } from '../problem.js'
import { page } from '../shell.js'
import * as api from './api.js'

/** @typedef {{leaveTo: string, consentLink: string}} Addresses */

/** @param {HTMLElement} root */
export async function view(root) {
  root.dataset.view = 'staff-guide-settings'
  const { id, value } = await api.settings()
  const state = { input: { leaveTo: value.leaveTo ?? '', consentLink: value.consentLink ?? '' }, changed: false, error: '' }
  const release = onLeave(() => state.changed)
  /** @param {Partial<Addresses>} part */
  const change = (part) => {
    Object.assign(state.input, part)
    state.changed = true
  }
  /** @param {SubmitEvent} event */
  const submit = async (event) => {
    event.preventDefault()
    try {
      await api.saveSettings(id, state.input)
      release()
      tell(t('staff.guide.saved'))
      navigate('/staff/guide', { replace: true })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      state.error = error.fields.value ? t('staff.guide.settings_wrong') : error.message
      draw()
    }
  }
  const draw = () => render(template(state, change, submit), root)
  draw()
}

/**
 * @param {{input: Addresses, error: string}} state
 * @param {(part: Partial<Addresses>) => void} change
 * @param {(event: SubmitEvent) => void} submit
 */
const template = ({ input, error }, change, submit) => page({
  title: t('staff.guide.settings'),
  up: { href: '/staff/guide', label: t('staff.guide.title') },
  body: html`<form class="stack loose" novalidate @submit=${submit}>
    ${field({ name: 'leaveTo', label: t('staff.guide.leave_to'), hint: t('staff.guide.leave_to_hint'), type: 'url', value: input.leaveTo, input: (leaveTo) => change({ leaveTo }) })}
    ${field({ name: 'consentLink', label: t('staff.guide.consent_link'), hint: t('staff.guide.consent_link_hint'), type: 'url', value: input.consentLink, input: (consentLink) => change({ consentLink }) })}
    ${error ? html`<p class="error" role="alert">${icon('triangle-alert')}<span>${error}</span></p>` : nothing}
    <div class="actionbar"><button class="button primary" data-action="save">${icon('check')}<span>${t('staff.guide.save')}</span></button></div>
  </form>`,
})
