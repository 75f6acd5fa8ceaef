/**
 * Everything before a channel's requests are on the screen: a passphrase is
 * chosen, the way in is asked for, the lock is opened, or the passphrase is
 * lost and the recovery key helps.
 *
 * @import {Desk} from './desk.js'
 */
import { newIdentity, open, recipientOf, seal, Unopened } from '../../confidential/age.js'
import { t } from '../../i18n/messages.js'
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import * as api from './api.js'
import { proofOf } from './fingerprint.js'
import { hold, holdChannel, unlock } from './keyring.js'
import { newPassphrase } from './newpassphrase.js'
import { digits, problem, secret, section, showBox, slow, submit, submitting } from './parts.js'
import { lock } from './passphrase.js'

/** She has no key of her own yet: a passphrase makes it, and asks for the way in. @param {Desk} desk */
export const choosing = (desk) => section('choosing', t('staff.channel.choosing'), newPassphrase(desk, 'choose', t(desk.channel.state === 'closed' ? 'staff.channel.choose_own' : 'staff.channel.choose'), async (passphrase) => {
  await makeOwnKey(desk, passphrase)
  await desk.load()
}))

/** @param {Desk} desk @param {string} passphrase */
async function makeOwnKey(desk, passphrase) {
  const { identity, recipient } = await newIdentity()
  const locked = await lock(passphrase, identity, desk.progress)
  await api.askIn(desk.channel.name, { recipient, identity: locked })
  await hold(identity)
}

/** She has a key, and is not among those who asked. @param {Desk} desk */
export const asking = (desk) => section('asking', t('staff.channel.asking'), html`<p>${t('staff.channel.asking_what')}</p>${problem(desk.error)}
  <button type="button" class="button primary" data-action="ask" @click=${() => desk.act('ask', async () => {
    await api.askIn(desk.channel.name, desk.key)
    await desk.load()
  })}>${icon('user-plus')}<span>${t('staff.channel.ask')}</span></button>`)

/**
 * She asked: a colleague compares these digits with her.
 * @param {Desk} desk
 * @param {string[]} fingerprint
 */
export const waiting = (desk, fingerprint) => section('waiting', t('staff.channel.asked'), html`
  <p>${t('staff.channel.asked_what')}</p>
  ${digits(fingerprint)}
  <p class="quiet">${t('staff.channel.asked_alone')}</p>
  <div class="row"><button type="button" class="button" data-action="look" @click=${() => desk.act('look', () => desk.load())}>${icon('refresh-cw')}<span>${t('staff.channel.look_again')}</span></button>
    ${lostButton(desk)}</div>`)

/** @param {Desk} desk */
const lostButton = (desk) => html`<button type="button" class="button plain" data-action="lost" @click=${() => {
  desk.clear()
  desk.form.step = 'recover'
  desk.draw()
}}><span>${t('staff.channel.lost')}</span></button>`

/** The lock, which may be tried as often as one likes. @param {Desk} desk */
export function locked(desk) {
  const { form } = desk
  const send = () => {
    const passphrase = form.passphrase
    if (!passphrase) {
      form.wrong = t('staff.channel.passphrase_missing')
      return desk.draw()
    }
    desk.act('unlock', async () => {
      if (!await unlock(passphrase, desk.key, desk.progress)) {
        form.wrong = t('staff.channel.passphrase_wrong')
        return
      }
      desk.clear()
      await desk.load()
    }).then(() => {
      if (form.wrong) /** @type {HTMLElement | null} */ (document.querySelector('[data-secret=unlock]'))?.focus()
    })
  }
  return section('locked', t('staff.channel.locked'), html`<form class="card stack" autocomplete="off" novalidate data-form="unlock" @submit=${submitting(send)}>
    <p>${t('staff.channel.locked_what')}</p>
    ${secret({ name: 'unlock', label: t('staff.channel.passphrase'), value: form.passphrase, error: form.wrong, shown: form.shown, input: (value) => {
      Object.assign(form, { passphrase: value, wrong: '' })
      desk.draw()
    } })}
    ${showBox(desk)}
    ${slow(desk)}
    ${problem(desk.error)}
    <div class="row">${submit(desk, 'unlock', 'key-round', t('staff.channel.unlock'))}${desk.current ? lostButton(desk) : nothing}</div>
  </form>`)
}

/** With the recovery key on paper she comes in with a new passphrase. @param {Desk} desk */
export function recovering(desk) {
  const { form } = desk
  const back = () => {
    desk.clear()
    desk.draw()
  }
  return section('recovering', t('staff.channel.recovering'), html`<p>${t('staff.channel.recovering_what')}</p>
    ${form.step === 'recover' ? recoveryField(desk) : newPassphrase(desk, 'recover', t('staff.channel.recover'), (passphrase) => comeBack(desk, passphrase))}
    <button type="button" class="button plain" data-action="back" @click=${back}>${t('staff.cancel')}</button>`)
}

/** @param {Desk} desk */
function recoveryField(desk) {
  const { form } = desk
  const send = () => desk.act('check', async () => {
    const error = await wrongRecovery(desk)
    if (error) form.wrong = error
    else Object.assign(form, { step: 'renew', passphrase: '', again: '', wrong: '', shown: false })
  })
  return html`<form class="card stack" autocomplete="off" novalidate data-form="recovery" @submit=${submitting(send)}>
    ${secret({ name: 'recovery', label: t('staff.channel.recovery_key'), value: form.recovery, hint: t('staff.channel.recovery_hint'), error: form.wrong, shown: form.shown, input: (value) => {
      Object.assign(form, { recovery: value, wrong: '' })
      desk.draw()
    } })}
    ${showBox(desk)}${problem(desk.error)}
    ${submit(desk, 'check', 'key-round', t('staff.channel.go_on'))}
  </form>`
}

/** As it was typed from paper: in groups, in small letters. @param {string} typed */
const identityOf = (typed) => typed.replace(/\s+/g, '').toUpperCase()

/** @param {Desk} desk @returns {Promise<string>} "" where it fits the channel */
async function wrongRecovery(desk) {
  try {
    const recipient = await recipientOf(identityOf(desk.form.recovery))
    return recipient === desk.current?.recoveryRecipient ? '' : t('staff.channel.recovery_other')
  } catch (error) {
    if (!(error instanceof Unopened)) throw error
    return t('staff.channel.recovery_wrong')
  }
}

/**
 * Her new key gets everything that the recovery key opens.
 * @param {Desk} desk
 * @param {string} passphrase
 */
async function comeBack(desk, passphrase) {
  const recovery = identityOf(desk.form.recovery)
  await makeOwnKey(desk, passphrase)
  const own = await api.ownHolder(desk.channel.name)
  const secrets = await openAll(own.keys, recovery)
  const wraps = await Promise.all([...secrets].map(async ([key, identity]) => ({ key, wrapped: await seal(own.recipient, identity) })))
  if (!secrets.has(own.keys.find((k) => !k.replaced)?.id ?? '')) throw new Unopened('the recovery key does not open the present key')
  await api.recover(desk.channel.name, { proof: (await proofOf(recovery)).proof, wraps })
  await holdChannel(wraps)
  await desk.load()
}

/**
 * The secrets of those keys that the recovery key opens; an old one may have had another.
 * @param {import('./types.js').Key[]} keys
 * @param {string} recovery
 */
async function openAll(keys, recovery) {
  /** @type {Map<string, string>} */
  const secrets = new Map()
  for (const key of keys) {
    const identity = await open(recovery, key.recovery ?? '').catch(() => '')
    if (identity) secrets.set(key.id, identity)
  }
  return secrets
}
