/**
 * Which view an address shows. A view is an async function that draws into
 * the given main element and may be called again to redraw it.
 *
 * @typedef {(path: string, root: HTMLElement) => Promise<void>} View
 *
 * @typedef {object} Route
 * @property {string} name main's data-view
 * @property {View} view
 * @property {(path: string) => string} [title] otherwise the view's heading is the page's title
 * @property {string} [up] the path that the way back leads to, for views below another
 * @property {'letters' | 'groups' | 'more'} [place] the place in the bottom bar that is lit
 * @property {boolean} [bare] without the bottom bar
 * @property {boolean} [own] redraws itself
 */
import { isChosen } from './i18n/messages.js'
import { view as groups } from './parent/groups.js'
import { view as handover } from './parent/handover.js'
import { view as join } from './parent/join.js'
import { view as language } from './parent/language.js'
import { view as letter } from './parent/letter.js'
import { view as letters } from './parent/letters.js'
import { view as more } from './parent/more.js'
import { isNewcomer, view as welcome } from './parent/welcome.js'

/**
 * The route of a path. The first visit asks for the language before anything else.
 * @param {string} path
 * @returns {Promise<Route>}
 */
export async function findRoute(path) {
  if (path.startsWith('/staff')) return working('staff', import('./staff/index.js'))
  if (path.startsWith('/translate')) return working('translate', import('./translate/index.js'))
  if (!isChosen()) return { name: 'language', view: language, bare: true }
  if (path.startsWith('/letters/')) return { name: 'letter', view: letter, place: 'letters', up: '/letters' }
  switch (path) {
    case '/language': return { name: 'language', view: language, place: 'more', up: '/letters' }
    case '/join': return { name: 'join', view: join, place: 'groups', up: '/groups' }
    case '/groups': return { name: 'groups', view: groups, place: 'groups' }
    case '/groups/handover': return { name: 'handover', view: handover, place: 'groups', up: '/groups' }
    case '/more': return { name: 'more', view: more, place: 'more' }
    case '/': if (await isNewcomer()) return { name: 'welcome', view: welcome, bare: true }
  }
  return { name: 'letters', view: letters, place: 'letters' }
}

/**
 * @param {string} name
 * @param {Promise<{view: View, title: (path: string) => string}>} loading
 * @returns {Promise<Route>}
 */
async function working(name, loading) {
  const { view, title } = await loading
  return { name, view, title, bare: true, own: true }
}
