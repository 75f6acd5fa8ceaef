/**
 * A colleague: to be invited, to be changed, or one who leaves.
 *
 * @import {Person, Role, Unit} from '../types.js'
 * @import {Colleague, Input} from './api.js'
 */
import { LOCALES, localeName, SOURCE, langTag, localeDir, t } from '../../i18n/messages.js'
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { live } from '../../lib/live.js'
import { navigate } from '../../router.js'
import { units } from '../api.js'
import { ask, tell } from '../dialog.js'
import { errorLine, field } from '../field.js'
import { Problem } from '../problem.js'
import { page } from '../shell.js'
import * as api from './api.js'
import { linkDialog } from './link.js'
import { needsUnits, ROLES, roleName, roleWords } from './roles.js'

/** @typedef {{input: Input, wrong: Record<string, string>, error: string, busy: boolean}} State */

/** @param {HTMLElement} root */
export async function newView(root) {
  root.dataset.view = 'staff-person-new'
  const [all, { mail }] = await Promise.all([units(), api.colleagues()])
  const input = { name: '', email: '', roles: /** @type {Role[]} */ (['editor']), units: all.length === 1 ? [all[0].id] : [], locales: [] }
  form(root, all, input, null, async (input) => {
    const { again, link } = await api.invite(input)
    const done = () => navigate('/staff/people')
    if (link) return linkDialog(link, input.name, done)
    tell(t(again ? 'staff.people.sent_again' : 'staff.people.invited_now', { Name: input.name }))
    done()
  }, false, mail)
}

/**
 * @param {HTMLElement} root
 * @param {string} id
 * @param {Person} person
 */
export async function editView(root, id, person) {
  root.dataset.view = 'staff-person'
  const [all, { people }] = await Promise.all([units(), api.colleagues()])
  const her = people.find((p) => p.id === id)
  if (!her) throw new Problem(404, '', t('staff.problem.not_found'))
  form(root, all, { ...her }, her, async (input) => {
    await api.change(id, input)
    tell(t('staff.people.saved'))
    navigate('/staff/people')
  }, her.id === person.id)
}

/**
 * @param {HTMLElement} root
 * @param {Unit[]} all
 * @param {Input} input
 * @param {Colleague|null} her null for one who is invited
 * @param {(input: Input) => Promise<unknown>} send
 * @param {boolean} [self] it is whoever is signed in
 * @param {boolean} [mail] the server sends e-mail
 */
function form(root, all, input, her, send, self = false, mail = true) {
  /** @type {State} */
  const state = { input, wrong: {}, error: '', busy: false }
  const draw = () => render(template(state, all, her, { self, mail }, acts), root)
  /** @param {() => Promise<unknown>} work */
  const act = async (work) => {
    if (state.busy) return
    Object.assign(state, { busy: true, error: '', wrong: {} })
    draw()
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      state.wrong = Object.fromEntries(Object.entries(error.fields).map(([name, { message }]) => [name, message]))
      state.error = Object.keys(state.wrong).length > 0 ? '' : error.message
    }
    state.busy = false
    draw()
    if (Object.keys(state.wrong).length > 0) root.querySelector(/** @type {'input'} */ ('[aria-invalid="true"], fieldset:has(.error) input'))?.focus()
  }
  const acts = {
    /** @param {Partial<Input>} part */
    change: (part) => {
      Object.assign(state.input, part)
      for (const name of Object.keys(part)) delete state.wrong[name]
      draw()
    },
    /** @param {SubmitEvent} event */
    submit: (event) => {
      event.preventDefault()
      act(() => send(state.input))
    },
    newPassword: () => act(async () => {
      if (!her || !(await ask({ name: 'password', title: t('staff.people.password'), text: t('staff.people.password_text', { Name: her.name }), yes: t('staff.people.password') }))) return
      const { link } = await api.newPassword(her.id)
      if (link) linkDialog(link, her.name)
      else tell(t('staff.people.password_sent', { Name: her.name }))
    }),
    leave: () => act(async () => {
      if (!her || !(await ask({ name: 'leave', title: t('staff.people.leave'), text: [t('staff.people.leave_text', { Name: her.name }), t('staff.people.leave_stays')], yes: t('staff.people.leave_yes'), action: 'leave-anyway', danger: true }))) return
      await api.leave(her.id)
      tell(t('staff.people.left', { Name: her.name }))
      navigate('/staff/people')
    }),
  }
  draw()
}

