/**
 * The guide's search field. What is typed is kept nowhere and goes nowhere.
 *
 * @import {Guide} from '../data/guide.js'
 */
import { t, tn } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { live } from '../../vendor/lit-html/directives/live.js'

/**
 * @typedef {import('../data/guidesearch.js').Found} Found
 * @typedef {{query: string, found: Found | null, ask: ((query: string) => Found) | null}} Search found: null while nothing is sought
 */

/**
 * @param {Guide} guide
 * @param {Search} search
 * @param {() => Promise<void>} redraw
 */
export function searchField(guide, search, redraw) {
  const prepare = async () => { search.ask ??= (await import('../data/guidesearch.js')).indexOf(guide) }
  /** @param {string} query */
  const look = async (query) => {
    search.query = query
    if (query.trim()) await prepare()
    // More may have been typed while that was fetched.
    search.found = search.ask && search.query.trim() ? search.ask(search.query) : null
    await redraw()
  }
  return html`<form class="field" role="search" @submit=${stay}>
    <label for="guide-search">${t('guide.search')}</label>
    <div class="guide-search">${icon('search')}<input id="guide-search" type="search" enterkeyhint="search" autocomplete="off" spellcheck="false" dir="auto"
      aria-describedby="guide-found" @focus=${prepare} .value=${live(search.query)} @input=${(/** @type {Event} */ e) => look(/** @type {HTMLInputElement} */ (e.target).value)}></div>
    <p class="hint" id="guide-found" role="status">${search.found ? tn('guide.found', search.found.entries.length) : nothing}</p>
  </form>`
}

/** Everything is found already; the keyboard goes away. @param {SubmitEvent} event */
function stay(event) {
  event.preventDefault()
  const form = /** @type {HTMLFormElement} */ (event.target)
  form.querySelector('input')?.blur()
}
