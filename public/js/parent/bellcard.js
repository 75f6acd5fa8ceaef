/**
 * Under a letter that was read: the question whether this phone may ring, asked
 * once the parent knows what a letter is, and not often.
 */
import { announce } from '../data/changes.js'
import { meta, setMeta } from '../data/db.js'
import { mayAsk } from '../push/asking.js'
import { markRead, stateOfPush, turnOn } from '../push/phone.js'
import { t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/** @typedef {{busy: boolean, ended: '' | 'on' | 'failed'}} Asking */

/** @type {WeakMap<object, Asking>} */
const askings = new WeakMap()

/**
 * Takes the letter's note away, and gives the question or nothing.
 * @param {string} letter
 * @param {object} view its state, which lives as long as the page does
 * @param {() => Promise<void>} redraw
 */
export async function bellCard(letter, view, redraw) {
  await markRead(letter).catch((error) => console.warn('take note away', error))
  const own = askings.get(view) ?? { busy: false, ended: /** @type {Asking['ended']} */ ('') }
  askings.set(view, own)
  if (own.ended) return ended(own.ended)
  const [state, asked] = await Promise.all([stateOfPush(), meta('asked')])
  if (state !== 'off' && state !== 'install' || !mayAsk(asked, Date.now())) return nothing
  const yes = async () => {
    if (own.busy) return
    own.busy = true
    own.ended = await turnOn().then((leave) => (leave === 'granted' ? 'on' : 'failed'), () => /** @type {const} */ ('failed'))
    await redraw()
  }
  const no = async () => {
    await setMeta('asked', { times: (asked?.times ?? 0) + 1, last: Date.now() })
    announce()
  }
  return html`<section class="card stack no-print" aria-labelledby="bell" data-asking=${state}>
    <h2 id="bell">${icon('bell-ring')} ${t('notify.ask')}</h2>
    <p>${t(state === 'install' ? 'notify.ask_install' : 'notify.ask_why')}</p>
    <div class="row">${state === 'install' ? html`<a class="button primary" href="/more/notifications">${icon('smartphone')}<span>${t('notify.how')}</span></a>`
      : html`<button type="button" class="button primary" data-action="ring" @click=${yes}>${icon('bell')}<span>${t('notify.ask_yes')}</span></button>`}
      <button type="button" class="button plain" data-action="not-now" @click=${no}><span>${t('notify.ask_no')}</span></button></div>
  </section>`
}

/** @param {'on' | 'failed'} how */
const ended = (how) => html`<div class=${how === 'on' ? 'notice good no-print' : 'notice late no-print'} role="status" data-asking=${how}>${icon(how === 'on' ? 'circle-check' : 'bell-off')}
  <div class="stack tight"><p>${t(how === 'on' ? 'notify.is_on_what' : 'notify.ask_failed')}</p>
  <a href="/more/notifications">${t('notify.title')}</a></div></div>`
