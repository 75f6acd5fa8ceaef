/**
 * What the municipality decides about a channel: who is told when nobody
 * reads, within how many days it answers, when nobody reads, and how long what
 * is closed is kept. Whoever sets it reads nothing by that.
 *
 * @import {Channel, ChannelName, Span} from './types.js'
 */
import { t } from '../../i18n/messages.js'
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { live } from '../../lib/live.js'
import { navigate } from '../../router.js'
import { tell } from '../dialog.js'
import { field } from '../field.js'
import { Problem } from '../problem.js'
import { page } from '../shell.js'
import { listStaff } from './stafflist.js'
import * as api from './api.js'
import { problem, submitting } from './parts.js'

/**
 * @param {HTMLElement} root
 * @param {string} name
 */
export async function view(root, name) {
  root.dataset.view = 'staff-channel-settings'
  const channel = (await api.channels()).find((c) => c.name === name)
  if (!channel || !(channel.isAdmin || channel.isHead)) throw new Problem(404, '', t('staff.problem.not_found'))
  const people = channel.isAdmin ? await listStaff() : []
  const state = {
    head: channel.head?.id ?? '', days: String(channel.answersDays || ''), keep: String(channel.keepDays || ''), hours: channel.hours,
    open: channel.open, away: channel.away.map((a) => ({ ...a })), wrong: /** @type {Record<string, string>} */ ({}), error: '', busy: false,
  }
  const draw = () => render(template(channel, people, state, draw, save), root)
  const save = async () => {
    state.wrong = wrongs(state)
    state.error = ''
    if (Object.keys(state.wrong).length > 0 || state.busy) return draw()
    state.busy = true
    draw()
    try {
      await api.configure(/** @type {ChannelName} */ (name), {
        ...(channel.isAdmin && state.head && { head: state.head }), answersDays: Number(state.days), keepDays: Number(state.keep), hours: state.hours.trim(), away: state.away,
        ...(channel.state !== 'closed' && { open: state.open }),
      })
      tell(t('staff.channel.saved'))
      return navigate(`/staff/channels/${name}`)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      state.error = error.message
      state.wrong = Object.fromEntries(Object.entries(error.fields).map(([of, { message }]) => [of === 'answersDays' ? 'days' : of === 'keepDays' ? 'keep' : of, message]))
    }
    state.busy = false
    draw()
  }
  draw()
}

/** @typedef {{head: string, days: string, keep: string, hours: string, open: boolean, away: Span[], wrong: Record<string, string>, error: string, busy: boolean}} State */

/** @param {State} state */
function wrongs({ days, keep, away }) {
  /** @type {Record<string, string>} */
  const found = {}
  if (!whole(days, 1, 30)) found.days = t('staff.channel.number_wrong', { From: 1, To: 30 })
  if (!whole(keep, 1, 3650)) found.keep = t('staff.channel.number_wrong', { From: 1, To: 3650 })
  if (away.some((a) => !a.from || !a.to || a.from > a.to)) found.away = t('staff.channel.days_wrong')
  return found
}

/** @param {string} text @param {number} from @param {number} to */
const whole = (text, from, to) => /^\d+$/.test(text.trim()) && Number(text) >= from && Number(text) <= to

/**
 * @param {Channel} channel
 * @param {{id: string, name: string}[]} people
 * @param {State} state
 * @param {() => void} draw
 * @param {() => void} save
 */
function template(channel, people, state, draw, save) {
  const set = (/** @type {'days' | 'keep' | 'hours'} */ name) => (/** @type {string} */ value) => {
    state[name] = value
    draw()
  }
  return page({
    title: t('staff.channel.settings'),
    under: html`<span dir="auto">${channel.title || t(`staff.channel.name.${channel.name}`)}</span>`,
    up: { href: `/staff/channels/${channel.name}`, label: channel.title || t(`staff.channel.name.${channel.name}`) },
    body: html`<form class="stack loose narrow" novalidate @submit=${submitting(save)}>
      <p class="fact">${icon('info')}<span>${t('staff.channel.settings_what')}</span></p>
      ${channel.isAdmin ? headField(people, state, draw) : nothing}
      ${field({ name: 'days', label: t('staff.channel.answers_days'), value: state.days, error: state.wrong.days, input: set('days') })}
      ${field({ name: 'hours', label: t('staff.channel.hours'), hint: t('staff.channel.hours_hint'), value: state.hours, max: 200, lang: 'sv', error: state.wrong.hours, input: set('hours') })}
      ${awayField(state, draw)}
      ${field({ name: 'keep', label: t('staff.channel.keep_days'), hint: t('staff.channel.keep_hint'), value: state.keep, error: state.wrong.keep, input: set('keep') })}
      ${channel.state === 'closed' ? nothing : html`<label class="check"><input type="checkbox" data-action="takes" .checked=${live(state.open)} @change=${() => { state.open = !state.open; draw() }}><span>${t('staff.channel.takes')}</span></label>`}
      ${problem(state.error)}
      <button type="submit" class="button primary" data-action="save" aria-disabled=${state.busy ? 'true' : 'false'}>${t(state.busy ? 'staff.channel.busy' : 'staff.channel.save_settings')}</button>
    </form>`,
  })
}

/** @param {{id: string, name: string}[]} people @param {State} state @param {() => void} draw */
const headField = (people, state, draw) => html`<div class="field"><label for="head">${t('staff.channel.head')}</label><p class="hint" id="head-hint">${t('staff.channel.head_hint')}</p>
  <select id="head" name="head" aria-describedby="head-hint" .value=${live(state.head)} @change=${(/** @type {Event} */ e) => { state.head = /** @type {HTMLSelectElement} */ (e.target).value; draw() }}>
    <option value="">${t('staff.channel.choose_one')}</option>${people.map((p) => html`<option value=${p.id} ?selected=${p.id === state.head}>${p.name}</option>`)}</select></div>`

/** @param {State} state @param {() => void} draw */
function awayField(state, draw) {
  const add = () => {
    state.away.push({ from: '', to: '' })
    draw()
  }
  return html`<fieldset class="field"><legend class="label">${t('staff.channel.away')}</legend><p class="hint">${t('staff.channel.away_hint')}</p>
    ${state.away.map((a, i) => html`<div class="row fields">
      ${field({ name: `away-from-${i}`, type: 'date', label: t('staff.channel.from'), value: a.from, input: (value) => { a.from = value; draw() } })}
      ${field({ name: `away-to-${i}`, type: 'date', label: t('staff.channel.to'), value: a.to, input: (value) => { a.to = value; draw() } })}
      <button type="button" class="button small" data-action="away-remove" @click=${() => { state.away.splice(i, 1); draw() }}>${icon('trash-2')}<span>${t('staff.channel.remove')}</span></button></div>`)}
    ${state.wrong.away ? html`<p class="error">${icon('triangle-alert')}<span>${state.wrong.away}</span></p>` : nothing}
    <div class="row"><button type="button" class="button small" data-action="away-add" @click=${add}>${icon('plus')}<span>${t('staff.channel.away_add')}</span></button></div></fieldset>`
}