/** @typedef {{change: (part: Partial<Input>) => void, submit: (event: SubmitEvent) => void, leave: () => void, newPassword: () => void}} Acts */

/** @param {State} state @param {Unit[]} all @param {Colleague|null} her @param {{self: boolean, mail: boolean}} how @param {Acts} acts */
const template = ({ input, wrong, error, busy }, all, her, { self, mail }, acts) => page({
  title: her ? her.name : t('staff.people.invite'),
  under: her ? html`<bdi dir="ltr">${her.email}</bdi>` : t(mail ? 'staff.people.invite_what' : 'staff.people.invite_link'),
  up: { href: '/staff/people', label: t('staff.people.title') },
  body: html`<form class="stack loose narrow" novalidate data-form="person" @submit=${acts.submit}>
    ${field({ name: 'name', label: t('staff.people.name'), value: input.name, error: wrong.name, max: 120, required: true, input: (name) => acts.change({ name }) })}
    ${her ? nothing : field({ name: 'email', label: t('staff.signin.email'), type: 'email', value: input.email, error: wrong.email, max: 255, required: true, input: (email) => acts.change({ email }) })}
    ${ticks('roles', t('staff.people.roles'), wrong.roles, ROLES.map((role) => ({ value: role, label: roleName(role), hint: roleWords(role) })), input.roles, (roles) => acts.change({ roles }))}
    ${needsUnits(input.roles) || input.units.length > 0 ? ticks('units', t('staff.people.units'), wrong.units, all.map((u) => ({ value: u.id, label: u.name })), input.units, (units) => acts.change({ units })) : nothing}
    ${input.roles.includes('translator') ? ticks('locales', t('staff.people.locales'), wrong.locales, LOCALES.filter(({ tag }) => tag !== SOURCE).map(({ tag }) => ({ value: tag, label: localeName(tag), tag })), input.locales, (locales) => acts.change({ locales })) : nothing}
    ${error ? html`<p class="notice bad" role="alert">${icon('triangle-alert')}<span>${error}</span></p>` : nothing}
    <div class="row"><button class="button primary" data-action="save" aria-disabled=${busy}>${icon(her ? 'check' : mail ? 'mail' : 'link')}${t(her ? 'staff.people.save' : mail ? 'staff.people.send' : 'staff.people.new_link')}</button>
      <a class="button" href="/staff/people">${t('staff.cancel')}</a></div>
    ${her ? html`<div class="stack tight"><p class="quiet">${t('staff.people.password_what')}</p>
      <div><button type="button" class="button" data-action="password" @click=${acts.newPassword}>${icon('key-round')}${t('staff.people.password')}</button></div></div>` : nothing}
    ${her && !self ? html`<div class="stack tight"><p class="quiet">${t('staff.people.leave_what')}</p>
      <div><button type="button" class="button danger" data-action="leave" @click=${acts.leave}>${icon('log-out')}${t('staff.people.leave')}</button></div></div>` : nothing}
  </form>`,
})

/**
 * @template {string} T
 * @param {string} name
 * @param {string} legend
 * @param {string|undefined} error
 * @param {{value: T, label: string, hint?: string, tag?: string}[]} choices
 * @param {T[]} chosen
 * @param {(chosen: T[]) => void} change
 */
const ticks = (name, legend, error, choices, chosen, change) => html`<fieldset class="field" data-ticks=${name}><legend class="label">${legend}</legend>
  ${errorLine(name, error)}
  ${choices.map(({ value, label, hint, tag }) => html`<label class="check"><input type="checkbox" name=${name} value=${value} .checked=${live(chosen.includes(value))}
    @change=${() => change(chosen.includes(value) ? chosen.filter((c) => c !== value) : [...chosen, value])}>
    <span class="grow"><span lang=${tag ? langTag(tag) : nothing} dir=${tag ? localeDir(tag) : 'auto'}>${label}</span>${hint ? html`<small class="quiet">${hint}</small>` : nothing}</span></label>`)}
</fieldset>`
