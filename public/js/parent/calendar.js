/** The meetings in a calendar of one's own: an address that a calendar program reads again and again. */
import { calendarAddress, closeCalendar, openCalendar } from '../data/calendar.js'
import { withDB } from '../data/db.js'
import { Refused } from '../data/net.js'
import { locale, t } from '../i18n/messages.js'
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { stateOf } from '../lib/state.js'
import { copyField } from './copy.js'

/** @type {import('../routes.js').View} */
export async function view(path, root) {
  const state = stateOf(root, () => ({ busy: false, error: '' }))
  const [address, groups] = await Promise.all([calendarAddress(), withDB((db) => db.count('groups'))])
  /** @param {(locale: string) => Promise<void>} work */
  const act = (work) => async () => {
    if (state.busy) return
    Object.assign(state, { busy: true, error: '' })
    await view(path, root)
    try {
      await work(locale())
    } catch (error) {
      state.error = error instanceof Refused && error.message ? error.message : t('calendar.failed')
    }
    state.busy = false
    await view(path, root)
  }
  render(html`<div class="stack loose narrow">
    <div class="stack"><h1>${t('more.calendar')}</h1><p>${t('calendar.what')}</p></div>
    ${state.error ? html`<p class="error" role="alert">${icon('triangle-alert')}<span>${state.error}</span></p>` : nothing}
    ${address ? shown(address, act(closeCalendar), state.busy)
      : groups > 0 ? html`<button type="button" class="button primary" data-action="open" aria-disabled=${state.busy ? 'true' : 'false'} @click=${act(openCalendar)}
        >${icon('calendar-plus')}<span>${t(state.busy ? 'calendar.busy' : 'calendar.open')}</span></button>`
        : html`<a class="button primary" href="/join">${icon('qr-code')}<span>${t('welcome.code')}</span></a>`}
    <p class="quiet small">${t('calendar.private')}</p>
  </div>`, root)
}

/**
 * @param {string} address
 * @param {() => Promise<void>} end
 * @param {boolean} busy
 */
function shown(address, end, busy) {
  return html`<div class="card stack" data-calendar>
      <a class="button primary" href=${address.replace(/^https?:/, 'webcal:')}>${icon('calendar-plus')}<span>${t('calendar.add')}</span></a>
      <p class="small">${t('calendar.add_hint')}</p>
      ${copyField(address, t('calendar.address'), t('calendar.copy'))}
    </div>
    <button type="button" class="button danger" data-action="close" aria-disabled=${busy ? 'true' : 'false'} @click=${end}
      >${icon('x')}<span>${t(busy ? 'calendar.busy' : 'calendar.close')}</span></button>`
}
