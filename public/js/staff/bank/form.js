/**
 * Adding to the bank and changing what is in it. A parents' wish can become a
 * question: its words are taken over, and nobody knows whose they were.
 *
 * @import {Fields, Person, Phrase} from '../types.js'
 */
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t } from '../../i18n/messages.js'
import { navigate, onLeave } from '../../router.js'
import * as api from '../api.js'
import { tell } from '../dialog.js'
import { errorLine, field, tie } from '../field.js'
import { Problem } from '../problem.js'
import { openHelper } from '../question/help.js'
import { questionHelp } from '../question/view.js'
import { page } from '../shell.js'
import { findWish } from '../wishes/find.js'
import { OLDEST } from './bank.js'

/** @typedef {Pick<Phrase, 'kind'|'topic'|'ageFrom'|'ageTo'|'text'|'from'|'hidden'>} Input */
/** @typedef {{id: string, wish: string, input: Input, fields: Fields, error: string, busy: boolean, touched: boolean, helper: import('../question/help.js').Helper}} State */

/** @param {HTMLElement} root @param {string} _ @param {Person} person */
export async function newView(root, _, person) {
  const query = new URLSearchParams(location.search)
  const wish = await findWish([query.get('group') ?? ''].filter(Boolean), query.get('wish') ?? '')
  /** @type {Input} */
  const input = { kind: 'question', topic: '', ageFrom: 0, ageTo: 0, text: wish?.text ?? '', from: wish ? 'wish' : 'bank', hidden: false }
  form(root, person, { id: '', wish: wish?.id ?? '', input })
}

/** @param {HTMLElement} root @param {string} id @param {Person} person */
export async function editView(root, id, person) {
  form(root, person, { id, wish: '', input: await api.phrase(id) })
}

/** @param {HTMLElement} root @param {Person} person @param {Pick<State, 'id'|'wish'|'input'>} beginning */
function form(root, person, { id, wish, input }) {
  root.dataset.view = 'staff-bank-form'
  const { kind, topic, ageFrom, ageTo, text, from, hidden } = input
  /** @type {State} */
  const state = { id, wish, input: { kind, topic, ageFrom, ageTo, text, from, hidden }, fields: {}, error: '', busy: false, touched: wish !== '', helper: openHelper(person, () => draw()) }
  const release = onLeave(() => state.touched)
  const draw = () => render(template(state, change, submit), root)
  const change = (/** @type {Partial<Input>} */ part) => {
    Object.assign(state.input, part)
    state.touched = true
    draw()
  }
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault()
    if (state.busy) return
    Object.assign(state, { busy: true, fields: {}, error: '' })
    draw()
    if (await save(state)) {
      release()
      tell(t('staff.bank.saved'))
      return navigate('/staff/bank', { replace: true })
    }
    state.busy = false
    draw()
    const fault = /** @type {HTMLElement|null} */ (root.querySelector('[aria-invalid="true"]'))
    fault?.focus()
  }
  draw()
}

/** @param {State} state @returns {Promise<boolean>} whether it is saved; otherwise the state says why not */
async function save(state) {
  try {
    await (state.id ? api.savePhrase(state.id, state.input) : api.addPhrase(state.input))
    if (state.wish) await api.setWish(state.wish, 'used').catch(() => {}) // it can still be marked among the wishes
    return true
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    state.fields = error.fields
    state.error = error.message
    return false
  }
}

/** @param {State} state @param {(part: Partial<Input>) => void} change @param {(event: Event) => void} submit */
function template({ id, input, fields, error, busy, helper }, change, submit) {
  const words = (/** @type {string} */ name) => fields[name]?.message
  return page({
    title: t(id ? 'staff.bank.edit' : 'staff.bank.add'),
    up: { href: '/staff/bank', label: t('staff.bank.title') },
    body: html`
      <form class="stack loose narrow" novalidate @submit=${submit} data-form="phrase">
        ${error ? html`<p class="notice bad" role="alert">${icon('triangle-alert')}<span>${error}</span></p>` : nothing}
        <fieldset class="field" role="radiogroup">
          <legend class="label">${t('staff.bank.kind')}</legend>
          ${/** @type {const} */ (['question', 'phrase']).map((kind) => html`<label class="check"><input type="radio" name="kind" value=${kind}
            .checked=${input.kind === kind} @change=${() => change({ kind })}><span>${t(`staff.bank.kind.${kind}`)}</span></label>`)}
        </fieldset>
        ${field({ name: 'text', label: t('staff.bank.text'), value: input.text, lang: 'sv', long: true, required: true, error: words('text'), input: (text) => change({ text }) })}
        ${input.kind === 'question' ? questionHelp(helper, input.text, (text) => change({ text })) : nothing}
        ${field({ name: 'topic', label: t('staff.bank.topic'), value: input.topic, lang: 'sv', max: 60, error: words('topic'), input: (topic) => change({ topic }) })}
        <div class="row fields">
          ${age('ageFrom', t('staff.bank.age_from'), input.ageFrom, words('ageFrom'), (ageFrom) => change({ ageFrom }))}
          ${age('ageTo', t('staff.bank.age_to'), input.ageTo, words('ageTo'), (ageTo) => change({ ageTo }))}
        </div>
        ${id ? html`<label class="check"><input type="checkbox" name="hidden" .checked=${input.hidden} @change=${() => change({ hidden: !input.hidden })}><span>${t('staff.bank.hidden')}</span></label>` : nothing}
        <button class="button primary" data-action="save-phrase" aria-disabled=${busy}>${busy ? t('staff.saving') : t('staff.bank.save')}</button>
      </form>`,
  })
}

/** @param {string} name @param {string} label @param {number} value @param {string|undefined} error @param {(age: number) => void} change */
function age(name, label, value, error, change) {
  const tied = tie(name, { error })
  return html`
    <div class="field">
      <label for=${tied.id}>${label}</label>
      <select id=${tied.id} name=${name} aria-describedby=${tied.by} aria-invalid=${tied.invalid}
        @change=${(/** @type {Event} */ e) => change(Number(/** @type {HTMLSelectElement} */ (e.target).value))}>
        ${Array.from({ length: OLDEST + 1 }, (_, years) => html`<option value=${years} ?selected=${years === value}>${years}</option>`)}
      </select>
      ${errorLine(name, error)}
    </div>`
}
