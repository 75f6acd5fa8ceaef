/**
 * Her own key and the channels' while they are unlocked: in this page's memory
 * and nowhere else. They are forgotten after ten minutes without a touch, when
 * she goes to other pages, and with the page.
 *
 * @import {Key, OwnKey, Wrap} from './types.js'
 */
import { open, recipientOf, Unopened } from '../../confidential/age.js'
import { unlock as unlockSlowly } from './passphrase.js'

/** After so long without a touch, in ms. */
const IDLE = 10 * 60_000
const LOOK = 1000

/** @type {{identity: string, recipient: string, channels: Map<string, string>} | null} */
let held = null
let touched = 0
/** @type {ReturnType<typeof setInterval> | undefined} */
let timer
/** @type {() => void} */
let redraw = () => {}

export const isUnlocked = () => held !== null

/** Of her own key. @returns {string} "" while it is locked */
export const ownRecipient = () => held?.recipient ?? ''

/** Says what draws the page that shows unlocked things; it is called when they are locked. @param {() => void} draw */
export function onLock(draw) {
  redraw = draw
}

/**
 * @param {string} passphrase
 * @param {OwnKey} key
 * @param {import('./passphrase.js').Progress} progress
 * @returns {Promise<boolean>} false for a wrong passphrase
 */
export async function unlock(passphrase, key, progress) {
  const identity = await unlockSlowly(passphrase, key.identity, progress)
  if (!identity) return false
  await hold(identity)
  return true
}

/** Takes her identity into memory. @param {string} identity */
export async function hold(identity) {
  held = { identity, recipient: await recipientOf(identity), channels: new Map() }
  touched = Date.now()
  clearInterval(timer)
  timer = setInterval(look, LOOK)
}

/** Forgets everything. */
export function lock() {
  held = null
  clearInterval(timer)
}

/** Pages of channels have this mark; without one on the screen she has left them. */
export const MARK = 'data-channel-page'

function look() {
  const gone = !document.querySelector(`[${MARK}]`)
  if (!gone && Date.now() - touched < IDLE) return
  lock()
  if (gone) redraw = () => {}
  else redraw()
}

for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, () => { touched = Date.now() }, { passive: true })
// A page that is put aside may come back as it was: nothing that was unlocked may stand on it then.
addEventListener('pagehide', () => {
  lock()
  redraw()
})

/**
 * Takes the channel's keys into memory, as far as she has them.
 * @param {Wrap[]} wraps
 */
export async function holdChannel(wraps) {
  for (const { key, wrapped } of wraps) {
    if (!held || held.channels.has(key)) continue
    const { channels, identity } = held
    try {
      channels.set(key, await open(identity, wrapped))
    } catch (error) {
      if (!(error instanceof Unopened)) throw error
    }
  }
}

/** The secret of a channel's key, undefined where she has none. @param {string} key @returns {string | undefined} */
export const channelIdentity = (key) => held?.channels.get(key)

/**
 * Opens what was sealed for a channel's key.
 * @param {string} key
 * @param {string} ciphertext
 * @throws {Unopened}
 */
export async function openWith(key, ciphertext) {
  const identity = channelIdentity(key)
  if (!identity) throw new Unopened('no such key here')
  return open(identity, ciphertext)
}

/** Opens what was sealed for herself. @param {string} ciphertext @throws {Unopened} */
export async function openOwn(ciphertext) {
  if (!held) throw new Unopened('locked')
  return open(held.identity, ciphertext)
}

/** The keys of which she has the secret. @param {Key[]} keys */
export const keysHeld = (keys) => keys.filter((k) => held?.channels.has(k.id))
