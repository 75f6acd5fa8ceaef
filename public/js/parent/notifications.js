/**
 * Notifications on this phone: what they are before the browser asks, whether
 * they are on, what stands in the way and how it is put right, a test that
 * shows it, and when the phone may ring.
 *
 * @import {State} from '../push/phone.js'
 */
import { Refused } from '../data/net.js'
import { platform, stateOfPush, turnOff, turnOn } from '../push/phone.js'
import { ringing } from '../push/settings.js'
import { t } from '../i18n/messages.js'
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { stateOf } from '../lib/state.js'
import { browserLink } from './browserlink.js'
import { addressBar, switchRow } from './pictures.js'
import { ringingFields } from './quiet.js'
import { freshTrial, trial } from './trial.js'

/** How each state looks. @type {Record<State, {sign: string, look: string}>} */
const LOOKS = {
  unoffered: { sign: 'bell-off', look: '' }, alone: { sign: 'qr-code', look: '' }, in_app: { sign: 'external-link', look: 'late' },
  old: { sign: 'smartphone', look: 'late' }, install: { sign: 'square-plus', look: 'late' }, unsupported: { sign: 'bell-off', look: 'late' },
  denied: { sign: 'bell-off', look: 'bad' }, off: { sign: 'bell-off', look: '' }, lost: { sign: 'bell-off', look: 'bad' },
  waiting: { sign: 'clock', look: 'late' }, on: { sign: 'bell-ring', look: 'on' },
}

/** @type {import('../routes.js').View} */
export async function view(path, root) {
  const own = stateOf(root, () => ({ busy: false, error: '', trial: freshTrial() }))
  const redraw = () => view(path, root)
  const [state, settings] = await Promise.all([stateOfPush(), ringing()])
  /** @param {() => Promise<unknown>} work */
  const act = (work) => async () => {
    if (own.busy) return
    // Before anything else: a browser asks for leave only while it still knows of the tap.
    const end = work().then((leave) => (leave === 'default' ? t('notify.unanswered') : ''), explain)
    Object.assign(own, { busy: true, error: '', trial: freshTrial() })
    await redraw()
    own.error = await end
    own.busy = false
    await redraw()
  }
  const works = state === 'on' || state === 'waiting'
  render(html`<div class="stack loose narrow" data-push=${state}>
    <h1>${t('notify.title')}</h1>
    ${standing(state)}
    ${own.error ? html`<p class="error" role="alert">${icon('triangle-alert')}<span>${own.error}</span></p>` : nothing}
    ${works || state === 'denied' ? nothing : reasons()}
    ${action(state, own.busy, act)}
    ${state === 'on' ? trial(own.trial, redraw) : nothing}
    ${works ? ringingFields(settings) : nothing}
    ${works ? html`<button type="button" class="button" data-action="off" aria-disabled=${own.busy ? 'true' : 'false'} @click=${act(turnOff)}
      >${icon('bell-off')}<span>${t('notify.turn_off')}</span></button>` : nothing}
  </div>`, root)
}

/** @param {unknown} error */
function explain(error) {
  console.warn('turn notifications on or off', error)
  return error instanceof Refused && error.message ? error.message : t('notify.failed')
}

/** @param {State} state */
function standing(state) {
  const { sign, look } = LOOKS[state]
  return html`<div class="card standing ${look}" role="status"><span class="sign">${icon(sign)}</span>
    <div class="stack tight"><p><strong>${t(`notify.is_${state}`)}</strong></p><p>${t(`notify.is_${state}_what`)}</p></div></div>`
}

/** What is said before the browser asks. */
const reasons = () => html`<ul class="stack">
  <li class="fact">${icon('bell-ring')}<span>${t('notify.what')}</span></li>
  <li class="fact">${icon('eye')}<span>${t('notify.private')}</span></li>
  <li class="fact">${icon('undo-2')}<span>${t('notify.anytime')}</span></li></ul>`

/**
 * The next step.
 * @param {State} state
 * @param {boolean} busy
 * @param {(work: () => Promise<unknown>) => () => Promise<void>} act
 */
function action(state, busy, act) {
  if (state === 'alone') return html`<a class="button primary" href="/join">${icon('qr-code')}<span>${t('welcome.code')}</span></a>`
  if (state === 'install') return html`<a class="button primary" href="/start">${icon('smartphone')}<span>${t('notify.how')}</span></a>`
  if (state === 'in_app') return outside()
  if (state === 'denied') return allowing()
  if (state !== 'off' && state !== 'lost') return nothing
  return html`<div class="stack"><p>${t('notify.will_ask')}</p>
    <button type="button" class="button primary" data-action="on" aria-disabled=${busy ? 'true' : 'false'} @click=${act(turnOn)}
      >${icon('bell')}<span>${t(busy ? 'notify.busy' : 'notify.turn_on')}</span></button></div>`
}

function outside() {
  const link = browserLink(`${location.origin}/more/notifications`, navigator.userAgent)
  return link ? html`<a class="button primary" href=${link}>${icon('external-link')}<span>${t('inapp.open')}</span></a>` : nothing
}

/** Where a permission that was refused is given again: no page may ask a second time. */
function allowing() {
  const { system, firefox } = platform()
  const steps = system === 'iphone' || system === 'ipad' ? ['iphone_1', 'iphone_2'] : system === 'android' && firefox ? ['firefox_1', 'firefox_2']
    : system === 'android' ? ['android_1', 'android_2'] : ['computer_1', 'computer_2']
  const apple = steps[0] === 'iphone_1'
  return html`<section class="stack" aria-labelledby="allowing"><h2 id="allowing">${t('notify.allow_title')}</h2>
    <ol class="stack steps">${steps.map((step, i) => html`<li>${i === 0 && !apple ? addressBar() : switchRow()}<span class="words">${t(`notify.allow_${step}`)}</span></li>`)}
      <li><span class="words">${t('notify.allow_back')}</span></li></ol></section>`
}
