/**
 * How questions and sentences of the bank are chosen and listed, on their own
 * page and in the dialog of a meeting.
 *
 * @import {Template} from '../../lib/html.js'
 * @import {Phrase, PhraseUse} from '../types.js'
 * @import {Choice} from './bank.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatDate, t } from '../../i18n/messages.js'
import { field } from '../field.js'
import { OLDEST, topicsOf } from './bank.js'

/** @param {Phrase[]} phrases @param {Choice} choice @param {(part: Partial<Choice>) => void} change */
export const chooser = (phrases, choice, change) => html`
  ${field({ name: 'bank-words', label: t('staff.bank.search'), type: 'search', value: choice.words, lang: 'sv', input: (words) => change({ words }) })}
  <div class="row fields">
    ${select('bank-topic', t('staff.bank.topic'), t('staff.bank.all_topics'), topicsOf(phrases).map((topic) => [topic, topic]), choice.topic, (topic) => change({ topic }))}
    ${select('bank-age', t('staff.bank.age'), t('staff.bank.all_ages'), ages(), choice.age, (age) => change({ age }))}
  </div>`

/** @returns {[string, string][]} */
const ages = () => Array.from({ length: OLDEST + 1 }, (_, age) => [String(age), t('staff.bank.years', { Age: age })])

/**
 * @param {string} name
 * @param {string} label
 * @param {string} all
 * @param {[string, string][]} options
 * @param {string} value
 * @param {(value: string) => void} change
 */
const select = (name, label, all, options, value, change) => html`
  <div class="field">
    <label for=${name}>${label}</label>
    <select id=${name} @change=${(/** @type {Event} */ e) => change(/** @type {HTMLSelectElement} */ (e.target).value)}>
      <option value="" ?selected=${value === ''}>${all}</option>
      ${options.map(([key, words]) => html`<option value=${key} dir="auto" ?selected=${key === value}>${words}</option>`)}
    </select>
  </div>`

/**
 * @param {Phrase[]} found
 * @param {Map<string, PhraseUse>} uses
 * @param {(phrase: Phrase) => Template} acts its buttons
 */
export const rows = (found, uses, acts) => html`
  <ul class="rows card phrases">
    ${found.map((phrase) => html`
      <li class="stack tight" data-phrase=${phrase.id}>
        <p class="asked" lang="sv" dir="auto" id="phrase-${phrase.id}">${phrase.text}</p>
        <p class="quiet small">${particulars(phrase, uses.get(phrase.id))}</p>
        <div class="row">${acts(phrase)}</div>
      </li>`)}
  </ul>`

/** @param {Phrase} phrase @param {PhraseUse} [use] */
function particulars({ kind, topic, ageFrom, ageTo, from }, use) {
  const parts = [
    topic && html`<bdi lang="sv">${topic}</bdi>`,
    ageTo > 0 && t('staff.bank.ages', { From: ageFrom, To: ageTo }),
    from === 'wish' && t('staff.bank.from_wish'),
    kind === 'question' && used(use),
  ].filter(Boolean)
  return parts.map((part, i) => html`${i > 0 ? ' · ' : nothing}${part}`)
}

/** A meeting that is still to come counts: what parents are invited with is not new to them. @param {PhraseUse} [use] */
function used(use) {
  if (!use) return t('staff.bank.unused')
  const day = formatDate(use.last, 'date')
  return t(new Date(use.last) > new Date() ? 'staff.bank.planned' : 'staff.bank.used', { Date: day })
}

/** @param {string} text */
export const nothingFits = (text) => html`<div class="empty">${icon('lightbulb')}<p>${text}</p></div>`
