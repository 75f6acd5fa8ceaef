/**
 * The question of the day for the room: large, in turn in the languages of
 * those who come. It can be left on a screen, goes on by itself or by hand,
 * and needs no network once it was opened. It is a modal dialog, so that the
 * keyboard stays in what is seen.
 *
 * @import {Person} from '../types.js'
 * @import {Spoken} from './spoken.js'
 */
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { dir, langTag, localeDir, localeName, SOURCE, t } from '../../i18n/messages.js'
import { navigate } from '../../router.js'
import { readSpoken } from './spoken.js'

/** For how long a language is shown before the next one comes by itself, in milliseconds. */
const TURN = 12_000

/**
 * @typedef {object} State
 * @property {Spoken} spoken
 * @property {string[]} shown the languages in turn
 * @property {number} at which of them
 * @property {boolean} turning it goes on by itself
 * @property {boolean} choosing the languages are being chosen
 */

/**
 * @param {HTMLElement} root
 * @param {string} id the meeting's
 * @param {Person} person
 */
export async function view(root, id, person) {
  root.dataset.view = 'staff-hold'
  const spoken = await readSpoken(id, person)
  /** @type {State} */
  const state = { spoken, shown: [SOURCE, ...spoken.wanted], at: 0, turning: spoken.wanted.length > 0, choosing: false }
  const draw = () => render(template(state, acts), root)
  const acts = actsOf(state, draw, () => navigate(`/staff/meetings/${id}`))
  const timer = setInterval(() => {
    if (!root.isConnected) return stop()
    if (state.turning && !state.choosing) acts.go(1)
  }, TURN)
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (!root.isConnected) return stop()
    const by = event.altKey || event.ctrlKey || event.metaKey ? 0 : stepOf(event.key)
    if (by && state.shown.length > 1 && !state.choosing) acts.by(by)
  }
  const stop = () => {
    clearInterval(timer)
    removeEventListener('keydown', key)
  }
  addEventListener('keydown', key)
  keepAwake(root)
  draw()
  setTimeout(() => open(root))
}

/** Only what is in the document can be modal, and a view gets there when it is drawn. @param {HTMLElement} root */
function open(root) {
  if (!root.isConnected) return
  root.querySelector('dialog')?.showModal()
  const next = /** @type {HTMLElement|null} */ (root.querySelector('[data-action=next]'))
  next?.focus()
}

/** Where a key leads: forwards is the way the reader reads. What people hold in their hand sends pages. @param {string} key @returns {number} */
function stepOf(key) {
  const forwards = dir() === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
  if (key === forwards || key === 'PageDown') return 1
  return ['ArrowLeft', 'ArrowRight', 'PageUp'].includes(key) ? -1 : 0
}

/** The screen stays lit while it is shown, where the device can do that. @param {HTMLElement} root */
async function keepAwake(root) {
  const lock = await navigator.wakeLock?.request('screen').catch(() => null)
  if (lock && !root.isConnected) await lock.release()
}

/** @typedef {ReturnType<typeof actsOf>} Acts */

/** @param {State} state @param {() => void} draw @param {() => void} close */
function actsOf(state, draw, close) {
  const go = (/** @type {number} */ by) => {
    state.at = (state.at + by + state.shown.length) % state.shown.length
    draw()
  }
  return {
    go,
    /** By hand: then nothing goes on by itself. @param {number} by */
    by(by) {
      state.turning = false
      go(by)
    },
    turn() {
      state.turning = !state.turning
      draw()
    },
    choose() {
      state.choosing = !state.choosing
      draw()
    },
    /** Swedish stays: it is what everybody works from. @param {string} tag */
    toggle(tag) {
      state.shown = state.shown.includes(tag) ? state.shown.filter((l) => l !== tag) : [...state.shown, tag]
      state.at = 0
      draw()
    },
    async whole() {
      if (document.fullscreenElement) await document.exitFullscreen()
      else await document.documentElement.requestFullscreen().catch(() => {}) // an iPhone has none
    },
    /** Escape: from the choice to what is shown, and from there out. @param {Event} event */
    escape(event) {
      event.preventDefault()
      if (state.choosing) this.choose()
      else this.close()
    },
    async close() {
      if (document.fullscreenElement) await document.exitFullscreen()
      close()
    },
  }
}

/** @param {State} state @param {Acts} acts */
function template(state, acts) {
  const tag = state.shown[state.at]
  return html`
    <dialog class="holdscreen" data-locale=${tag} aria-labelledby="hold-title" @cancel=${(/** @type {Event} */ event) => acts.escape(event)}>
      <h1 id="hold-title" class="visually-hidden">${t('staff.hold.title')}</h1>
      <div class="row end held-out">${tool('close', 'x', t('staff.close'), acts.close)}</div>
      ${state.choosing ? choice(state, acts) : html`
        <div class="held-words" aria-live=${state.turning ? 'off' : 'polite'}>
          <p class="quiet" lang=${langTag(tag)} dir=${localeDir(tag)}><bdi>${localeName(tag)}</bdi></p>
          <p class="held-question" lang=${langTag(tag)} dir=${localeDir(tag)}>${state.spoken.texts[tag]}</p>
        </div>`}
      <div class="row held-tools" role="group" aria-label=${t('staff.hold.tools')}>
        ${state.shown.length > 1 && !state.choosing ? turns(state, acts) : nothing}
        ${Object.keys(state.spoken.texts).length > 1 ? tool('languages', 'languages', t(state.choosing ? 'staff.hold.show' : 'staff.hold.languages'), acts.choose) : nothing}
        ${document.fullscreenEnabled ? tool('whole', 'square', t('staff.hold.whole'), acts.whole) : nothing}
      </div>
    </dialog>`
}

/** @param {State} state @param {Acts} acts */
const turns = ({ turning, at, shown }, { by, turn }) => html`
  ${tool('previous', 'arrow-left', t('staff.hold.previous'), () => by(-1))}
  <span class="quiet small">${t('staff.hold.of', { At: at + 1, Of: shown.length })}</span>
  ${tool('next', 'arrow-right', t('staff.hold.next'), () => by(1))}
  ${tool('turn', turning ? 'pause' : 'play', t(turning ? 'staff.hold.pause' : 'staff.hold.play'), turn)}`

/** @param {string} action @param {string} sign @param {string} label @param {() => void} run */
const tool = (action, sign, label, run) => html`
  <button type="button" class="button" data-action=${action} @click=${run}>${icon(sign)}<span>${label}</span></button>`

/** @param {State} state @param {Acts} acts */
const choice = ({ spoken, shown }, { toggle }) => html`
  <fieldset class="stack held-choice">
    <legend class="label">${t('staff.hold.which')}</legend>
    ${spoken.wanted.length ? html`<p class="quiet small">${t('staff.hold.why')}</p>` : nothing}
    ${Object.keys(spoken.texts).filter((tag) => tag !== SOURCE).map((tag) => html`
      <label class="check"><input type="checkbox" name="language" value=${tag} .checked=${shown.includes(tag)} @change=${() => toggle(tag)}>
        <span lang=${langTag(tag)} dir=${localeDir(tag)}>${localeName(tag)}</span></label>`)}
    ${spoken.lacking.length ? html`<p class="state late">${icon('circle-dashed')}<span>${t('staff.hold.lacking')} ${spoken.lacking.map((tag, i) => html`${i ? ', ' : ''}<bdi lang=${langTag(tag)}>${localeName(tag)}</bdi>`)}</span></p>` : nothing}
  </fieldset>`
