/**
 * What the municipality says of itself: on posters, under "More", in its
 * accessibility statement and on its privacy page.
 *
 * @import {Town} from './types.js'
 */
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t } from '../../i18n/messages.js'
import { navigate, onLeave } from '../../router.js'
import { tell } from '../dialog.js'
import { field } from '../field.js'
import { Problem } from '../problem.js'
import { page } from '../shell.js'
import * as api from './api.js'
import { colourFault, colourField } from './colourfield.js'
import { logoField } from './logo.js'
import { faultyNumbers, numberRows, trimmed } from './numbers.js'

/** @typedef {'name'|'address'|'mail'|'phone'|'officer'|'assessed'} Text */

/** A part of it that is a text, the kind of its field, and whether it has a help text. @type {[Text, string, boolean][]} */
const FIELDS = [['name', 'text', false], ['address', 'text', true], ['mail', 'email', true], ['phone', 'tel', false], ['officer', 'email', true], ['assessed', 'date', true]]

const MAIL = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/

/** @param {HTMLElement} root */
export async function view(root) {
  root.dataset.view = 'staff-admin-town'
  const [{ id, value }, logo] = await Promise.all([api.town(), api.logo()])
  /** @type {State} */
  const state = {
    input: /** @type {Town} */ ({ ...Object.fromEntries(FIELDS.map(([name]) => [name, value[name] ?? ''])), colour: value.colour ?? '', numbers: value.numbers ?? [] }),
    wrong: new Set(), wrongNumbers: new Set(), changed: false, error: '',
  }
  const release = onLeave(() => state.changed)
  /** @param {Partial<Town>} part */
  const change = (part) => {
    Object.assign(state.input, part)
    state.changed = true
    if (part.colour !== undefined || part.numbers) draw()
  }
  /** @param {SubmitEvent} event */
  const submit = async (event) => {
    event.preventDefault()
    const said = cleaned(state.input)
    Object.assign(state, { wrong: wrongIn(said), wrongNumbers: faultyNumbers(said.numbers), error: '' })
    if (state.wrong.size === 0 && state.wrongNumbers.size === 0 && !colourFault(said.colour)) {
      try {
        await api.saveTown(id, said)
        release()
        tell(t('staff.guide.saved'))
        return navigate('/staff/admin', { replace: true })
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        state.error = error.message
      }
    }
    draw()
    /** @type {HTMLElement|null} */
    const fault = root.querySelector('[aria-invalid="true"]')
    fault?.focus()
  }
  const draw = () => render(template(state, change, submit), root)
  draw()
  logoField(/** @type {HTMLElement} */ (root.querySelector('[data-part="logo"]')), logo)
}

/** @param {Town} input @returns {Town} */
const cleaned = (input) => /** @type {Town} */ ({ ...Object.fromEntries(FIELDS.map(([name]) => [name, input[name].trim()])), colour: input.colour, numbers: trimmed(input.numbers) })

/** @param {Town} said @returns {Set<Text>} */
const wrongIn = (said) => new Set(FIELDS.filter(([name, type]) => (type === 'email' && said[name] && !MAIL.test(said[name])) || (name === 'name' && !said.name)).map(([name]) => name))

/**
 * @typedef {object} State
 * @property {Town} input
 * @property {Set<Text>} wrong
 * @property {Set<number>} wrongNumbers by row
 * @property {boolean} changed
 * @property {string} error
 */

/**
 * @param {State} state
 * @param {(part: Partial<Town>) => void} change
 * @param {(event: SubmitEvent) => void} submit
 */
const template = ({ input, wrong, wrongNumbers, error }, change, submit) => page({
  title: t('staff.admin.town'),
  under: t('staff.town.intro'),
  up: { href: '/staff/admin', label: t('staff.admin.title') },
  body: html`<form class="stack loose" novalidate @submit=${submit} data-form="town">
    ${FIELDS.map(([name, type, helped]) => field({
      name, type, label: t(`staff.town.${name}`), hint: helped ? t(`staff.town.hint.${name}`) : undefined, value: input[name], max: type === 'date' ? undefined : 200,
      required: name === 'name', error: wrong.has(name) ? t(name === 'name' ? 'staff.problem.required' : 'staff.town.wrong_mail') : '', input: (text) => change({ [name]: text }),
    }))}
    ${colourField(input.colour, (colour) => change({ colour }))}
    <div data-part="logo"></div>
    ${numberRows(input.numbers, wrongNumbers, (numbers) => change({ numbers }))}
    ${error ? html`<p class="error" role="alert">${icon('triangle-alert')}<span>${error}</span></p>` : nothing}
    <p class="row"><a href="/more/accessibility">${t('town.access')}</a><a href="/more/privacy">${t('town.privacy')}</a></p>
    <div class="actionbar"><button class="button primary" data-action="save">${icon('check')}<span>${t('staff.admin.save')}</span></button></div>
  </form>`,
})
