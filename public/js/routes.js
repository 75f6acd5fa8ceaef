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
 * @property {'letters' | 'meetings' | 'guide' | 'more'} [place] the place in the bottom bar that is lit
 * @property {boolean} [bare] without the bottom bar
 * @property {boolean} [own] redraws itself
 */
import { withDB } from './data/db.js'
import { isChosen } from './i18n/messages.js'
import { keepCode, keptCode } from './parent/code.js'
import { isInstalled } from './parent/inapp.js'
import { view as language } from './parent/language.js'

/**
 * The route of a path. The first visit asks for the language before anything else.
 * @param {string} path
 * @returns {Promise<Route>}
 */
export async function findRoute(path) {
  if (path.startsWith('/staff')) return working('staff', import('./staff/index.js'))
  if (path.startsWith('/translate')) return working('translate', import('./translate/index.js'))
  if (path === '/urgent') return reading('urgent', import('./parent/urgent.js'), { place: 'guide' })
  if (!isChosen()) return { name: 'language', view: language, bare: true }
  if (path.startsWith('/meetings/')) return styled('meeting', import('./parent/meeting.js'), { place: 'meetings', up: '/meetings' })
  if (/^\/guide\b/.test(path)) return (await import('./parent/guide.js')).route(path)
  if (path.startsWith('/letters/')) return reading('letter', import('./parent/letter.js'), { place: 'letters', up: '/letters' })
  switch (path) {
    case '/language': return { name: 'language', view: language, place: 'more', up: '/letters' }
    case '/meetings': return styled('meetings', import('./parent/meetings.js'), { place: 'meetings' })
    case '/plan': return styled('plan', import('./parent/plan.js'), { place: 'meetings', up: '/meetings' })
    case '/activities': return styled('activities', import('./parent/activities.js'), { place: 'meetings', up: '/meetings' })
    case '/wishes': return styled('wishes', import('./parent/wishes.js'), { place: 'meetings', up: '/meetings' })
    case '/join': return reading('join', import('./parent/join.js'), { place: 'more', up: '/groups' })
    case '/groups': return reading('groups', import('./parent/groups.js'), { place: 'more', up: '/more' })
    case '/groups/handover': return reading('handover', import('./parent/handover.js'), { place: 'more', up: '/groups' })
    case '/more': return reading('more', import('./parent/more.js'), { place: 'more' })
    case '/more/notifications': return styled('notifications', import('./parent/notifications.js'), { place: 'more', up: '/more' })
    case '/more/calendar': return styled('calendar', import('./parent/calendar.js'), { place: 'more', up: '/more' })
    case '/more/words': return reading('words', import('./parent/words.js'), { place: 'more', up: '/more' })
    case '/more/accessibility': case '/more/privacy': return reading('town', import('./parent/town.js'), { place: 'more', up: '/more' })
    case '/more/about': return reading('about', import('./parent/about.js'), { place: 'more', up: '/more' })
    case '/more/erase': return styled('erase', import('./parent/erase.js'), { place: 'more', up: '/more' })
    case '/more/outbox': return styled('outbox', import('./parent/waiting.js'), { place: 'more', up: '/more' })
    case '/start': return await started()
    case '/': if (await isNewcomer()) return reading('welcome', import('./parent/welcome.js'), { bare: true })
  }
  return reading('letters', import('./parent/letters.js'), { place: 'letters' })
}

/**
 * Where an app begins that was put on an iPhone's home screen: it has nothing of what the browser has, only the address
 * it was made at, with a code to the same groups. In the browser that address shows how it is done.
 */
async function started() {
  const newcomer = await isNewcomer()
  if (newcomer && (keepCode('/start') || keptCode())) return reading('join', import('./parent/join.js'), { bare: true })
  if (newcomer) return reading('welcome', import('./parent/welcome.js'), { bare: true })
  if (isInstalled()) return reading('letters', import('./parent/letters.js'), { place: 'letters' })
  return styled('install', import('./parent/install.js'), { place: 'more', up: '/more/notifications' })
}

/** Whether this phone follows no group yet. */
async function isNewcomer() {
  return await withDB((db) => db.count('groups')) === 0
}

/**
 * A parents' view. Its module comes from the phone once the worker has kept the shell.
 * @param {string} name
 * @param {Promise<{view: View}>} loading
 * @param {Partial<Route>} more
 * @returns {Promise<Route>}
 */
async function reading(name, loading, more) {
  return { name, view: (await loading).view, ...more }
}

/**
 * A parents' view that is drawn with the styles of meetings.
 * @param {string} name
 * @param {Promise<{view: View}>} loading
 * @param {Partial<Route>} more
 */
async function styled(name, loading, more) {
  const [route, { loadStyles }] = await Promise.all([reading(name, loading, more), import('./lib/styles.js')])
  await Promise.all([loadStyles('/css/meeting.css'), ['notifications', 'install'].includes(name) && loadStyles('/css/notify.css')])
  return route
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
