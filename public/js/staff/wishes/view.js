/**
 * What a group's parents want to talk about, and how a wish becomes the
 * question of a meeting.
 *
 * @import {Group, Meeting, Wish, WishState} from '../types.js'
 */
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatDate, t, tn } from '../../i18n/messages.js'
import { navigate } from '../../router.js'
import * as api from '../api.js'
import { openDialog, tell } from '../dialog.js'
import { Problem } from '../problem.js'
import { page } from '../shell.js'
import { held } from '../steps.js'

/**
 * @typedef {{group: Group, meetings: Meeting[], wishes: Wish[], busy: string, error: string}} State busy: id of the wish that is being marked
 * @typedef {{use: (wish: Wish) => void, toBank: (wish: Wish) => void, mark: (wish: Wish, state: WishState) => void}} Acts
 */

/**
 * @param {HTMLElement} root
 * @param {string} id the group's
 */
export async function view(root, id) {
  root.dataset.view = 'staff-wishes'
  const [group, meetings, { wishes }] = await Promise.all([api.group(id), api.meetings(id), api.wishes(id)])
  /** @type {State} */
  const state = { group, meetings: meetings.filter(awaitsQuestion), wishes, busy: '', error: '' }
  const draw = () => render(template(state, acts), root)

  /** @type {Acts} */
  const acts = {
    use: (wish) => useWish(state, wish),
    toBank: (wish) => navigate(`/staff/bank/new?wish=${wish.id}&group=${group.id}`),
    async mark(wish, marked) {
      if (state.busy) return
      Object.assign(state, { busy: wish.id, error: '' })
      draw()
      try {
        const now = await api.setWish(wish.id, marked)
        state.wishes = state.wishes.map((w) => (w.id === wish.id ? now : w))
        tell(t(`staff.wish.marked.${marked}`))
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        state.error = error.message
      }
      state.busy = ''
      draw()
    },
  }
  draw()
}

/** A planned meeting that has no question yet. @param {Meeting} meeting */
const awaitsQuestion = (meeting) => !meeting.cancelled && !held(meeting, new Date()) && meeting.question.trim() === ''

/** With a planned meeting that has no question she chooses where; otherwise a new one is begun. @param {State} state @param {Wish} wish */
function useWish({ group, meetings }, wish) {
  const begin = () => navigate(`/staff/groups/${group.id}/meetings/new?wish=${wish.id}`)
  if (meetings.length === 0) return begin()
  const choose = (/** @type {() => void} */ go) => {
    dialog.close()
    go()
  }
  const dialog = openDialog('use-wish', () => html`
    <div class="stack">
      <h2 id="dialog-title">${t('staff.wish.where')}</h2>
      <p class="asked" dir="auto">${wish.text}</p>
      ${meetings.map((m) => html`
        <button type="button" class="button choice" data-action="use-in-meeting" data-meeting=${m.id}
          @click=${() => choose(() => navigate(`/staff/meetings/${m.id}/edit?wish=${wish.id}#field-question`))}>${icon('calendar')}<span>${formatDate(m.starts, 'datetime')}</span></button>`)}
      <button type="button" class="button choice" data-action="use-in-new" @click=${() => choose(begin)}>${icon('plus')}<span>${t('staff.group.new_meeting')}</span></button>
      <div class="row end"><button type="button" class="button plain" data-action="cancel" @click=${() => dialog.close()}>${t('staff.cancel')}</button></div>
    </div>`)
}

/** @param {State} state @param {Acts} acts */
function template({ group, wishes, busy, error }, acts) {
  const of = (/** @type {WishState} */ state) => wishes.filter((w) => w.state === state)
  return page({
    title: t('staff.wish.title'),
    under: html`<span dir="auto">${group.name}</span>`,
    up: { href: `/staff/groups/${group.id}`, label: group.name },
    body: html`
      ${error ? html`<p class="notice bad" role="alert">${icon('triangle-alert')}<span>${error}</span></p>` : nothing}
      ${wishes.length === 0
        ? html`<div class="empty">${icon('lightbulb')}<p>${t('staff.wish.empty')}</p></div>`
        : html`<p class="narrow quiet">${t('staff.wish.unknown')}</p>
          ${of('open').length === 0 ? html`<p>${t('staff.wish.none_open')}</p>` : nothing}
          ${list('open', of('open'), busy, acts)}${list('used', of('used'), busy, acts)}${list('set_aside', of('set_aside'), busy, acts)}`}`,
  })
}

/** @param {WishState} state @param {Wish[]} wishes @param {string} busy @param {Acts} acts */
const list = (state, wishes, busy, acts) => wishes.length === 0 ? nothing : html`
  <section class="stack tight" data-part=${state}>
    <h2 class="label">${tn(`staff.wish.list.${state}`, wishes.length)}</h2>
    <ul class="rows card wishes">${wishes.map((w) => row(w, busy === w.id, acts))}</ul>
  </section>`

/** @param {Wish} wish @param {boolean} busy @param {Acts} acts */
const row = (wish, busy, { use, toBank, mark }) => html`
  <li class="wish stack tight" data-wish=${wish.id} data-state=${wish.state}>
    <p class="typed" dir="auto" id="wish-${wish.id}">${wish.text}</p>
    <p class="quiet small">${formatDate(`${wish.day}T12:00:00Z`, 'date')}</p>
    <div class="row">
      ${wish.state === 'open'
        ? html`<button type="button" class="button small" data-action="use-wish" aria-describedby="wish-${wish.id}" @click=${() => use(wish)}>${t('staff.wish.use')}</button>
          <button type="button" class="button small plain" data-action="wish-to-bank" aria-describedby="wish-${wish.id}" @click=${() => toBank(wish)}>${t('staff.wish.to_bank')}</button>
          <button type="button" class="button small plain" data-action="set-aside" aria-describedby="wish-${wish.id}" aria-disabled=${busy} @click=${() => mark(wish, 'set_aside')}>${t('staff.wish.set_aside')}</button>`
        : html`<button type="button" class="button small plain" data-action="reopen" aria-describedby="wish-${wish.id}" aria-disabled=${busy} @click=${() => mark(wish, 'open')}>${icon('undo-2')}${t('staff.wish.reopen')}</button>`}
    </div>
  </li>`
