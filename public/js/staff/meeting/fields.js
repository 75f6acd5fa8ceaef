/**
 * How a meeting's form looks.
 *
 * @import {Fields, Wish} from '../types.js'
 * @import {Deadline} from './deadlines.js'
 * @import {Acts, Round} from './form.js'
 * @import {Input} from './input.js'
 * @import {Planning} from './planning.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatDate, t, tn } from '../../i18n/messages.js'
import { tell } from '../dialog.js'
import { errorLine, field, tie } from '../field.js'
import { groupChoice } from '../groupchoice.js'
import { Problem } from '../problem.js'
import { personalAt } from '../personal/view.js'
import { questionHelp } from '../question/view.js'
import { page } from '../shell.js'
import { conflict } from './conflict.js'
import { BEFORE, DEADLINES, LABELS } from './deadlines.js'
import { endDate, endsNextDay, isTwice, MAX } from './input.js'
import { placesOf } from './personal.js'

/** @param {Round} round @param {Planning} planning @param {Acts} acts */
export function template({ title, up, choices, usual }, planning, acts) {
  const { input, fields, error, busy, meeting } = planning
  const { change } = acts
  const words = (/** @type {string} */ name) => fields[name]?.message
  const places = placesOf(acts.check, input)
  const personal = (/** @type {string} */ name) => personalAt(acts.check, places, name)
  return page({
    title, up,
    body: html`
      <form class="stack loose narrow" novalidate @submit=${acts.submit} data-form="meeting">
        ${error ? html`<p class="notice bad" role="alert">${icon('triangle-alert')}<span>${error}</span></p>` : nothing}
        ${planning.differences.length ? conflict(planning, choices, change) : nothing}
        ${planning.restored ? restored(acts.startOver) : nothing}
        ${usual && !planning.restored ? html`<p class="notice" data-part="usual">${icon('info')}<span>${t('staff.meeting.usual')}</span></p>` : nothing}
        ${meeting?.published ? html`<p class="notice">${icon('info')}<span>${t('staff.meeting.is_published')}</span></p>` : nothing}
        ${groupChoice(choices, input.groups, words('groups') ?? words('unit'), (groups) => change({ groups }))}
        ${timeFields(input, fields, change)}
        ${field({ name: 'place', label: t('staff.meeting.place'), value: input.place, lang: 'sv', max: MAX.place, error: words('place'), input: (place) => change({ place }) })}
        ${personal('place')}
        ${field({ name: 'contact', label: t('staff.meeting.contact'), hint: t('staff.meeting.contact_hint'), value: input.contact, lang: 'sv', max: MAX.contact, error: words('contact'), input: (contact) => change({ contact }) })}
        ${personal('contact')}
        ${field({ name: 'heldBy', label: t('staff.meeting.held_by'), value: input.heldBy, lang: 'sv', max: MAX.heldBy, error: words('heldBy'), input: (heldBy) => change({ heldBy }) })}
        ${meeting?.kind === 'thematic' ? html`<p class="notice">${icon('book-open')}<span><strong lang="sv" dir="auto">${meeting.title}</strong> ${t('staff.meeting.theme_says')}</span></p>` : questionField(planning, acts.helper, words('question'), (question) => change({ question }))}
        ${personal('question')}
        ${field({ name: 'information', label: t('staff.meeting.information'), hint: t('staff.meeting.information_hint'), value: input.information, lang: 'sv', long: true, max: MAX.information, error: words('information'), input: (information) => change({ information }) })}
        ${personal('information')}
        <fieldset class="stack">
          <legend class="label">${t('staff.meeting.answers')}</legend>
          <label class="check"><input type="checkbox" name="childcare" .checked=${input.childcare} @change=${() => change({ childcare: !input.childcare })}><span>${t('staff.meeting.childcare')}</span></label>
          <div class="row fields deadlines">${DEADLINES.map((name) => deadline(name, input[name], words(name), change))}</div>
        </fieldset>
        <button class="button primary" data-action="save-meeting" aria-disabled=${busy}>${busy ? t('staff.saving') : t(meeting?.published ? 'staff.meeting.save_published' : 'staff.meeting.save')}</button>
      </form>`,
  })
}

/** @param {() => void} startOver */
const restored = (startOver) => html`
  <div class="notice late">${icon('info')}<div class="stack tight"><p>${t('staff.meeting.restored')}</p>
    <div><button type="button" class="button small" data-action="start-over" @click=${startOver}>${t('staff.meeting.start_over')}</button></div></div></div>`

