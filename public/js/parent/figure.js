/**
 * A letter's picture, with the place it takes kept from the start, and what it
 * shows in words under it.
 */
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/**
 * @param {{url: string, width: number, height: number}} picture url is "" while there is none
 * @param {string} shows in words
 * @param {unknown} words the same as the letter's reader has all text
 * @param {unknown} [instead] what stands in its place meanwhile
 */
export const figure = ({ url, width, height }, shows, words, instead = nothing) => html`
  <figure class="picture">
    ${url ? html`<img src=${url} alt=${shows} width=${width || nothing} height=${height || nothing}>`
      : html`<svg class="picture-place" width=${width || 400} height=${height || 300} viewBox=${`0 0 ${width || 4} ${height || 3}`} aria-hidden="true"></svg><div class="picture-instead">${icon('image')}${instead}</div>`}
    <figcaption>${words}</figcaption>
  </figure>`
