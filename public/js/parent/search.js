/**
 * Finding letters and meetings on the phone by a word, in the reader's language
 * and in Swedish at once. What is typed is kept nowhere and goes nowhere.
 */
import { listTexts } from '../data/texts.js'
import { finder } from '../data/textsearch.js'
import { SOURCE, formatDate, loadMore, locale, t, tn } from '../i18n/messages.js'
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { live } from '../lib/live.js'
import { stateOf } from '../lib/state.js'
import { paragraphDir, run } from './sentences.js'

/** What a word is worth by where it stands. */
const WORTH = { title: 4, question: 3, groups: 2, text: 1 }

/** @type {import('../routes.js').View} */
export async function view(path, root) {
  const state = stateOf(root, () => ({ query: '' }))
  const [all] = await Promise.all([listTexts(locale()), loadMore('later')])
  const find = finder(all.map((f) => f.words), WORTH)
  const byID = new Map(all.map((f) => [f.id, f]))
  const draw = () => {
    const found = find(state.query).map((id) => /** @type {import('../data/texts.js').Found} */ (byID.get(id)))
    render(html`<div class="stack">
      <h1>${t('search.title')}</h1>
      <form class="field" role="search" @submit=${stay}>
        <label for="words">${t('search.label')}</label>
        <input id="words" type="search" enterkeyhint="search" autocomplete="off" spellcheck="false" dir="auto" aria-describedby="found" .value=${live(state.query)} @input=${typed}>
        <p class="hint" id="found" role="status">${state.query.trim() ? tn('search.found', found.length) : t('search.hint')}</p>
      </form>
      ${found.length > 0 ? html`<ol class="letters">${found.map(row)}</ol>` : nothing}
    </div>`, root)
  }
  const typed = (/** @type {Event} */ event) => {
    state.query = /** @type {HTMLInputElement} */ (event.target).value
    draw()
  }
  draw()
}

/** Everything is found already; the keyboard goes away. @param {SubmitEvent} event */
function stay(event) {
  event.preventDefault()
  const form = /** @type {HTMLFormElement} */ (event.target)
  form.querySelector('input')?.blur()
}

/** @param {import('../data/texts.js').Found} found */
const row = ({ id, kind, title, question, groups, date }) => html`
  <li><a class="letter-row" href=${`/${kind}s/${id}`} data-found=${id}>
    <h2 dir=${paragraphDir(title)}>${icon(kind === 'letter' ? 'mail' : 'calendar')} ${title.length > 0 ? run(title) : t('search.meeting')}</h2>
    <p class="quiet small sender"><bdi lang=${SOURCE}>${groups.join(', ')}</bdi> · ${formatDate(date, 'day')}</p>
    ${question.length > 0 ? html`<p class="teaser" dir=${paragraphDir(question)}>${run(question)}</p>` : nothing}
  </a></li>`
