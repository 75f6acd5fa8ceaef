/**
 * What helps with a place: how it read before, how similar sentences were
 * translated, the school words in it, and what the checks find.
 *
 * @import {Change, SchoolWord, Suggestion} from '../staff/types.js'
 * @import {BrowserHelp} from './browserhelp.js'
 * @import {Fault} from './check.js'
 * @import {Item} from './item.js'
 */
import { langTag, localeDir, SOURCE, t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { stateMark } from './states.js'
import { wordDiff } from './worddiff.js'

/** How many suggestions of others are shown. */
export const SUGGESTIONS = 3

/** Marked by signs and words, not by colour alone. @param {Change[]} changes */
export const changesView = (changes) => changes.map(([op, text]) => {
  if (op === 0) return text
  const words = text.trimEnd()
  const space = text.slice(words.length)
  return op < 0
    ? html`<del><span class="visually-hidden">${t('translate.diff.removed')} </span>${words}</del>${space}`
    : html`<ins><span class="visually-hidden">${t('translate.diff.added')} </span>${words}</ins>${space}`
})

/**
 * The sentence that stood here, what changed in it, and its text.
 * @param {Item} item
 * @param {string} locale
 * @param {(text: string) => void} take
 */
export function previousView({ place, text }, locale, take) {
  const { previous, source } = place
  if (!previous) return nothing
  const old = previous.text
  return html`
    <section class="previous stack tight small" data-part="previous" aria-label=${t('translate.before.change')}>
      <p class="label">${t('translate.before.change')}</p>
      <p lang=${SOURCE} dir="ltr">${changesView(wordDiff(previous.source, source))}</p>
      ${old ? html`
        <p class="label">${t('translate.before.text')}</p>
        <p lang=${langTag(locale)} dir=${localeDir(locale)}>${old}</p>
        ${text.trim() ? nothing : html`<div><button type="button" class="button small" data-action="use-previous" @click=${() => take(old)}>${t('translate.before.use')}</button></div>`}` : nothing}
    </section>`
}

/**
 * @param {Suggestion[]} suggestions
 * @param {string} source her sentence: what to change is what it has otherwise
 * @param {string} locale
 * @param {boolean} keyed the keys take them here
 * @param {(text: string) => void} take
 */
export function suggestionsView(suggestions, source, locale, keyed, take) {
  const own = suggestions.filter(({ score }) => score === 0)
  const others = suggestions.filter(({ score }) => score > 0)
  /** @param {Suggestion[]} of @param {string} part @param {string} label @param {number} before */
  const section = (of, part, label, before) => of.length === 0 ? nothing : html`
    <section class="stack tight" data-part=${part} aria-label=${label}>
      <p class="label small">${label}</p>
      <ul class="stack tight">${of.map((s, i) => suggestionView(s, source, locale, keyed ? `Alt+${before + i + 1}` : '', take))}</ul>
    </section>`
  return html`
    ${section(others, 'suggestions', t('translate.suggestions'), 0)}
    ${section(own, 'browser', t('translate.ondevice'), others.length)}`
}

/** @param {Suggestion} suggestion @param {string} source @param {string} locale @param {string} keys @param {(text: string) => void} take */
const suggestionView = ({ source: other, text, score, state }, source, locale, keys, take) => html`
  <li class="suggestion">
    <button type="button" class="button" data-action="suggestion" aria-keyshortcuts=${keys || nothing} @click=${() => take(text)}>
      <span class="grow" lang=${langTag(locale)} dir=${localeDir(locale)}>${text}</span>${keys ? html`<kbd dir="ltr">${keys}</kbd>` : nothing}</button>
    <p class="quiet small">${score > 0 ? html`<bdi lang=${SOURCE} dir="ltr">${changesView(wordDiff(other, source))}</bdi> · ${t('translate.suggestion.score', { Score: score })}` : stateMark(state)}${score === 0 || state === 'reviewed' ? nothing : ` · ${t(`translate.state.${state}`)}`}</p>
  </li>`

/** A press has the browser fetch what it translates with. @param {BrowserHelp|null} aid */
export const aidView = (aid) => aid?.state !== 'fetch' && aid?.state !== 'fetching' ? nothing : html`
  <div><button type="button" class="button small" data-action="ondevice" aria-busy=${aid.state === 'fetching' ? 'true' : nothing} ?disabled=${aid.state === 'fetching'} @click=${() => aid.start()}>${icon('bot')}${t('translate.ondevice')}</button></div>`

/**
 * A tap puts the approved word where she writes.
 * @param {SchoolWord[]} terms
 * @param {string} locale
 * @param {(text: string) => void} insert
 */
export const termsView = (terms, locale, insert) => terms.length === 0 ? nothing : html`
  <ul class="chips small" data-part="terms" aria-label=${t('translate.terms')}>${terms.map(({ term, text }) => html`
    <li>${text
      ? html`<button type="button" class="chip" data-action="term" @click=${() => insert(text)}>${icon('book-open')}<span lang=${SOURCE} dir="ltr">${term}</span> – <strong lang=${langTag(locale)} dir=${localeDir(locale)}>${text}</strong></button>`
      : html`<span class="chip quiet">${icon('book-open')}<span lang=${SOURCE} dir="ltr">${term}</span> – ${t('translate.term.none')}</span>`}</li>`)}</ul>`

/**
 * Placeholders of a message: each is to stand in the translation too.
 * @param {string[]} names
 * @param {(text: string) => void} insert
 */
export const placeholdersView = (names, insert) => names.length === 0 ? nothing : html`
  <div class="stack tight">
    <p class="quiet small">${t('translate.placeholders')}</p>
    <ul class="chips small" data-part="placeholders">${names.map((name) => html`
      <li><button type="button" class="chip" data-action="placeholder" dir="ltr" @click=${() => insert(name)}>${icon('plus')}<code>${name}</code></button></li>`)}</ul>
  </div>`

/**
 * A hard fault says why the text can't be called right; a soft one is a hint.
 * @param {string} id
 * @param {Fault[]} faults
 * @param {boolean} hard
 * @param {() => void} draft keeps it as it is, for later
 */
export const faultsView = (id, faults, hard, draft) => html`
  <div id=${id} class="faults" role="status">${faults.length === 0 ? nothing : html`
    <div class="notice ${hard ? 'bad' : ''}" data-part="faults" data-hard=${hard}>${icon(hard ? 'triangle-alert' : 'lightbulb')}
      <div class="stack tight">
        ${hard ? html`<p><strong>${t('translate.check.hard')}</strong></p>` : nothing}
        <ul class="stack tight">${unique(faults).map(({ code, at }) => html`<li data-fault=${code}>${t(`translate.check.${code}`, { At: at })}</li>`)}</ul>
        ${hard ? html`<div><button type="button" class="button small" data-action="keep-draft" @click=${draft}>${t('translate.check.draft')}</button></div>` : nothing}
      </div>
    </div>`}</div>`

/** @param {Fault[]} faults */
const unique = (faults) => [...new Map(faults.map((fault) => [`${fault.code} ${fault.at}`, fault])).values()]

/** Puts words where she writes, so that taking them back works as after typing. @param {HTMLTextAreaElement|null} field @param {string} words */
export function insert(field, words) {
  if (!field) return
  field.focus()
  // The one way that keeps the browser's own undo.
  if (document.execCommand('insertText', false, words)) return
  field.setRangeText(words, field.selectionStart, field.selectionEnd, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
