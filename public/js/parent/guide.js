/**
 * Familjeguiden: help for children of every age and their families, found by
 * age, by worry, by name and by words. It is everybody's, with or without a
 * group, and asks nobody for anything: all of it is on the phone.
 *
 * Addresses: /guide, /guide/all, /guide/age/6-12, /guide/worry/sleep and
 * /guide/<key of an entry>. What is sensitive has none (guidelevel.js).
 *
 * @import {Guide} from '../data/guide.js'
 * @import {Level} from './guidelevel.js'
 * @import {Route, View} from '../routes.js'
 */
import { forAges, readGuide } from '../data/guide.js'
import { SOURCE, loadMore, locale, t } from '../i18n/messages.js'
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { stateOf } from '../lib/state.js'
import { loadStyles } from '../lib/styles.js'
import { STAGES } from './guideicons.js'
import { leaveBar } from './guideleave.js'
import { HOME, showQuietly, takeLevels } from './guidelevel.js'
import { agesOf, entryRows, isSensitive, worryRows } from './guiderows.js'
import { prepareSheet } from './guidesheet.js'
import { paragraphDir, run } from './sentences.js'

/**
 * @typedef {object} State of one view
 * @property {Level[]} levels what is shown at the guide's own address; none for its first page
 * @property {import('./guidesearch.js').Search} search
 * @property {import('./guideentry.js').EntryState} entry
 */

/**
 * @param {string} path
 * @returns {Promise<Route>}
 */
export async function route(path) {
  prepareSheet()
  await Promise.all([loadStyles('/css/guide.css'), loadMore('later')])
  // The title of what has no address is the guide's, whatever is shown.
  const title = path === HOME ? () => t('guide.title') : undefined
  return { name: 'guide', view, title, place: 'guide', ...(path !== HOME && { up: HOME }) }
}

/** @type {View} */
export async function view(path, root) {
  const guide = await readGuide(locale())
  const page = pageOf(path, guide)
  // A link to what has no address, such as a poster's, has none any more.
  if (page?.sensitive) return showQuietly([page.level])
  const state = stateOf(root, fresh)
  state.search.ask = null
  const levels = page ? [page.level] : state.levels
  if (levels[levels.length - 1]?.kind === 'request') return (await import('./guiderequest.js')).request(root, levels)
  const draw = async () => render(html`${page || levels.length === 0 ? nothing : wayBack(levels)}${await body(path, levels, guide, state, draw)}`, root)
  await draw()
}

/** @returns {State} */
const fresh = () => ({
  levels: takeLevels(),
  search: { query: '', found: null, ask: null },
  entry: { mode: locale() === SOURCE ? 'source' : 'translation', open: new Set(), shared: '' },
})

/**
 * What an address other than the guide's own shows, and whether it should have none.
 * @param {string} path
 * @param {Guide} guide
 * @returns {{level: Level, sensitive: boolean} | null}
 */
function pageOf(path, guide) {
  const [, , first = '', second = ''] = decodeURIComponent(path).split('/')
  if (first === 'worry') {
    const worry = guide.worries.find((w) => w.key === second)
    return { level: { kind: 'worry', key: second }, sensitive: worry !== undefined && isSensitive(worry, guide) }
  }
  if (!first || first === 'age' || first === 'all') return null
  const entry = guide.entries.find((e) => e.key === first)
  return { level: { kind: 'entry', key: first }, sensitive: entry?.sensitive === true }
}

/**
 * @param {string} path
 * @param {Level[]} levels
 * @param {Guide} guide
 * @param {State} state
 * @param {() => Promise<void>} redraw
 */
async function body(path, levels, guide, state, redraw) {
  const level = levels[levels.length - 1]
  if (level?.kind === 'worry') return worryPage(level.key, guide, levels)
  if (level) return (await import('./guideentry.js')).entryPage(level, guide, state.entry, levels, redraw)
  const [, from, to] = /^\/guide\/age\/(\d+)-(\d+)$/.exec(path) ?? []
  if (from) return agePage(Number(from), Number(to), guide)
  if (path === `${HOME}/all`) return listPage(t('guide.all'), guide.entries, [])
  const { searchField } = await import('./guidesearch.js')
  return homePage(guide, searchField(guide, state.search, redraw), state.search.found)
}

/**
 * The way back from what has no address.
 * @param {Level[]} levels
 */
const wayBack = (levels) => html`<button type="button" class="button plain guide-up no-print" @click=${() => showQuietly(levels.slice(0, -1))}
  >${icon('chevron-left')}<span>${t(levels.length > 1 ? 'nav.back' : 'guide.title')}</span></button>`

