/**
 * Whether a colour can be read wherever the app writes in it, and the nearest
 * one that can. The server's twin is internal/colour, which decides.
 */

/** WCAG 2.2, success criterion 1.4.3. */
const READABLE = 4.5

/** @typedef {[number, number, number]} RGB each from 0 to 255 */

/** @type {RGB} */
const WHITE = [255, 255, 255]
/** The ground of public/css/base.css. @type {RGB} */
const PAPER = [0xfb, 0xf8, 0xf3]
/** How much of the colour its light tint has, of 100. */
const TINT = 10

/** The app's own. */
export const OWN = '#24594b'

/** @param {string} colour such as #24594b @returns {RGB} */
const parse = (colour) => /** @type {RGB} */ ([1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)))

/** @param {RGB} rgb */
const written = (rgb) => `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`

/** Whether links and buttons in the colour can be read, wherever they stand. @param {string} colour */
export function passes(colour) {
  const rgb = parse(colour)
  const tint = /** @type {RGB} */ (rgb.map((part) => Math.floor((255 * (100 - TINT) + part * TINT + 50) / 100)))
  return [PAPER, WHITE, tint].every((ground) => contrast(rgb, ground) >= READABLE)
}

/** The nearest colour of the same hue that passes: as little darker as it must be. @param {string} colour */
export function nearest(colour) {
  const rgb = parse(colour)
  for (let share = 255; share > 0; share--) {
    const darker = written(/** @type {RGB} */ (rgb.map((part) => Math.round((part * share) / 255))))
    if (passes(darker)) return darker
  }
  return '#000000'
}

/** @param {RGB} a @param {RGB} b */
function contrast(a, b) {
  const [x, y] = [luminance(a), luminance(b)]
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
}

/** @param {RGB} rgb */
function luminance(rgb) {
  const [r, g, b] = rgb.map((part) => {
    const v = part / 255
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
