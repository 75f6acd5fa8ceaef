/**
 * On a computer that others use, a session ends when nothing was done for a
 * while. What she has written stays here for her, as after any sign-out.
 */
import { isShared, onTablet, person } from './client.js'
import { lockTablet, signOut } from './session.js'

/** For how long nothing has to be done. */
const IDLE = 15 * 60_000

/** The same on a unit's shared tablet; the server counts it too. */
const IDLE_TABLET = 10 * 60_000

/** What counts as doing something. */
const SIGNS = ['pointerdown', 'keydown', 'scroll', 'input']

/** Looks from now on; once for each page. */
export function watchShared() {
  let last = Date.now()
  for (const sign of SIGNS) window.addEventListener(sign, () => { last = Date.now() }, { passive: true, capture: true })
  setInterval(() => {
    if (!isShared() || !person()) return
    if (onTablet() && Date.now() - last > IDLE_TABLET) lockTablet()
    else if (Date.now() - last > IDLE) signOut()
  }, 20_000)
}