/**
 * @param {Guide} guide
 * @param {unknown} search
 * @param {import('./guidesearch.js').Found | null} found
 */
function homePage(guide, search, found) {
  if (guide.entries.length === 0) return html`<div class="empty">${icon('compass')}<h1>${t('guide.title')}</h1><p>${t('guide.none')}</p>${urgent()}</div>`
  return html`<div class="stack loose narrow">
    <header class="stack tight"><h1>${t('guide.title')}</h1><p class="quiet">${t('guide.intro')}</p></header>
    ${search}
    ${found ? results(found, guide) : html`
      <section class="stack" aria-labelledby="ages"><h2 id="ages">${t('guide.how_old')}</h2>${stages()}</section>
      ${guide.worries.length > 0 ? html`<section class="stack" aria-labelledby="worries"><h2 id="worries">${t('guide.what_worry')}</h2>${worryRows(guide.worries, guide)}</section>` : nothing}
      <section class="stack" aria-labelledby="people"><h2 id="people">${t('guide.people')}</h2>
        ${urgent()}${ask(guide)}
        <a class="button choice" href="/guide/all">${icon('list')}<span>${t('guide.all')}</span>${icon('chevron-right')}</a>
        <a class="button choice" href=${`/plain/${locale()}`} target="_self">${icon('printer')}<span>${t('guide.plain')}</span>${icon('chevron-right')}</a>
      </section>`}
  </div>`
}

const stages = () => html`<ul class="guide-stages">${STAGES.map(({ from, to, icon: sign, label }) => html`<li>
  <a class="button choice" href=${`/guide/age/${from}-${to}`} data-age=${from}>${icon(sign)}<span class="stack tight"><strong>${agesOf([from, to])}</strong><small class="quiet">${t(label)}</small></span></a></li>`)}</ul>`

const urgent = () => html`<a class="button choice danger" href="/urgent">${icon('phone')}<span>${t('urgent.title')}</span>${icon('chevron-right')}</a>`

/** The coordinator, who knows where to turn. @param {Guide} guide */
function ask({ entries }) {
  const coordinator = entries.find((e) => e.key === 'familjeguiden') ?? entries.find((e) => e.ask && !e.sensitive)
  return coordinator ? html`<a class="button choice" href=${`${HOME}/${coordinator.key}`} data-ask>${icon('message-circle')}<span>${t('guide.ask')}</span>${icon('chevron-right')}</a>` : nothing
}

/**
 * @param {import('./guidesearch.js').Found} found
 * @param {Guide} guide
 */
function results({ entries, worries }, guide) {
  if (entries.length + worries.length === 0) return html`<div class="stack" data-found="0"><p>${t('guide.nothing_found')}</p>${urgent()}${ask(guide)}</div>`
  return html`<div class="stack" data-found=${entries.length}>${worries.length > 0 ? worryRows(worries, guide) : nothing}${entryRows(entries, [])}</div>`
}

/**
 * @param {number} from
 * @param {number} to
 * @param {Guide} guide
 */
const agePage = (from, to, guide) => listPage(t('guide.help_for', { Ages: agesOf([from, to]) }), forAges(guide.entries, from, to), [])

/**
 * @param {string} title
 * @param {import('../data/guide.js').Entry[]} entries
 * @param {Level[]} levels
 */
const listPage = (title, entries, levels) => html`<div class="stack loose narrow"><h1>${title}</h1>${entryRows(entries, levels)}${urgent()}</div>`

/**
 * @param {string} key
 * @param {Guide} guide
 * @param {Level[]} levels
 */
function worryPage(key, guide, levels) {
  const worry = guide.worries.find((w) => w.key === key)
  if (!worry) return gone()
  const entries = worry.guide.flatMap((id) => guide.entries.find((e) => e.id === id) ?? [])
  const sensitive = isSensitive(worry, guide)
  return html`<div class="stack loose narrow" data-worry-page=${key}><h1 dir=${paragraphDir(worry.title)}>${run(worry.title)}</h1>
    ${entryRows(entries, sensitive ? levels : [])}${urgent()}${ask(guide)}</div>${sensitive ? leaveBar() : nothing}`
}

/** What an old link leads to. */
export const gone = () => html`<div class="empty">${icon('compass')}<h1>${t('guide.gone')}</h1><p>${t('guide.gone_why')}</p>
  <a class="button primary" href="/guide">${t('guide.title')}</a></div>`
