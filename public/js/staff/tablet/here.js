/** Whether this browser is a unit's shared tablet: the secret that the server knows it by. */
const TABLET = 'folje.tablet'

/** The tablet's secret, "" where this is none. */
export const tabletSecret = () => localStorage.getItem(TABLET) ?? ''

/** @param {string} secret */
export const keepTablet = (secret) => localStorage.setItem(TABLET, secret)

export const forgetTablet = () => localStorage.removeItem(TABLET)

/** A new secret: 256 bits, as the server wants them written. */
export function newSecret() {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
