/** A message to this phone that its owner asks for, and whether it arrives. */
import { Refused } from '../data/net.js'
import { testPush } from '../push/phone.js'
import { t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/** How long, in ms, is waited before it is said that nothing came. */
const PATIENCE = 60_000

/** @typedef {{state: '' | 'sent' | 'arrived' | 'nothing' | 'failed', error: string, stop: () => void}} Trial */

/** @returns {Trial} */
export const freshTrial = () => ({ state: '', error: '', stop: () => {} })

/**
 * @param {Trial} own
 * @param {() => Promise<void>} redraw
 */
export function trial(own, redraw) {
  const begin = async () => {
    if (own.state === 'sent') return
    watch(own, redraw)
    await redraw()
    try {
      await testPush()
    } catch (error) {
      own.stop()
      Object.assign(own, { state: 'failed', error: error instanceof Refused && error.message ? error.message : t('notify.test_failed') })
      await redraw()
    }
  }
  return html`<section class="card stack" aria-labelledby="trial" data-trial=${own.state || nothing}>
    <h2 id="trial">${t('notify.test_title')}</h2><p>${t('notify.test_what')}</p>
    <button type="button" class="button" data-action="test" aria-disabled=${own.state === 'sent' ? 'true' : 'false'} @click=${begin}
      >${icon('bell-ring')}<span>${t('notify.test')}</span></button>
    <div role="status">${outcome(own)}</div>
  </section>`
}

/** @param {Trial} own */
function outcome({ state, error }) {
  switch (state) {
    case 'sent': return told('', 'hourglass', t('notify.test_sent'))
    case 'arrived': return told('good', 'circle-check', t('notify.test_arrived'), t('notify.test_unseen'))
    case 'nothing': return told('late', 'triangle-alert', t('notify.test_nothing'), t('notify.test_why'), t('notify.battery'))
    case 'failed': return told('bad', 'triangle-alert', error)
  }
  return nothing
}

/**
 * @param {string} look
 * @param {string} sign
 * @param {string[]} words
 */
const told = (look, sign, ...words) => html`<div class="notice ${look}">${icon(sign)}<div class="stack tight">${words.map((w) => html`<p>${w}</p>`)}</div></div>`

/**
 * Waits for the worker to say that the message was shown.
 * @param {Trial} own
 * @param {() => Promise<void>} redraw
 */
function watch(own, redraw) {
  /** @param {Trial['state']} state */
  const become = (state) => {
    own.stop()
    own.state = state
    redraw()
  }
  /** @param {MessageEvent} event */
  const heard = ({ data }) => { if (data?.rang === 'test') become('arrived') }
  const timer = setTimeout(() => become('nothing'), PATIENCE)
  own.state = 'sent'
  own.stop = () => {
    clearTimeout(timer)
    navigator.serviceWorker.removeEventListener('message', heard)
  }
  navigator.serviceWorker.addEventListener('message', heard)
}
