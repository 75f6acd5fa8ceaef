import { html } from './html.js'

/** Icons that point along the line of reading and turn round in a right-to-left page. */
const DIRECTED = ['arrow-left', 'arrow-right', 'chevron-left', 'chevron-right', 'log-out', 'send', 'undo-2', 'list']

/**
 * One icon of the sprite, by its Lucide name (the list is in tools/vendor/vendor.json). It is hidden from screen
 * readers: the word beside it says the same.
 * @param {string} name
 */
export function icon(name) {
  return html`<svg class=${DIRECTED.includes(name) ? 'icon directed' : 'icon'} aria-hidden="true" focusable="false"
    ><use href=${`/icons/sprite.svg#${name}`}></use></svg>`
}
