/**
 * Slips to be cut apart, one for each guardian, with a code that lets one
 * phone in. The codes are seen once, here.
 *
 * @import {Group, Slips} from '../types.js'
 */
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { langTag, LOCALES, SOURCE, t, tn } from '../../i18n/messages.js'
import { logoPicture } from '../../lib/logo.js'
import * as api from '../api.js'
import { ask, tell } from '../dialog.js'
import { errorLine } from '../field.js'
import { Problem } from '../problem.js'
import { qrCode } from '../qr.js'
import { page } from '../shell.js'
import { sourceDate, sourceText } from '../source.js'

/** How many are offered to begin with: about a group's guardians. */
const USUAL = 20

/**
 * @typedef {object} State
 * @property {Group} group
 * @property {string} letter that the codes lead to, or ""
 * @property {string} count as typed
 * @property {string} language or "" for all
 * @property {Slips|null} made
 * @property {string} once said in Swedish
 * @property {string} expires said in Swedish
 * @property {boolean} busy
 * @property {string} error
 * @property {string} fault at the field
 */

/**
 * @param {HTMLElement} root
 * @param {string} id the group's
 */
export async function view(root, id) {
  root.dataset.view = 'staff-slips'
  const letter = new URLSearchParams(location.search).get('letter') ?? ''
  /** @type {State} */
  const state = { group: await api.group(id), letter, count: String(USUAL), language: '', made: null, once: '', expires: '', busy: false, error: '', fault: '' }
  const draw = () => render(template(state, acts), root)

  /** @param {() => Promise<void>} work */
  async function run(work) {
    if (state.busy) return
    Object.assign(state, { busy: true, error: '', fault: '' })
    draw()
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      Object.assign(state, { fault: error.fields.count?.message ?? '', error: error.fields.count ? '' : error.message })
    }
    state.busy = false
    draw()
    if (state.fault) document.getElementById('field-count')?.focus()
  }

  const acts = {
    set: (/** @type {Partial<State>} */ part) => {
      Object.assign(state, part)
      draw()
    },
    make: (/** @type {Event} */ event) => {
      event.preventDefault()
      run(async () => {
        const made = await api.slips(id, Number(state.count) || 0, letter)
        const expires = await sourceText('poster.expires', { Date: sourceDate(made.slips[0].expires, { year: 'numeric' }) })
        Object.assign(state, { made, expires })
      })
    },
    end: async () => {
      if (!await ask({ name: 'end-slips', title: t('staff.slips.end_title'), text: t('staff.slips.end_text'), yes: t('staff.slips.end'), action: 'end-slips-confirm', danger: true })) return
      await run(async () => {
        await api.endSlips(id)
        state.made = null
        tell(t('staff.slips.ended'))
      })
    },
  }
  draw()
}

/**
 * @param {State} state
 * @param {{set: (part: Partial<State>) => void, make: (event: Event) => void, end: () => void}} acts
 */
const template = (state, acts) => html`
  <div class="no-print">${page({
    title: t('staff.slips.title'),
    under: html`<span dir="auto">${state.group.name}</span>`,
    up: state.letter ? { href: `/staff/letters/${state.letter}/reach`, label: t('staff.reach.title') } : { href: `/staff/groups/${state.group.id}/invite`, label: t('staff.invite.title') },
    body: html`
      ${state.error ? html`<p class="notice bad" role="alert">${icon('triangle-alert')}<span>${state.error}</span></p>` : nothing}
      <p class="narrow">${t('staff.slips.intro')}</p>
      ${form(state, acts)}
      ${state.made ? html`
        <div class="notice good" role="status" data-part="made">${icon('circle-check')}<p>${tn('staff.slips.made', state.made.slips.length)}</p></div>
        <p><button type="button" class="button primary" data-action="print" @click=${() => window.print()}>${icon('printer')}${t('staff.slips.print')}</button></p>` : nothing}
      <p><button type="button" class="button danger" data-action="end-slips" @click=${acts.end}>${icon('x')}${t('staff.slips.end')}</button></p>`,
  })}</div>
  ${state.made ? html`<div class="sheets">${papers(state, state.made)}</div>` : nothing}`

/** @param {State} state @param {{set: (part: Partial<State>) => void, make: (event: Event) => void}} acts */
const form = ({ count, language, fault, busy, made }, { set, make }) => html`
  <form class="stack narrow" novalidate @submit=${make}>
    <div class="field">
      <label for="field-count">${t('staff.slips.count')}</label>
      <input id="field-count" name="count" type="number" inputmode="numeric" min="1" max="60" .value=${count} aria-invalid=${fault ? 'true' : nothing}
        aria-describedby=${fault ? 'count-error' : nothing} @input=${(/** @type {Event} */ e) => set({ count: /** @type {HTMLInputElement} */ (e.target).value })}>
      ${errorLine('count', fault)}
    </div>
    <div class="field">
      <label for="field-language">${t('staff.slips.language')}</label>
      <select id="field-language" name="language" @change=${(/** @type {Event} */ e) => set({ language: /** @type {HTMLSelectElement} */ (e.target).value })}>
        <option value="" ?selected=${language === ''}>${t('staff.slips.all')}</option>
        ${LOCALES.map((l) => html`<option value=${l.tag} lang=${langTag(l.tag)} dir=${l.dir} ?selected=${l.tag === language}>${l.name}</option>`)}
      </select>
    </div>
    <button type="submit" class=${made ? 'button' : 'button primary'} data-action="make-slips" aria-disabled=${busy}>${icon(busy ? 'hourglass' : 'plus')}${t(busy ? 'staff.saving' : 'staff.slips.make')}</button>
  </form>`

/** Sheets of four slips in all languages, or of eight in one and Swedish. @param {State} state @param {Slips} made */
function papers({ language, expires }, made) {
  const lines = made.lines.filter((l) => language === '' || l.locale === language || l.locale === SOURCE)
    .sort((a, b) => Number(b.locale === language) - Number(a.locale === language))
  const each = language === '' ? 4 : 8
  const sheets = []
  for (let i = 0; i < made.slips.length; i += each) sheets.push(made.slips.slice(i, i + each))
  return sheets.map((some) => html`
    <article class=${language === '' ? 'slip-sheet all' : 'slip-sheet'} lang=${SOURCE} dir="ltr">
      ${some.map((slip) => html`
        <section class="slip">
          <header>${made.logo ? logoPicture(made.logo, made.municipality) : nothing}<span>${made.unit}</span><strong>${made.group}</strong></header>
          ${qrCode(slip.qr, t('poster.qr', { Name: made.group }))}
          <div class="typed"><span>${made.address}</span> <span class="code">${slip.code}</span><span class="until">${expires}</span></div>
          <ul>${lines.map((line) => html`<li lang=${langTag(line.locale)} dir=${line.dir}>${line.text}${language === '' && line.locale !== SOURCE ? nothing : html` <span>${line.once}</span>`}</li>`)}</ul>
        </section>`)}
    </article>`)
}