/** @param {Input} input @param {Fields} fields @param {(part: Partial<Input>) => void} change */
const timeFields = (input, fields, change) => html`
  <div class="row fields">
    ${field({ name: 'date', label: t('staff.meeting.date'), type: 'date', value: input.date, required: true, error: fields.date?.message ?? fields.starts?.message, input: (date) => change({ date }) })}
    ${field({ name: 'from', label: t('staff.meeting.from'), type: 'time', value: input.from, required: true, error: isTwice(input, 'from') ? undefined : fields.from?.message, input: (from) => change({ from }) })}
    ${field({ name: 'to', label: t('staff.meeting.to'), type: 'time', value: input.to, hint: nextDay(input), error: isTwice(input, 'to') ? undefined : fields.to?.message ?? fields.ends?.message, input: (to) => change({ to }) })}
  </div>
  ${isTwice(input, 'from') ? twice('from', input.from, input.fromLater, fields.from?.message, (fromLater) => change({ fromLater })) : nothing}
  ${isTwice(input, 'to') ? twice('to', input.to, input.toLater, fields.to?.message, (toLater) => change({ toLater })) : nothing}`

/** Which day a meeting ends on that goes on past midnight. @param {Input} input */
const nextDay = (input) => endsNextDay(input)
  ? t('staff.meeting.ends_next_day', { Date: formatDate(`${endDate(input)}T12:00:00Z`, 'weekday') })
  : undefined

/**
 * The clocks go back, and this time comes twice.
 * @param {'from'|'to'} name
 * @param {string} clock
 * @param {boolean|null} chosen
 * @param {string|undefined} error
 * @param {(later: boolean) => void} choose
 */
const twice = (name, clock, chosen, error, choose) => html`
  <fieldset class="field" role="radiogroup" data-twice=${name} aria-invalid=${error ? 'true' : nothing} aria-describedby=${error ? `${name}-error` : nothing}>
    <legend class="label">${t(`staff.meeting.twice_${name}`, { Time: clock })}</legend>
    ${[false, true].map((later) => html`
      <label class="check"><input type="radio" name="twice-${name}" .checked=${chosen === later} @change=${() => choose(later)}
        ><span>${t(later ? 'staff.meeting.second' : 'staff.meeting.first', { Time: clock })}</span></label>`)}
    ${errorLine(name, error)}
  </fieldset>`

/** @param {Deadline} name @param {string} value @param {string|undefined} error @param {(part: Partial<Input>) => void} change */
const deadline = (name, value, error, change) => field({
  name, label: t(LABELS[name]), hint: tn('staff.meeting.suggested', BEFORE[name]), type: 'date', value, error, input: (date) => change({ [name]: date }),
})

/**
 * @param {Planning} planning
 * @param {Acts['helper']} helper
 * @param {string|undefined} error
 * @param {(question: string) => void} input
 */
function questionField({ input: { question }, wish }, helper, error, input) {
  const tied = tie('question', { hint: 'yes', error })
  return html`
    <div class="field">
      <label for=${tied.id}>${t('staff.question.label')}</label>
      <p class="hint" id="question-hint">${t('staff.question.help')}</p>
      ${wish ? wished(wish, question, input) : nothing}
      <div><button type="button" class="button small" data-action="from-bank" @click=${() => fromBank(input)}>${icon('lightbulb')}<span>${t('staff.bank.from_bank')}</span></button></div>
      <textarea id=${tied.id} name="question" rows="2" lang="sv" dir="auto" aria-describedby=${tied.by} aria-invalid=${tied.invalid}
        .value=${question} @input=${(/** @type {Event} */ e) => input(/** @type {HTMLTextAreaElement} */ (e.target).value)}></textarea>
      ${errorLine('question', error)}
      ${questionHelp(helper, question, input)}
    </div>`
}

/** @param {(question: string) => void} input */
async function fromBank(input) {
  const { chooseQuestion } = await import('../bank/choose.js')
  await chooseQuestion(input).catch((error) => {
    if (!(error instanceof Problem)) throw error
    tell(error.message)
  })
}

/** @param {Wish} wish @param {string} question @param {(question: string) => void} input */
const wished = ({ text }, question, input) => html`
  <div class="wished stack tight" data-part="wish">
    <p class="small quiet">${t('staff.wish.from')}</p>
    <p class="asked" dir="auto">${text}</p>
    ${question.trim() === text.trim() ? nothing : html`<div><button type="button" class="button small" data-action="fill-wish" @click=${() => input(text)}>${t('staff.wish.fill')}</button></div>`}
  </div>`
