/**
 * The helper under a question's field.
 *
 * @import {Helper, Said} from './help.js'
 * @import {Sign} from './rules.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t } from '../../i18n/messages.js'

/**
 * @param {Helper} helper
 * @param {string} question
 * @param {(text: string) => void} use puts an example into the field
 */
export function questionHelp(helper, question, use) {
  const said = helper.say(question)
  return html`
    <div class="question-help stack tight" data-part="question-help" data-advice=${adviceOf(said)}>
      ${said && !said.foreign ? html`<ul class="signs" aria-label=${t('staff.question.signs')}>${said.signs.filter(({ rule }) => rule.sign).map(signItem)}</ul>` : nothing}
      <div role="status">${said ? advice(said) : nothing}</div>
      ${helper.replaced && said ? html`<div><button type="button" class="button small" data-action="put-back" @click=${() => helper.putBack(use)}>${icon('undo-2')}<span>${t('staff.question.put_back')}</span></button></div>` : nothing}
      ${said && (said.foreign || said.worst) ? examples(helper, question, use) : nothing}
    </div>`
}

/** @param {Said|null} said what is advised: a rule's id */
const adviceOf = (said) => (!said ? '' : said.foreign ? 'swedish' : said.worst?.rule.id ?? '')

/** @param {Sign} sign */
const signItem = ({ rule, well }) => html`
  <li data-sign=${rule.id} data-well=${well}>${icon(well ? 'circle-check' : 'circle-dashed')}<span>${t(`staff.question.sign.${rule.id}${well ? '' : '_not'}`)}</span></li>`

/** @param {Said} said */
function advice(said) {
  if (said.foreign) return adviceLine(t('staff.question.advice.swedish'), [])
  if (!said.worst) return html`<p class="hint well">${icon('circle-check')}<span>${t('staff.question.well')}</span></p>`
  const { rule, found } = said.worst
  return adviceLine(rule.advice ? html`<span lang="sv" dir="auto">${rule.advice}</span>` : t(`staff.question.advice.${rule.id}`), found)
}

/** @param {unknown} words @param {string[]} found */
const adviceLine = (words, found) => html`
  <p class="hint advice">${icon('info')}<span>${words}${found.map((word) => html` <q lang="sv" dir="auto">${word}</q>`)}</span></p>`

/** @param {Helper} helper @param {string} question @param {(text: string) => void} use */
function examples(helper, question, use) {
  const near = helper.near(question)
  return near.length === 0 ? nothing : html`
    <section class="stack tight examples" aria-label=${t('staff.question.examples')}>
      <p class="small quiet" aria-hidden="true">${t('staff.question.examples')}</p>
      <ul class="stack tight">${near.map(({ id, text }) => html`
        <li class="row" data-example=${id}><span class="grow" lang="sv" dir="auto" id="example-${id}">${text}</span>
          <button type="button" class="button small" data-action="use-example" aria-describedby="example-${id}" @click=${() => helper.take(question, text, use)}>${t('staff.question.use')}</button></li>`)}</ul>
    </section>`
}
