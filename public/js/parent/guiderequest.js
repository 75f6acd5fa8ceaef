/**
 * The confidential request where it stands in the guide: at the guide's own
 * address, in an element of its own that the guide does not draw into.
 *
 * @import {Level} from './guidelevel.js'
 */
import { html, render } from '../lib/html.js'
import { leaveQuickly } from './guideleave.js'
import { showQuietly } from './guidelevel.js'

/**
 * Opens it once; it draws itself from then on.
 * @param {HTMLElement} root
 * @param {Level[]} levels its own last
 */
export async function request(root, levels) {
  if (root.querySelector('[data-request-form]')) return
  render(html`<div data-request-form></div>`, root)
  const element = /** @type {HTMLElement} */ (root.querySelector('[data-request-form]'))
  const { openRequest } = await import('./request.js')
  const key = levels[levels.length - 1].key
  await openRequest(element, { channel: key === 'steget' ? 'steget' : 'familjeguiden', back: () => showQuietly(levels.slice(0, -1)), leave: leaveQuickly })
}
