/**
 * What stands round every view: the bar at the top with the way home, the
 * language and urgent help, one quiet line when there is something to say
 * (news.js), and the bar at the bottom with the app's places.
 *
 * @import {Route} from './routes.js'
 */
import { html, nothing, render } from './lib/html.js'
import { icon } from './lib/icon.js'
import { SOURCE, langTag, locale, localeName, t } from './i18n/messages.js'
import { back } from './router.js'

/** The groups are under More: a parent joins once and reads often. @type {{name: NonNullable<Route['place']>, path: string, icon: string, label: string}[]} */
const PLACES = [
  { name: 'letters', path: '/letters', icon: 'mail', label: 'nav.letters' },
  { name: 'meetings', path: '/meetings', icon: 'calendar', label: 'nav.meetings' },
  { name: 'guide', path: '/guide', icon: 'compass', label: 'nav.guide' },
  { name: 'more', path: '/more', icon: 'ellipsis', label: 'nav.more' },
]

const top = part('header', 'topbar', 'top')
const line = part('div', '', 'line')
const bottom = part('nav', 'bottombar', 'bottom')
line.setAttribute('role', 'status')
line.hidden = true

/**
 * Draws the frame round a view.
 * @param {HTMLElement} main
 * @param {string} path
 * @param {Route} route
 */
export function frame(main, path, route) {
  if (!top.isConnected) {
    main.before(top, line)
    main.after(bottom)
  }
  render(topBar(path, route), top)
  bottom.hidden = route.bare === true
  bottom.setAttribute('aria-label', t('nav.places'))
  render(bottomBar(route), bottom)
  drawLine()
}

/**
 * @param {string} path
 * @param {Route} route
 */
function topBar(path, route) {
  return html`<a class="skip button" href="#main">${t('nav.skip')}</a>
    <div class="bar">
      ${route.up ? wayBack(route.up) : html`<a class="home" href=${home(path)}>${icon('footprints')}<span lang=${SOURCE} dir="ltr">${t('app.name')}</span></a>`}
      ${route.name === 'language' ? nothing : html`<a class="pill" href="/language" data-language=${locale()}
        >${icon('languages')}<span class="visually-hidden">${t('nav.language')}: </span
        ><span lang=${langTag(locale())}>${localeName(locale())}</span>${icon('chevron-down')}</a>`}
      <a class="home urgent" href="/urgent" aria-current=${route.name === 'urgent' ? 'page' : nothing}>${icon('phone')}<span class="visually-hidden">${t('nav.urgent')}</span></a>
    </div>`
}

/** @param {string} path */
const home = (path) => (path.startsWith('/staff') ? '/staff' : path.startsWith('/translate') ? '/translate' : '/')

/** @param {string} up */
function wayBack(up) {
  /** @param {Event} event */
  const goBack = (event) => {
    event.preventDefault()
    back(up)
  }
  return html`<a class="home" href=${up} @click=${goBack}>${icon('chevron-left')}<span>${t('nav.back')}</span></a>`
}

/** @param {Route} route */
function bottomBar(route) {
  return html`<ul>${PLACES.map((place) => html`<li><a href=${place.path} aria-current=${route.place === place.name ? 'page' : nothing}
    ><span class="shape">${icon(place.icon)}</span><span>${t(place.label)}</span></a></li>`)}</ul>`
}

async function drawLine() {
  // It is fetched after the view: a first visit has nothing to be told yet, and may lose its network meanwhile.
  const fetched = await import('./news.js').catch(() => null)
  fetched?.drawFoot(bottom)
  const text = fetched ? await fetched.news() : nothing
  line.hidden = text === nothing
  render(text, line)
}

/**
 * @param {string} tag
 * @param {string} className
 * @param {string} id
 */
function part(tag, className, id) {
  const element = document.createElement(tag)
  element.id = id
  element.className = className
  return element
}

addEventListener('online', drawLine)
addEventListener('offline', drawLine)
