/**
 * Small drawings of what a phone shows, for steps that are easier to find than
 * to read about. The words beside them say the same, so they are hidden from
 * screen readers.
 */
import { html, svg } from '../lib/html.js'

/** The bar under Safari's page, with the sign for sharing. */
export const shareBar = () => picture(html`<svg viewBox="0 0 120 72">${frame}<path class="line" d="M0 44h120"></path>
  <path class="faint" d="M18 52l-6 6 6 6M34 52l6 6-6 6M82 52h8v12h-8zM104 52h10v12h-10z"></path>
  <circle class="here" cx="60" cy="58" r="12"></circle><use class="sign" href="/icons/sprite.svg#share" x="52" y="50" width="16" height="16"></use></svg>`)

/** The list that opens, with the row that puts the app on the home screen. */
export const addRow = () => picture(html`<svg viewBox="0 0 120 72">${frame}<path class="faint" d="M14 14h50M14 60h60"></path>
  <rect class="here" x="6" y="24" width="108" height="24" rx="6"></rect><path class="bar" d="M14 36h62"></path>
  <use class="sign" href="/icons/sprite.svg#square-plus" x="92" y="28" width="16" height="16"></use></svg>`, true)

/** A home screen with the app among others. */
export const homeScreen = () => picture(html`<svg viewBox="0 0 120 72">${frame}<path class="tiles" d="M10 8h20v20H10zM38 8h20v20H38zM94 8h18v20H94zM10 42h20v20H10zM38 42h20v20H38zM66 42h20v20H66zM94 42h18v20H94z"></path>
  <image href="/icons/icon.svg" x="66" y="8" width="20" height="20"></image><circle class="here" cx="76" cy="18" r="16"></circle></svg>`)

/** A browser's address, with the sign in front of it. */
export const addressBar = () => picture(html`<svg viewBox="0 0 120 72">${frame}<rect class="field" x="6" y="12" width="108" height="26" rx="13"></rect>
  <path class="bar" d="M42 25h54"></path><path class="faint" d="M12 52h96M12 62h70"></path>
  <circle class="here" cx="22" cy="25" r="12"></circle><use class="sign" href="/icons/sprite.svg#sliders-horizontal" x="14" y="17" width="16" height="16"></use></svg>`, true)

/** A row of the phone's settings with its switch turned on. */
export const switchRow = () => picture(html`<svg viewBox="0 0 120 72">${frame}<path class="faint" d="M14 14h50M14 60h60"></path>
  <use class="sign" href="/icons/sprite.svg#bell" x="10" y="28" width="16" height="16"></use><path class="bar" d="M34 36h38"></path>
  <rect class="on" x="82" y="26" width="32" height="20" rx="10"></rect><circle class="knob" cx="104" cy="36" r="7"></circle></svg>`, true)

const frame = svg`<rect class="frame" x="1" y="1" width="118" height="70" rx="10"></rect>`

/**
 * @param {import('../lib/html.js').Template} drawing
 * @param {boolean} [turns] round where the phone is read from right to left
 */
function picture(drawing, turns = false) {
  return html`<span class=${turns ? 'picture turns' : 'picture'} aria-hidden="true">${drawing}</span>`
}
