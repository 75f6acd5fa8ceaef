/**
 * The start of the app: loads the messages, draws the frame round every view,
 * and gives each address to its view. Staff's and translators' screens are
 * fetched only by those who open them.
 */
import { changes } from './data/changes.js'
import { startSyncSoon } from './data/soon.js'
import { loadMessages, t } from './i18n/messages.js'
import { html, render } from './lib/html.js'
import { frame } from './frame.js'
import { findRoute } from './routes.js'
import { refresh, start } from './router.js'
import { keepCode } from './parent/code.js'
import { startWorker } from './worker.js'

/** The frame's parts in the page; main is replaced by every navigation. */
let root = document.querySelector('main') ?? document.body.appendChild(document.createElement('main'))
let drawing = 0
/** @type {{route: import('./routes.js').Route, path: string} | null} */
let shown = null
/** How often the phone's data has changed since the page began. */
let changed = 0
let redrawing = false
let again = false

/** What the app cannot do without; older browsers keep the page's own text, which says so. */
const able = 'locks' in navigator && 'BroadcastChannel' in globalThis && 'serviceWorker' in navigator && 'indexedDB' in globalThis

/**
 * @param {string} path
 * @param {{back: boolean}} how
 */
async function show(path, { back }) {
  const turn = ++drawing
  const before = changed
  keepCode()
  delete document.documentElement.dataset.ready
  const route = await findRoute(path).catch(unreached)
  const main = document.createElement('main')
  main.id = 'main'
  main.dataset.view = route.name
  const drawn = route.view(path, main).catch((error) => unreached(error).view(path, main))
  // A view that waits for the server shows what it has; one that reads the phone is ready long before this.
  await Promise.race([drawn, pause(300)])
  if (turn !== drawing) return
  place(main, path, route, back)
  await drawn
  if (turn !== drawing) return
  document.title = titleOf(route, path, main)
  document.documentElement.dataset.ready = path
  // What changed while the view was being read may not be in it.
  if (changed !== before) await redraw()
}

/**
 * @param {HTMLElement} main
 * @param {string} path
 * @param {import('./routes.js').Route} route
 * @param {boolean} back
 */
function place(main, path, route, back) {
  const first = shown === null
  root.replaceWith(main)
  root = main
  shown = { route, path }
  frame(main, path, route)
  document.title = titleOf(route, path, main)
  scrollTo(0, back ? history.state?.y ?? 0 : 0)
  if (!first) focusHeading(main)
}

/**
 * @param {import('./routes.js').Route} route
 * @param {string} path
 * @param {HTMLElement} main
 */
function titleOf(route, path, main) {
  const title = route.title?.(path) || main.querySelector('h1')?.textContent?.trim()
  return title ? `${title} · ${t('app.name')}` : t('app.name')
}

/**
 * The route of a view whose module or data could not be had.
 * @param {unknown} error
 * @returns {import('./routes.js').Route}
 */
function unreached(error) {
  console.warn('show view', error)
  return {
    name: 'unreached',
    own: true,
    view: async (path, main) => {
      render(html`<div class="empty"><h1>${t('problem.title')}</h1><p>${t('problem.why')}</p>
        <a class="button primary" href=${path} target="_self">${t('problem.again')}</a></div>`, main)
    },
  }
}

/** @param {HTMLElement} main */
function focusHeading(main) {
  const heading = main.querySelector('h1')
  heading?.setAttribute('tabindex', '-1')
  heading?.focus({ preventScroll: true })
}

/**
 * Draws the present view again after the phone's data changed, in place, so that nothing jumps. It does so once at a
 * time: what was read earlier must not be drawn over what was read later.
 */
async function redraw() {
  again = true
  if (redrawing) return
  redrawing = true
  try {
    while (again) {
      again = false
      if (shown) await drawAgain(shown)
    }
  } finally {
    redrawing = false
  }
}

/** @param {{route: import('./routes.js').Route, path: string}} now */
async function drawAgain(now) {
  if (!now.route.own) await now.route.view(now.path, root)
  if (now === shown) frame(root, now.path, now.route)
}

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

async function main() {
  await loadMessages()
  start(show)
  changes.addEventListener('change', () => {
    changed++
    redraw()
  })
  addEventListener('hashchange', () => { if (keepCode()) refresh() })
  startWorker()
  startSyncSoon()
}

if (able) main().catch(tellBroken)
else tellBroken()

/** @param {unknown} [error] */
function tellBroken(error) {
  if (error) console.error('start app', error)
  document.querySelector('.boot')?.classList.add('now')
}
