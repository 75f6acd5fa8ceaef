/**
 * A unit's shared tablet: it is made one with a code; then whoever works there
 * taps her name and types her PIN.
 *
 * @import {Names} from './api.js'
 */
import { t } from '../../i18n/messages.js'
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { navigate, refresh } from '../../router.js'
import { lastPerson } from '../client.js'
import { field } from '../field.js'
import { Problem } from '../problem.js'
import { loadStyles } from '../styles.js'
import * as api from './api.js'
import { forgetTablet, keepTablet, newSecret, tabletSecret } from './here.js'
import { pinPad } from './pad.js'

/** Made once, so that a code that was sent twice makes the same tablet known. */
let fresh = ''

/** @param {HTMLElement} root @param {() => void} byMail she signs in with her own account instead */
export async function view(root, byMail) {
  root.dataset.view = 'staff-tablet'
  await loadStyles('staff-tablet')
  const code = decodeURIComponent(location.hash.slice(1))
  if (code) history.replaceState(history.state, '', location.pathname)
  if (code || !tabletSecret()) return enrolment(root, code, '', byMail)
  render(html`<p class="quiet" role="status">${t('staff.loading')}</p>`, root)
  try {
    people(root, await api.names(), byMail)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.status === 401) {
      forgetTablet()
      return enrolment(root, '', error.message, byMail)
    }
    render(html`<div class="empty" role="alert">${icon(error.offline ? 'wifi-off' : 'triangle-alert')}<p>${error.message}</p>
      <button type="button" class="button primary" data-action="retry" @click=${refresh}>${icon('refresh-cw')}${t('staff.retry')}</button></div>`, root)
  }
}

/** @param {() => void} byMail */
const mailButton = (byMail) => html`<button type="button" class="button plain" data-action="by-mail" @click=${byMail}>${icon('mail')}${t('staff.signin.title')}</button>`

/** @param {HTMLElement} root @param {string} code @param {string} error @param {() => void} byMail */
function enrolment(root, code, error, byMail) {
  let busy = false
  fresh ||= newSecret()
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault()
    if (busy) return
    busy = true
    try {
      const names = await api.enrol(code, fresh)
      keepTablet(fresh)
      fresh = ''
      return people(root, names, byMail)
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      error = problem.message
    }
    busy = false
    draw()
  }
  const draw = () => render(html`
    <div class="stack loose narrow" data-part="enrol">
      <div class="stack tight"><h1>${t('staff.tablet.enrol_title')}</h1><p class="quiet">${t('staff.tablet.intro')}</p></div>
      <form class="stack" novalidate @submit=${submit}>
        ${error ? html`<p class="notice bad" role="alert">${icon('triangle-alert')}<span>${error}</span></p>` : nothing}
        ${field({ name: 'code', label: t('staff.tablet.code'), value: code, autocomplete: 'off', max: 40, required: true, input: (v) => { code = v } })}
        <button class="button primary wide" data-action="enrol">${t('staff.tablet.enrol')}</button>
      </form>
      ${mailButton(byMail)}
    </div>`, root)
  draw()
}

/** @param {HTMLElement} root @param {Names} names @param {() => void} byMail */
function people(root, names, byMail) {
  /** @type {ReturnType<typeof pinPad>|null} */
  let pad = null
  const focus = (/** @type {string} */ what) => root.querySelector(/** @type {'input'} */ (what))?.focus()
  const tap = (/** @type {{id: string, name: string}} */ person) => {
    pad = pinPad({ person, changed: draw, entered: () => entered(person.id), other: () => { pad = null; draw(); focus(`[data-person="${person.id}"]`) } })
    draw()
    focus('[name=pin]')
  }
  const draw = () => render(pad ? html`<div class="narrow">${pad.template()}</div>` : html`
    <div class="stack loose narrow" data-part="names">
      <div class="stack tight"><p class="quiet"><bdi>${names.unit.name}</bdi></p><h1>${t('staff.tablet.who')}</h1></div>
      ${names.people.length === 0 ? html`<p>${t('staff.tablet.nobody')}</p>` : html`
        <ul class="stack names">${names.people.map((p) => html`<li><button type="button" class="button wide" data-person=${p.id} @click=${() => tap(p)}>
          ${icon('user-round')}<bdi>${p.name}</bdi></button></li>`)}</ul>`}
      ${mailButton(byMail)}
    </div>`, root)
  draw()
}

/** The one who was in before goes on where she was; anybody else begins. */
const before = () => lastPerson()?.id
let was = before()

/** @param {string} id */
function entered(id) {
  const same = was === id && location.pathname !== '/staff/tablet'
  was = id
  if (same) refresh()
  else navigate('/staff', { replace: true })
}
