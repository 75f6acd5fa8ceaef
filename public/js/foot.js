/**
 * What ends every page, parents' and staff's: the way to say that something
 * can't be used, or can't be read, which the law wants wherever one is.
 */
import { loadMore, locale, t } from './i18n/messages.js'
import { html, render } from './lib/html.js'
import { icon } from './lib/icon.js'

const foot = document.createElement('footer')
foot.id = 'foot'
foot.className = 'row centre no-print'

/** @type {Promise<boolean> | null} */
let loading = null

/**
 * Draws it, before the bar at the bottom. Its words come after those that the app begins with; until they are here there
 * is no foot.
 * @param {HTMLElement} bottom
 */
export async function drawFoot(bottom) {
  loading ??= loadMore('later').then(() => true, () => false).finally(() => { loading = null })
  if (!await loading) return
  if (!foot.isConnected) bottom.before(foot)
  render(html`<a class="button plain small" href="/more/accessibility#tell" data-locale=${locale()}>${icon('accessibility')}<span>${t('town.access.tell')}</span></a>`, foot)
}
