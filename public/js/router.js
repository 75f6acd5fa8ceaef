/**
 * Addresses and moving between them. Links are real links; a click on one of
 * our own is taken over here. A view says with onLeave that it holds unsaved
 * text: then leaving asks first, and no update takes over.
 */
import { t } from './i18n/messages.js'

/** Held shared by every page with unsaved text; the worker takes over only while nobody holds it. */
const UNSAVED_LOCK = 'folje:unsaved'

/** @typedef {(path: string, options: {back: boolean}) => void} Show */

/** @type {Show} */
let show = () => {}
/** @type {{unsaved: () => boolean, release: () => void} | null} */
let guard = null
let current = location.pathname
let steps = history.state?.steps ?? 0

/**
 * Takes over links and the back button, and shows the present address.
 * @param {Show} handler draws a path; called once now and after every move
 */
export function start(handler) {
  show = handler
  history.scrollRestoration = 'manual'
  document.addEventListener('click', followLink)
  addEventListener('popstate', comeBack)
  addEventListener('beforeunload', (event) => {
    if (guard?.unsaved()) event.preventDefault()
  })
  show(location.pathname, { back: false })
}

/**
 * Goes to a path or address of this app, unless the reader wants to stay with her unsaved text.
 * @param {string} path
 * @param {{replace?: boolean}} [options] replace: the present address is not kept in the history
 */
export function navigate(path, { replace = false } = {}) {
  if (!mayLeave()) return
  if (replace) history.replaceState({ y: 0, steps }, '', path)
  else {
    history.replaceState({ ...history.state, y: scrollY }, '')
    history.pushState({ y: 0, steps: ++steps }, '', path)
  }
  current = location.pathname
  show(current, { back: false })
}

/**
 * Goes back to where the reader came from inside the app, or to path when she came from outside.
 * @param {string} path
 */
export function back(path) {
  if (steps > 0) history.back()
  else navigate(path, { replace: true })
}

/** Draws the present address again, for example after the language changed. */
export function refresh() {
  show(current, { back: true })
}

/**
 * Guards the present view's unsaved text until the view is left.
 * @param {() => boolean} unsaved true while there is text that leaving would lose
 * @returns {() => void} ends the guard
 */
export function onLeave(unsaved) {
  endGuard()
  let release = () => {}
  const held = new Promise((resolve) => { release = () => resolve(undefined) })
  navigator.locks.request(UNSAVED_LOCK, { mode: 'shared' }, () => held)
  const mine = { unsaved, release }
  guard = mine
  return () => { if (guard === mine) endGuard() }
}

/** Whether a view of this page guards its text; no update takes over meanwhile. */
export function isGuarded() {
  return guard !== null
}

function endGuard() {
  guard?.release()
  guard = null
}

function mayLeave() {
  if (guard?.unsaved() && !confirm(t('state.unsaved'))) return false
  endGuard()
  return true
}

/** @param {MouseEvent} event */
function followLink(event) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest('a[href]'))
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return
  if (link.hash && link.pathname === location.pathname) return
  event.preventDefault()
  // With the origin, since //x alone would be another's; without a name or password that an address may hold.
  navigate(link.origin + link.pathname + link.search + link.hash)
}

/** @param {PopStateEvent} event */
function comeBack(event) {
  // A jump inside the page, such as the link past the top bar.
  if (location.pathname === current) return
  if (!mayLeave()) {
    history.pushState({ y: scrollY, steps: ++steps }, '', current)
    return
  }
  steps = event.state?.steps ?? 0
  current = location.pathname
  show(current, { back: true })
}
