/**
 * Leaving in a hurry: a button that is always on the screen, and Escape twice.
 * The page is emptied at once and replaced by one that says nothing, so that
 * the way back does not lead here.
 */
import { meta } from '../data/db.js'
import { t } from '../i18n/messages.js'
import { html } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/** Where it leads unless the municipality has said where to. */
const NEUTRAL = '/letters'
/** Within this time a second Escape means it, in ms. */
const TWICE = 1500

let escaped = 0
let elsewhere = ''

/** Replaces the page by a neutral one. */
export function leaveQuickly() {
  document.body.replaceChildren()
  document.title = t('app.name')
  location.replace(elsewhere || NEUTRAL)
}

/** The bar with the button. It marks the page as one that can be left in a hurry. */
export function leaveBar() {
  listen()
  return html`<div class="leavebar no-print" data-leave><button type="button" class="button danger primary wide" @click=${leaveQuickly}
    >${icon('log-out')}<span>${t('guide.leave')}</span></button></div>`
}

/** Said once on such a page, for those who have a keyboard. */
export const leaveHint = () => html`<p class="quiet small no-print">${t('guide.leave_hint')}</p>`

let listening = false

function listen() {
  if (listening) return
  listening = true
  document.addEventListener('keydown', escape)
  meta('hello').then((hello) => {
    const to = hello?.guide?.leaveTo ?? ''
    if (/^https:\/\//.test(to)) elsewhere = to
  }).catch((error) => console.warn('read where to leave to', error))
}

/** @param {KeyboardEvent} event */
function escape({ key, timeStamp }) {
  if (key !== 'Escape' || !document.querySelector('[data-leave]')) return
  if (timeStamp - escaped < TWICE) leaveQuickly()
  escaped = timeStamp
}
