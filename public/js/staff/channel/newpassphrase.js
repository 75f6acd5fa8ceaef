/**
 * Choosing a passphrase: how strong it is in words, a proposal, and once more
 * to be sure.
 *
 * @import {Work} from './desk.js'
 */
import { t } from '../../i18n/messages.js'
import { html } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { problem, secret, showBox, slow, submit, submitting } from './parts.js'
import { propose, strengthOf } from './passphrase.js'

/** @type {Record<import('./passphrase.js').Strength, {sign: string, look: string}>} */
const LOOKS = {
  short: { sign: 'circle-x', look: 'failed' }, weak: { sign: 'triangle-alert', look: 'pending' },
  good: { sign: 'circle-check', look: 'reviewed' }, strong: { sign: 'circle-check', look: 'reviewed' },
}

/**
 * @param {Work} desk
 * @param {string} action
 * @param {string} words of the button
 * @param {(passphrase: string) => Promise<unknown>} done
 */
export function newPassphrase(desk, action, words, done) {
  const { form } = desk
  const strength = strengthOf(form.passphrase, [desk.person.name, desk.person.email])
  const { sign, look } = LOOKS[strength]
  const typed = (/** @type {'passphrase' | 'again'} */ field) => (/** @type {string} */ value) => {
    Object.assign(form, { [field]: value, wrong: '' })
    desk.draw()
  }
  const take = () => {
    Object.assign(form, { passphrase: propose(), again: '', shown: true, wrong: '' })
    desk.draw()
  }
  const send = () => {
    form.wrong = strength === 'short' || strength === 'weak' ? t('staff.channel.passphrase_weak') : form.again !== form.passphrase ? t('staff.channel.passphrase_differs') : ''
    if (form.wrong) return desk.draw()
    const passphrase = form.passphrase
    desk.act(action, async () => {
      await done(passphrase)
      desk.clear()
    })
  }
  return html`<form class="card stack" autocomplete="off" novalidate data-form="passphrase" @submit=${submitting(send)}>
    <p>${t('staff.channel.passphrase_what')}</p>
    ${secret({ name: 'passphrase', label: t('staff.channel.passphrase_new'), value: form.passphrase, hint: t('staff.channel.passphrase_hint'), shown: form.shown, input: typed('passphrase') })}
    <p role="status" data-strength=${strength}>${form.passphrase ? html`<span class="state ${look}">${icon(sign)}<span>${t(`staff.channel.strength.${strength}`)}</span></span>` : ''}</p>
    <div class="row"><button type="button" class="button" data-action="propose" @click=${take}>${icon('refresh-cw')}<span>${t('staff.channel.propose')}</span></button>${showBox(desk)}</div>
    ${secret({ name: 'again', label: t('staff.channel.passphrase_again'), value: form.again, error: form.wrong, shown: form.shown, input: typed('again') })}
    ${slow(desk)}
    ${problem(desk.error)}
    ${submit(desk, action, 'key-round', words)}
  </form>`
}
