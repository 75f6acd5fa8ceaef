/** What parents would like to talk about: write a wish, and see those written on this phone. */
import { withDB } from '../data/db.js'
import { ownWishes, wish } from '../data/own.js'
import { SOURCE, formatDate, t } from '../i18n/messages.js'
import { html, nothing, render, repeat } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { live } from '../lib/live.js'
import { stateOf } from '../lib/state.js'
import { onLeave } from '../router.js'
import { refusal, stageLine, stageOf } from './sending.js'
import { worry } from './worry.js'

const LONGEST = 500

/** @typedef {import('../data/types.js').Group} Group */
/** @typedef {{text: string, group: string, empty: boolean, release: (() => void) | null}} State */

/** @type {import('../routes.js').View} */
export async function view(path, root) {
  const state = stateOf(root, () => /** @type {State} */ ({ text: '', group: '', empty: false, release: null }))
  const [groups, wishes] = await Promise.all([withDB((db) => db.getAll('groups')), ownWishes()])
  const open = groups.filter((g) => !g.ended)
  if (!open.some((g) => g.id === state.group)) state.group = open[0]?.id ?? ''
  const redraw = () => view(path, root)
  render(html`<div class="stack loose narrow">
    <div class="stack"><h1>${t('wish.title')}</h1><p>${t('wish.what')}</p></div>
    ${open.length > 0 ? form(open, state, redraw) : html`<a class="button primary" href="/join">${icon('qr-code')}<span>${t('welcome.code')}</span></a>`}
    ${wishes.length > 0 ? html`<section class="stack" aria-labelledby="own"><h2 id="own">${t('wish.own')}</h2>
      <ul class="stack">${repeat(wishes, (w) => w.op, (w) => sent(w, groups))}</ul></section>` : nothing}
  </div>`, root)
}

/**
 * @param {Group[]} groups
 * @param {State} state
 * @param {() => Promise<void>} redraw
 */
function form(groups, state, redraw) {
  /** @param {Event} event */
  const typed = (event) => {
    state.text = /** @type {HTMLTextAreaElement} */ (event.target).value
    state.empty = false
    state.release ??= onLeave(() => state.text.trim() !== '')
    redraw()
  }
  /** @param {Event} event */
  const send = async (event) => {
    event.preventDefault()
    const text = state.text.trim()
    state.empty = text === ''
    if (state.empty) return void redraw().then(() => document.getElementById('wish')?.focus())
    state.text = ''
    state.release?.()
    state.release = null
    await wish(state.group, text)
    await redraw()
    document.getElementById('own')?.scrollIntoView({ block: 'center' })
  }
  return html`<form class="stack" @submit=${send} novalidate>
    ${groups.length > 1 ? groupField(groups, state, redraw) : nothing}
    <div class="field">
      <label for="wish">${t('wish.label')}</label>
      <textarea id="wish" rows="4" dir="auto" maxlength=${LONGEST} aria-invalid=${state.empty ? 'true' : 'false'} aria-describedby="wish-error wish-who wish-worry"
        .value=${live(state.text)} @input=${typed}></textarea>
      <span class="error" id="wish-error" role="alert">${state.empty ? html`${icon('triangle-alert')}<span>${t('wish.empty')}</span>` : nothing}</span>
      <span class="hint" id="wish-who">${t('wish.who')}</span>
    </div>
    ${worry('wish-worry')}
    <button type="submit" class="button primary">${icon('send')}<span>${t('wish.send')}</span></button>
  </form>`
}

/**
 * @param {Group[]} groups
 * @param {State} state
 * @param {() => Promise<void>} redraw
 */
function groupField(groups, state, redraw) {
  /** @param {Event} event */
  const choose = (event) => {
    state.group = /** @type {HTMLSelectElement} */ (event.target).value
    redraw()
  }
  return html`<div class="field"><label for="wish-group">${t('wish.group')}</label>
    <select id="wish-group" dir="auto" .value=${live(state.group)} @change=${choose}>${groups.map((g) => html`<option value=${g.id} ?selected=${g.id === state.group}
      >${g.name}${g.unit?.name ? ` · ${g.unit.name}` : ''}</option>`)}</select></div>`
}

/**
 * @param {import('../data/own.js').Wish} wished
 * @param {Group[]} groups
 */
function sent({ op, text, group, made, state, message }, groups) {
  return html`<li class="card stack tight" data-wish>
    <p dir="auto">${text}</p>
    <p class="quiet small">${formatDate(made, 'date')} · <bdi lang=${SOURCE}>${groups.find((g) => g.id === group)?.name ?? ''}</bdi></p>
    ${state === 'refused' ? refusal(op, message) : stageLine(stageOf(state), t(`wish.${state}`))}
  </li>`
}
