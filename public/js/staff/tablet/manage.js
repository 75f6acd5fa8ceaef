/**
 * The shared tablets of all units, for administrators.
 *
 * @import {QR, Unit} from '../types.js'
 * @import {Tablet} from './api.js'
 */
import { formatDate, t } from '../../i18n/messages.js'
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { units } from '../api.js'
import { ask, openDialog, tell } from '../dialog.js'
import { errorLine, field, tie } from '../field.js'
import { Problem } from '../problem.js'
import { qrCode } from '../qr.js'
import { page } from '../shell.js'
import * as api from './api.js'

/** @param {HTMLElement} root */
export async function view(root) {
  root.dataset.view = 'staff-tablets'
  const state = { units: await units(), tablets: await api.tablets(), name: '', unit: '', wrong: /** @type {Record<string, string>} */ ({}), busy: false }
  if (state.units.length === 1) state.unit = state.units[0].id
  const draw = () => render(template(state, acts), root)
  /** @param {() => Promise<unknown>} work */
  const run = async (work) => {
    if (state.busy) return
    Object.assign(state, { busy: true, wrong: {} })
    try {
      await work()
      state.tablets = await api.tablets()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      state.wrong = Object.fromEntries(Object.entries(error.fields).map(([name, { message }]) => [name, message]))
      if (Object.keys(state.wrong).length === 0) tell(error.message)
    }
    state.busy = false
    draw()
  }
  const acts = {
    add: (/** @type {SubmitEvent} */ event) => {
      event.preventDefault()
      const form = /** @type {HTMLFormElement} */ (event.currentTarget)
      run(async () => {
        const made = await api.add(state.name, state.unit)
        form.reset()
        state.name = ''
        state.unit = form.unit.value
        show(made)
      })
    },
    /** @param {Tablet} tablet */
    revoke: async (tablet) => {
      const sure = await ask({ name: 'revoke', title: t('staff.tablet.revoke'), text: t('staff.tablet.revoke_text', { Name: tablet.name }), yes: t('staff.tablet.revoke'), danger: true })
      if (sure) await run(() => api.revoke(tablet.id))
    },
  }
  draw()
}

/** The code of a new tablet, this once. @param {{code: string, link: string, qr: QR}} made */
function show({ code, link, qr }) {
  const dialog = openDialog('tablet', () => html`
    <div class="stack">
      <h2 id="dialog-title" tabindex="-1" autofocus>${t('staff.tablet.enrol_title')}</h2>
      <p>${t('staff.tablet.code_text')}</p>
      ${qrCode(qr, t('staff.tablet.code'))}
      <p class="card stack tight"><bdi dir="ltr" class="breaks" data-link>${link}</bdi><strong dir="ltr" data-code>${code}</strong></p>
      <div class="row end"><button type="button" class="button primary" data-action="close" @click=${() => dialog.close()}>${t('staff.close')}</button></div>
    </div>`)
}

/**
 * @param {{units: Unit[], tablets: Tablet[], name: string, unit: string, wrong: Record<string, string>}} state
 * @param {{add: (event: SubmitEvent) => void, revoke: (tablet: Tablet) => void}} acts
 */
const template = (state, acts) => page({
  title: t('staff.tablet.title'),
  up: { href: '/staff/people', label: t('staff.people.title') },
  under: t('staff.tablet.intro'),
  body: html`
    ${state.tablets.length === 0 ? nothing : html`<ul class="rows card">${state.tablets.map((tablet) => html`
      <li class="growrow stack tight" data-tablet=${tablet.id}><strong dir="auto">${tablet.name}</strong>
        <small class="quiet" dir="auto">${state.units.find((u) => u.id === tablet.unit)?.name}</small>${stateOf(tablet)}
        <div class="row"><button type="button" class="button small" data-action="revoke" @click=${() => acts.revoke(tablet)}>${icon('trash-2')}${t('staff.tablet.revoke')}</button></div></li>`)}</ul>`}
    <form class="stack narrow" novalidate data-form="tablet" @submit=${acts.add}>
      ${field({ name: 'name', label: t('staff.tablet.name'), value: state.name, error: state.wrong.name, max: 60, required: true, input: (v) => { state.name = v } })}
      ${unitField(state)}
      <div><button class="button primary" data-action="add">${icon('plus')}${t('staff.tablet.add')}</button></div>
    </form>`,
})

/** @param {{units: Unit[], unit: string, wrong: Record<string, string>}} state */
function unitField(state) {
  const tied = tie('unit', { error: state.wrong.unit })
  return html`<div class="field"><label class="label" for=${tied.id}>${t('staff.import.column.unit')}</label>
    <select id=${tied.id} name="unit" aria-describedby=${tied.by} aria-invalid=${tied.invalid} @change=${(/** @type {Event} */ e) => { state.unit = /** @type {HTMLSelectElement} */ (e.target).value }}>
      <option value="" ?selected=${!state.unit}></option>
      ${state.units.map((u) => html`<option value=${u.id} ?selected=${u.id === state.unit}>${u.name}</option>`)}</select>
    ${errorLine('unit', state.wrong.unit)}</div>`
}

/** @param {Tablet} tablet */
function stateOf({ state, seen }) {
  const [sign, kind, words] = {
    waiting: ['hourglass', 'pending', t('staff.tablet.waiting')],
    over: ['triangle-alert', 'failed', t('staff.tablet.over')],
    in: ['check', 'reviewed', t('staff.tablet.seen', { Date: seen ? formatDate(seen) : '' })],
  }[state]
  return html`<small class="state ${kind}">${icon(sign)}${words}</small>`
}
