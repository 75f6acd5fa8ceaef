/**
 * The municipality's logo, on white whatever the colours round it, with the
 * municipality's name for those who don't see it.
 *
 * @import {Logo} from '../data/types.js'
 */
import { html } from './html.js'
import { loadStyles } from './styles.js'

/**
 * @param {Logo} logo
 * @param {string} name of the municipality
 * @param {string} [src] where it is not the server's
 */
export function logoPicture({ id, width, height }, name, src = `/api/folje/v1/logo/${id}`) {
  loadStyles('/css/attached.css')
  return html`<img class="town-logo" src=${src} width=${width} height=${height} alt=${name} lang="sv">`
}
