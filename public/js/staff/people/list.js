/**
 * Who works here, and who is invited.
 *
 * @import {Unit} from '../types.js'
 * @import {Colleague, Colleagues, Invited} from './api.js'
 */
import { formatDate, t } from '../../i18n/messages.js'
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { units } from '../api.js'
import { ask, tell } from '../dialog.js'
import { Problem } from '../problem.js'
import { page } from '../shell.js'
import * as api from './api.js'
import { arrives } from './codes.js'
import { linkDialog } from './link.js'
import { inWords } from './roles.js'

/** @param {HTMLElement} root */
export async function view(root) {
  root.dataset.view = 'staff-people'
  const all = await units()
  let state = await api.colleagues()
  const draw = () => render(template(state, all, acts), root)
  const acts = {
    /** @param {Invited} invited */
    again: (invited) => act(async () => {
      const { link } = await api.invite(invited)
      if (link) linkDialog(link, invited.name)
      else tell(t('staff.people.sent_again', { Name: invited.name }))
    }),
    /** @param {Invited} invited */
    takeBack: (invited) => act(async () => {
      const sure = await ask({ name: 'take-back', title: t('staff.people.take_back'), text: t('staff.people.take_back_text', { Name: invited.name }), yes: t('staff.people.take_back'), danger: true })
      if (sure) await api.takeBack(invited.id)
    }),
    codes: () => act(async () => {
      if (!state.codes) return void (await arrives())
      const sure = await ask({ name: 'codes', title: t('staff.people.codes_stop'), text: t('staff.people.codes_stop_text'), yes: t('staff.people.codes_stop'), danger: true })
      if (sure) await api.setCodes(false)
    }),
  }
  /** @param {() => Promise<void>} work */
  const act = async (work) => {
    try {
      await work()
      state = await api.colleagues()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      tell(error.message)
    }
    draw()
  }
  draw()
}

/** @typedef {{again: (invited: Invited) => void, takeBack: (invited: Invited) => void, codes: () => void}} Acts */

/** @param {Colleagues} state @param {Unit[]} units @param {Acts} acts */
const template = ({ mail, codes, people, invites }, units, acts) => page({
  title: t('staff.people.title'),
  up: { href: '/staff', label: t('staff.home.title') },
  under: t('staff.people.intro'),
  body: html`
    <div><a class="button primary" href="/staff/people/new" data-action="invite">${icon('plus')}${t('staff.people.invite')}</a></div>
    ${mail ? nothing : html`<p class="notice late">${icon('info')}<span>${t('staff.people.no_mail')}</span></p>`}
    ${invites.length === 0 ? nothing : html`<section class="stack" data-part="invites"><h2>${t('staff.people.invited')}</h2>
      <ul class="rows card">${invites.map((i) => html`<li class="growrow stack tight" data-invite=${i.email}>
        <span dir="auto">${i.name}</span><small class="quiet"><bdi dir="ltr">${i.email}</bdi></small><small class="quiet">${inWords(i, units)}</small>
        ${stateOf(i, mail)}
        <div class="row">
          <button type="button" class="button small" data-action="again" @click=${() => acts.again(i)}>${icon('refresh-cw')}${t(mail ? 'staff.people.again' : 'staff.people.new_link')}</button>
          <button type="button" class="button small" data-action="take-back" @click=${() => acts.takeBack(i)}>${icon('trash-2')}${t('staff.people.take_back')}</button>
        </div></li>`)}</ul></section>`}
    <section class="stack" data-part="people"><h2>${t('staff.people.here')}</h2>
      <ul class="rows card">${people.map((p) => row(p, units))}</ul></section>
    <ul class="rows card"><li><a class="rowlink" href="/staff/people/tablets" data-action="tablets">${icon('smartphone')}<span class="grow">${t('staff.tablet.title')}</span>${icon('chevron-right')}</a></li></ul>
    ${mail || codes ? html`<section class="stack" data-part="codes"><h2>${t('staff.people.codes')}</h2>
      <p>${t(codes ? 'staff.people.codes_on' : 'staff.people.codes_off')}</p>
      <div><button type="button" class="button" data-action="codes" @click=${acts.codes}>${icon('key-round')}${t(codes ? 'staff.people.codes_stop' : 'staff.people.codes_start')}</button></div></section>` : nothing}`,
})

/** @param {Colleague} person @param {Unit[]} units */
const row = (person, units) => html`<li><a class="rowlink" href="/staff/people/${person.id}" data-person=${person.email}>${icon('users')}
  <span class="grow"><span dir="auto">${person.name}</span><br><small class="quiet">${inWords(person, units)}</small></span>${icon('chevron-right')}</a></li>`

/** What became of the invite. @param {Invited} invited @param {boolean} mail */
function stateOf({ state, sent, expires }, mail) {
  const [sign, kind, words] = {
    waiting: mail ? ['hourglass', 'pending', t('staff.people.waiting')] : ['info', 'pending', t('staff.people.handed_over')],
    sent: ['check', 'reviewed', t('staff.people.sent', { Date: formatDate(sent) })],
    refused: ['triangle-alert', 'failed', t('staff.people.refused')],
    over: ['triangle-alert', 'failed', t('staff.people.over', { Date: formatDate(expires) })],
  }[state]
  return html`<small class="state ${kind}">${icon(sign)}${words}</small>`
}
