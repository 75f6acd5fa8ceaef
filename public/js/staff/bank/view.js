/**
 * The bank's own page: look for a question or a sentence, use it, add to it.
 *
 * @import {Group, Person, Phrase, PhraseUse} from '../types.js'
 * @import {Choice} from './bank.js'
 */
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t } from '../../i18n/messages.js'
import { navigate } from '../../router.js'
import * as api from '../api.js'
import { copyText } from '../copytext.js'
import { openDialog } from '../dialog.js'
import { fillsBank, writes } from '../session.js'
import { page } from '../shell.js'
import { fitting, mayChange, readBank } from './bank.js'
import { chooser, nothingFits, rows } from './rows.js'

/** @typedef {{person: Person, groups: Group[], phrases: Phrase[], uses: Map<string, PhraseUse>, choice: Choice}} State */

/**
 * @param {HTMLElement} root
 * @param {string} _
 * @param {Person} person
 */
export async function view(root, _, person) {
  root.dataset.view = 'staff-bank'
  const [bank, groups] = await Promise.all([readBank(), writes(person) ? api.groups() : []])
  /** @type {State} */
  const state = { person, groups, ...bank, choice: { words: '', topic: '', age: '' } }
  const draw = () => render(template(state, change), root)
  const change = (/** @type {Partial<Choice>} */ part) => {
    Object.assign(state.choice, part)
    draw()
  }
  draw()
}

/** @param {State} state @param {(part: Partial<Choice>) => void} change */
function template({ person, groups, phrases, uses, choice }, change) {
  const adds = fillsBank(person)
  const questions = fitting(phrases, 'question', choice)
  const sentences = fitting(phrases, 'phrase', choice)
  const none = questions.length + sentences.length === 0
  return page({
    title: t('staff.bank.title'),
    under: t('staff.bank.what'),
    up: { href: '/staff', label: t(writes(person) ? 'staff.home.title' : 'staff.home.work') },
    body: html`
      <div class="stack loose narrow">
        ${adds ? html`<div><a class="button primary" href="/staff/bank/new" data-action="add-phrase">${icon('plus')}<span>${t('staff.bank.add')}</span></a></div>` : nothing}
        ${phrases.length ? chooser(phrases, choice, change) : nothing}
        ${none ? nothingFits(t(phrases.length ? 'staff.bank.none' : 'staff.bank.empty')) : nothing}
        ${list('questions', questions, uses, (phrase) => html`${groups.length ? useButton(phrase, groups) : nothing}${changeLink(person, phrase)}`)}
        ${list('phrases', sentences, uses, (phrase) => html`
          <button type="button" class="button small" data-action="copy" aria-describedby="phrase-${phrase.id}" @click=${() => copyText(phrase.text)}>${icon('copy')}<span>${t('staff.copy.copy')}</span></button>
          ${changeLink(person, phrase)}`)}
      </div>`,
  })
}

/**
 * @param {'questions'|'phrases'} name
 * @param {Phrase[]} found
 * @param {Map<string, PhraseUse>} uses
 * @param {(phrase: Phrase) => import('../../lib/html.js').Template} acts
 */
const list = (name, found, uses, acts) => found.length === 0 ? nothing : html`
  <section class="stack tight" data-part=${name}>
    <h2>${t(`staff.bank.${name}`)}</h2>
    ${rows(found, uses, acts)}
  </section>`

/** @param {Person} person @param {Phrase} phrase */
const changeLink = (person, phrase) => mayChange(person, phrase)
  ? html`<a class="button small plain" href="/staff/bank/${phrase.id}" aria-describedby="phrase-${phrase.id}">${icon('pencil')}<span>${t('staff.bank.edit')}</span></a>`
  : nothing

/** @param {Phrase} phrase @param {Group[]} groups */
const useButton = (phrase, groups) => html`<button type="button" class="button small" data-action="use-phrase" aria-describedby="phrase-${phrase.id}"
  @click=${() => use(phrase, groups)}>${icon('calendar-plus')}<span>${t('staff.bank.use')}</span></button>`

/** A new meeting is begun with it; with several groups she says of which. @param {Phrase} phrase @param {Group[]} groups */
function use(phrase, groups) {
  const begin = (/** @type {string} */ group) => navigate(`/staff/groups/${group}/meetings/new?phrase=${phrase.id}`)
  if (groups.length === 1) return begin(groups[0].id)
  const choose = (/** @type {string} */ group) => {
    dialog.close()
    begin(group)
  }
  const dialog = openDialog('use-phrase', () => html`
    <div class="stack">
      <h2 id="dialog-title">${t('staff.bank.for_group')}</h2>
      ${groups.map((g) => html`<button type="button" class="button choice" data-group=${g.id} @click=${() => choose(g.id)}>${icon('users')}<bdi>${g.name}</bdi></button>`)}
      <div class="row end"><button type="button" class="button plain" data-action="cancel" @click=${() => dialog.close()}>${t('staff.cancel')}</button></div>
    </div>`)
}
