/** The groups this phone follows: which, add one, let another adult in, leave. */
import { withDB } from '../data/db.js'
import { leaveGroup } from '../data/own.js'
import { SOURCE, t } from '../i18n/messages.js'
import { html, nothing, render, repeat } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { stateOf } from '../lib/state.js'

/**
 * @typedef {import('../data/types.js').Group & import('../data/types.js').Membership} Kept
 * @typedef {{leaving: string, busy: boolean}} State
 */

/** @type {import('../routes.js').View} */
export async function view(path, root) {
  const state = stateOf(root, () => ({ leaving: '', busy: false }))
  const groups = await withDB((db) => db.getAll('groups'))
  const redraw = () => view(path, root)
  render(html`<div class="stack loose narrow">
    <h1>${t('groups.title')}</h1>
    ${groups.length === 0
      ? html`<div class="empty">${icon('users')}<p>${t('groups.none')}</p></div>`
      : html`<ul class="stack">${repeat(groups, (g) => g.id, (g) => card(g, state, redraw))}</ul>`}
    <div class="stack">
      <a class=${groups.length === 0 ? 'button choice primary' : 'button choice'} href="/join">${icon('plus')}<span
        >${t(groups.length === 0 ? 'welcome.code' : 'groups.add')}</span>${icon('chevron-right')}</a>
      ${groups.length > 0 ? html`<a class="button choice" href="/groups/handover">${icon('user-plus')}<span>${t('groups.handover')}</span>${icon('chevron-right')}</a>
        <a class="button choice" href="/wishes">${icon('lightbulb')}<span>${t('wish.title')}</span>${icon('chevron-right')}</a>` : nothing}
    </div>
  </div>`, root)
}

/**
 * @param {Kept} group
 * @param {State} state
 * @param {() => Promise<void>} redraw
 */
function card(group, state, redraw) {
  const ask = async () => {
    state.leaving = group.id
    await redraw()
    /** @type {HTMLElement | null} */
    const stay = document.querySelector('.leaving button:last-child')
    stay?.focus()
  }
  return html`<li class="card stack" data-group=${group.id}>
    <div class="row apart">
      <div class="stack tight"><h2><bdi lang=${SOURCE}>${group.name}</bdi></h2><p class="quiet"><bdi lang=${SOURCE}>${group.unit?.name}</bdi></p></div>
      ${state.leaving === group.id ? nothing : html`<button class="button plain" @click=${ask}>${icon('log-out')}<span>${t('groups.leave')}</span
        ><span class="visually-hidden">${group.name}</span></button>`}
    </div>
    ${group.ended ? html`<div class="notice late small">${icon('info')}<p>${t('groups.ended')}</p></div>` : nothing}
    ${state.leaving === group.id ? confirmation(group, state, redraw) : nothing}
  </li>`
}

/**
 * @param {Kept} group
 * @param {State} state
 * @param {() => Promise<void>} redraw
 */
function confirmation(group, state, redraw) {
  const stay = () => {
    state.leaving = ''
    redraw()
  }
  const go = async () => {
    if (state.busy) return
    state.busy = true
    await leaveGroup(group.id)
    Object.assign(state, { leaving: '', busy: false })
    await redraw()
  }
  return html`<div class="stack leaving" role="group" aria-labelledby="leaving">
    <p id="leaving">${t('groups.leave_sure', { Name: group.name })}</p>
    <div class="row"><button class="button danger" @click=${go}>${t('groups.leave_yes')}</button><button class="button" @click=${stay}>${t('groups.leave_no')}</button></div>
  </div>`
}
