/**
 * Joining a group by its code: typed, or brought by a scanned link. In another
 * app's own browser it first shows the way to the real one.
 */
import { join } from '../data/device.js'
import { Refused, Unheard } from '../data/net.js'
import { syncNow } from '../data/schedule.js'
import { SOURCE, locale, t } from '../i18n/messages.js'
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { stateOf } from '../lib/state.js'
import { dropCode, foldCode, groupCode, isCode, keptCode } from './code.js'
import { inApp } from './inapp.js'

/**
 * @typedef {object} State
 * @property {string} code as it stands in the field
 * @property {boolean} brought by a link
 * @property {boolean} stay the reader goes on in the other app's browser
 * @property {boolean} busy
 * @property {string} error told at the field
 * @property {boolean} waiting for a network
 * @property {import('../data/types.js').Group[] | null} joined
 */

/** @type {import('../routes.js').View} */
export async function view(path, root) {
  const state = stateOf(root, fresh)
  const redraw = () => view(path, root)
  if (state.joined) render(joinedScreen(state.joined, path === '/start'), root)
  else if (inApp() && !state.stay) render((await import('./elsewhere.js')).elsewhereScreen(state, redraw), root)
  else render(codeScreen(state, redraw), root)
}

/** @returns {State} */
function fresh() {
  const code = keptCode()
  return { code: groupCode(code), brought: isCode(code), stay: false, busy: false, error: '', waiting: false, joined: null }
}

/**
 * @param {State} state
 * @param {() => Promise<void>} redraw
 */
function codeScreen(state, redraw) {
  /** @param {InputEvent} event */
  const typed = (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target)
    state.code = regroup(field)
    state.error = ''
    redraw()
  }
  /** @param {Event} event */
  const submitted = (event) => {
    event.preventDefault()
    submit(state, redraw)
  }
  return html`<form class="stack loose narrow" @submit=${submitted} novalidate>
    <div class="stack">
      <h1>${t(state.brought ? 'join.title_brought' : 'join.title')}</h1>
      <p>${t(state.brought ? 'join.brought' : 'join.where')}</p>
    </div>
    <div class="field">
      <label for="code">${t('join.code')}</label>
      <input id="code" class="code" name="code" type="text" inputmode="text" autocomplete="off" autocapitalize="characters"
        autocorrect="off" spellcheck="false" dir="ltr" maxlength="400" required .value=${state.code} ?readonly=${state.busy}
        aria-invalid=${state.error ? 'true' : 'false'} aria-describedby="code-hint code-error" @input=${typed}>
      <span class="hint" id="code-hint">${t('join.hint')}</span>
      <span class="error" id="code-error" role="alert">${state.error ? html`${icon('triangle-alert')}<span>${state.error}</span>` : nothing}</span>
    </div>
    <button class="button primary" type="submit" aria-disabled=${state.busy ? 'true' : 'false'}
      >${icon('user-plus')}<span>${t(state.busy ? 'join.busy' : 'join.submit')}</span></button>
    <p class="quiet small">${t('join.private')}</p>
  </form>`
}

/**
 * @param {import('../data/types.js').Group[]} groups
 * @param {boolean} installed just now, for the sake of notifications
 */
function joinedScreen(groups, installed) {
  return html`<div class="stack loose narrow">
    <h1>${icon('circle-check')} ${t('join.done')}</h1>
    <ul class="stack">${groups.map((g) => html`<li class="card stack tight" data-group=${g.id}>
      <strong><bdi lang=${SOURCE}>${g.name}</bdi></strong><span class="quiet"><bdi lang=${SOURCE}>${g.unit?.name}</bdi></span></li>`)}
    </ul>
    <p>${t('join.next')}</p>
    ${installed ? html`<a class="button primary" href="/more/notifications">${icon('bell')}<span>${t('notify.turn_on')}</span></a>` : nothing}
    <a class=${installed ? 'button' : 'button primary'} href="/letters">${icon('mail')}<span>${t('join.read')}</span></a>
    <a class="button plain" href="/groups">${t('join.wrong_group')}</a>
  </div>`
}

/**
 * @param {State} state
 * @param {() => Promise<void>} redraw
 */
async function submit(state, redraw) {
  if (state.busy) return
  const code = foldCode(state.code)
  state.error = isCode(code) ? '' : t('join.incomplete')
  state.busy = state.error === ''
  await redraw()
  if (!state.busy) return focusField()
  try {
    state.joined = await join(code, locale())
    dropCode()
    syncNow()
  } catch (error) {
    state.error = explain(error)
    if (error instanceof Unheard) retryWhenOnline(state, redraw)
  }
  state.busy = false
  await redraw()
  if (state.joined) focusHeading()
  else focusField()
}

/** @param {unknown} error */
function explain(error) {
  if (error instanceof Refused) return error.message || t('join.refused')
  if (error instanceof Unheard) return t('join.no_network')
  throw error
}

/**
 * @param {State} state
 * @param {() => Promise<void>} redraw
 */
function retryWhenOnline(state, redraw) {
  if (state.waiting) return
  state.waiting = true
  const root = document.querySelector('main')
  addEventListener('online', () => {
    state.waiting = false
    if (root?.isConnected && !state.joined) submit(state, redraw)
  }, { once: true })
}

/**
 * Groups the code while it is typed, with the cursor kept behind the sign just typed.
 * @param {HTMLInputElement} field
 */
function regroup(field) {
  const before = foldCode(field.value.slice(0, field.selectionStart ?? field.value.length)).length
  field.value = groupCode(foldCode(field.value).slice(0, 10))
  const at = Math.min(before > 5 ? before + 1 : before, field.value.length)
  field.setSelectionRange(at, at)
  return field.value
}

function focusField() {
  document.getElementById('code')?.focus()
}

function focusHeading() {
  const heading = document.querySelector('h1')
  heading?.setAttribute('tabindex', '-1')
  heading?.focus()
}
