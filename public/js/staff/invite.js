/**
 * A group's invitation: its code, to be shown, printed, exchanged or ended.
 *
 * @import {Group, Invite, Invites} from './types.js'
 */
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { formatDate, t, tn } from '../i18n/messages.js'
import * as api from './api.js'
import { ask, openDialog, tell } from './dialog.js'
import { phoneCount } from './home.js'
import { Problem } from './problem.js'
import { qrCode } from './qr.js'
import { page } from './shell.js'

/** How long a code may live, in days. */
const DAYS = [30, 180, 400]

/**
 * @param {HTMLElement} root
 * @param {string} id the group's
 */
export async function view(root, id) {
  root.dataset.view = 'staff-invite'
  const [group, first] = await Promise.all([api.group(id), api.invites(id)])
  const state = { group, ...first, days: 180, busy: false, error: '' }
  const draw = () => render(template(state, actions), root)

  /** @param {() => Promise<unknown>} work @param {string} said */
  async function run(work, said) {
    if (state.busy) return
    Object.assign(state, { busy: true, error: '' })
    draw()
    try {
      await work()
      Object.assign(state, await api.invites(id))
      tell(said)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      state.error = error.message
    }
    state.busy = false
    draw()
  }

  const actions = {
    days: (/** @type {number} */ days) => { state.days = days },
    make: () => run(() => api.invite(id, state.days), t('staff.invite.made')),
    rotate: async () => {
      const how = await askHow()
      if (how) await run(() => api.rotate(id, how === 'drop'), t('staff.invite.rotated'))
    },
    end: async (/** @type {Invite} */ invite) => {
      if (await askEnd(invite)) await run(() => api.endInvite(invite.id), t('staff.invite.ended'))
    },
  }
  draw()
}

/**
 * @param {{group: Group, days: number, busy: boolean, error: string} & Invites} state
 * @param {{days: (days: number) => void, make: () => void, rotate: () => void, end: (invite: Invite) => void}} actions
 */
const template = ({ group, invites, devices, days, busy, error }, actions) => page({
  title: t('staff.invite.title'),
  under: phoneCount(devices),
  up: { href: `/staff/groups/${group.id}`, label: group.name },
  body: html`
    ${error ? html`<p class="notice bad" role="alert">${icon('triangle-alert')}<span>${error}</span></p>` : nothing}
    ${invites.length === 0 ? html`<p class="narrow">${t('staff.invite.none')}</p>` : html`
      <p class="narrow">${t('staff.invite.intro')}</p>
      ${invites.map((invite) => inviteCard(group, invite, actions.end))}
      <section class="card stack">
        <h2>${t('staff.invite.rotate')}</h2>
        <p>${t('staff.invite.rotate_intro')}</p>
        <button type="button" class="button" data-action="rotate" aria-disabled=${busy} @click=${actions.rotate}>${icon('refresh-cw')}${t('staff.invite.rotate')}</button>
      </section>`}
    <p><a class="button" href="/staff/groups/${group.id}/slips" data-action="slips">${icon('user-plus')}${t('staff.slips.title')}</a></p>
    <section class="stack">
      <div class="field">
        <label for="field-days">${t('staff.invite.days')}</label>
        <select id="field-days" name="days" @change=${(/** @type {Event} */ e) => actions.days(Number(/** @type {HTMLSelectElement} */ (e.target).value))}>
          ${DAYS.map((n) => html`<option value=${n} ?selected=${n === days}>${tn('staff.invite.days_count', n)}</option>`)}
        </select>
      </div>
      <button type="button" class=${invites.length ? 'button' : 'button primary'} data-action="make-invite" aria-disabled=${busy} @click=${actions.make}>
        ${icon('plus')}${invites.length ? t('staff.invite.make_another') : t('staff.invite.make')}</button>
    </section>`,
})

/** @param {Group} group @param {Invite} invite @param {(invite: Invite) => void} end */
const inviteCard = (group, invite, end) => html`
  <article class="card stack invite" data-invite=${invite.id}>
    ${qrCode(invite.qr, t('staff.invite.qr', { Name: group.name }))}
    <p class="code center">${invite.code}</p>
    <p class="quiet center">${t('staff.invite.expires', { Date: formatDate(invite.expires, 'date') })} · ${invite.uses === null ? t('staff.invite.uses_few') : tn('staff.invite.uses', invite.uses)}</p>
    <div class="row center">
      <a class="button primary" href="/staff/poster/${group.id}?${invite.id}" data-action="poster">${icon('printer')}${t('staff.invite.poster')}</a>
      <button type="button" class="button danger" data-action="end-invite" @click=${() => end(invite)}>${icon('x')}${t('staff.invite.end')}</button>
    </div>
  </article>`

/** @param {Invite} invite */
const askEnd = (invite) => ask({
  name: 'end-invite',
  title: t('staff.invite.end_title', { Code: invite.code }),
  text: t('staff.invite.end_text'),
  yes: t('staff.invite.end'),
  action: 'end',
  danger: true,
})

/** The two ways to exchange the code, each with what it does. @returns {Promise<'keep'|'drop'|null>} */
const askHow = () => new Promise((resolve) => {
  /** @type {'keep'|'drop'|null} */
  let how = null
  const choose = (/** @type {'keep'|'drop'} */ chosen) => {
    how = chosen
    dialog.close()
  }
  const dialog = openDialog('rotate', () => html`
    <div class="stack">
      <h2 id="dialog-title">${t('staff.invite.rotate')}</h2>
      <p>${t('staff.invite.rotate_text')}</p>
      ${/** @type {const} */ (['keep', 'drop']).map((name) => html`
        <button type="button" class="button choice" data-action="rotate-${name}" @click=${() => choose(name)}>
          ${icon(name === 'keep' ? 'users' : 'user-plus')}
          <span class="stack tight"><strong>${t(`staff.invite.${name}`)}</strong><span class="small plain">${t(`staff.invite.${name}_text`)}</span></span>
        </button>`)}
      <div class="row end"><button type="button" class="button plain" data-action="cancel" @click=${() => dialog.close()}>${t('staff.cancel')}</button></div>
    </div>`, () => resolve(how))
})
