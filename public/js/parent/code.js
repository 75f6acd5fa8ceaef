/**
 * An invitation's code: how it gets in from a link, and how it is typed. The
 * alphabet is Crockford's (no I, L, O, U).
 */

const STORED = 'folje.code'
const ALPHABET = /^[0-9A-HJKMNP-TV-Z]{10}$/
let kept = ''

/**
 * Takes the code out of the address of a link /join#CODE, so that neither history nor a shared screen shows it, and
 * keeps it for this tab until it was used. The link past the top bar, #main, brings none.
 * @param {string} [path] of the link
 * @returns {boolean} whether there was one
 */
export function keepCode(path = '/join') {
  if (location.pathname !== path || location.hash.length < 2 || location.hash === '#main') return false
  // Signs that a chat app has escaped are none of a code's.
  kept = foldCode(location.hash.replace(/%[\dA-F]{0,2}/gi, ''))
  store(kept)
  history.replaceState(history.state, '', location.pathname)
  return true
}

/** The code that a link brought, or "". */
export function keptCode() {
  try {
    return kept || sessionStorage.getItem(STORED) || ''
  } catch {
    return kept
  }
}

/** Forgets the code that a link brought. */
export function dropCode() {
  kept = ''
  store('')
}

/**
 * A typed code as the server knows it: capitals, I and L read as 1, O as 0, without spaces and hyphens. Of a pasted
 * link only what follows the # counts.
 * @param {string} typed
 */
export function foldCode(typed) {
  const code = typed.slice(typed.lastIndexOf('#') + 1)
  return code.toUpperCase().replace(/[IL]/g, '1').replaceAll('O', '0').replace(/[^0-9A-Z]/g, '')
}

/**
 * Whether a folded code could be one at all.
 * @param {string} code
 */
export const isCode = (code) => ALPHABET.test(code)

/**
 * A folded code in the two groups it is printed in.
 * @param {string} code
 */
export const groupCode = (code) => (code.length > 5 ? `${code.slice(0, 5)}-${code.slice(5)}` : code)

/** @param {string} code */
function store(code) {
  try {
    if (code) sessionStorage.setItem(STORED, code)
    else sessionStorage.removeItem(STORED)
  } catch {
    // Storage may be forbidden; the code then lasts as long as the page.
  }
}
