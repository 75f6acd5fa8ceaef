/**
 * A preschool out of a spreadsheet: the file is read by the server, shown as
 * what it would make, row by row where something is wrong, and only then made.
 *
 * @import {Template} from '../../lib/html.js'
 * @import {Imported, ImportedPerson, ImportedUnit, State} from './types.js'
 */
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { langTag, localeName, t, tn } from '../../i18n/messages.js'
import { tie } from '../field.js'
import { roleName } from '../people/roles.js'
import { Problem } from '../problem.js'
import { saveFile } from '../savefile.js'
import { page } from '../shell.js'
import { tell } from '../dialog.js'
import * as api from './api.js'

/** The headings of a table, and a row that shows how it is filled. They are Swedish whoever reads: the sheet is. */
const EXAMPLE = [
  ['Enhet', 'Typ', 'Myndighet', 'Adress', 'Grupp', 'Barn', 'Årskurs', 'Namn', 'E-post', 'Roll', 'Språk'],
  ['Blåsippans förskola', 'Förskola', 'Barn- och utbildningsnämnden', 'Skogsvägen 1', 'Tallen', '18', '', 'Eva Ek', 'eva.ek@kommun.example', 'Skriver', ''],
  ['Blåsippans förskola', '', '', '', 'Granen', '16', '', '', '', '', ''],
  ['Blåsippans förskola', '', '', '', '', '', '', 'Amina Ali', 'amina.ali@kommun.example', 'Översättare', 'Arabiska, somaliska'],
]

/** What is read of a file; far more than a table needs. */
const LARGEST = 512 * 1024

/** @param {HTMLElement} root */
export async function view(root) {
  root.dataset.view = 'staff-admin-import'
  const state = { file: '', name: '', answer: /** @type {Imported|null} */ (null), busy: false, error: '' }
  const draw = () => render(template(state, acts), root)
  /** @param {boolean} apply */
  const send = async (apply) => {
    if (state.busy) return
    Object.assign(state, { busy: true, error: '' })
    draw()
    try {
      state.answer = await api.importSheet({ file: state.file, apply })
      if (state.answer.applied) tell(t('staff.import.done'))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      Object.assign(state, { error: error.message, answer: null })
    }
    state.busy = false
    draw()
    root.querySelector('h2')?.focus()
  }
  const acts = {
    choose: async (/** @type {Event} */ event) => {
      const file = /** @type {HTMLInputElement} */ (event.target).files?.[0]
      if (!file) return
      if (file.size > LARGEST) {
        Object.assign(state, { error: t('staff.import.too_large'), answer: null })
        return draw()
      }
      Object.assign(state, { file: base64(new Uint8Array(await file.arrayBuffer())), name: file.name })
      await send(false)
    },
    apply: () => send(true),
    example: () => saveFile(new Blob(['\ufeff', EXAMPLE.map((row) => row.join(';')).join('\r\n'), '\r\n'], { type: 'text/csv;charset=utf-8' }), 'folje.csv'),
  }
  draw()
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

/**
 * @param {{name: string, answer: Imported|null, busy: boolean, error: string}} state
 * @param {{choose: (event: Event) => Promise<void>, apply: () => Promise<void>, example: () => void}} acts
 */
const template = ({ name, answer, busy, error }, { choose, apply, example }) => page({
  title: t('staff.import.title'),
  under: t('staff.import.intro'),
  up: { href: '/staff/admin', label: t('staff.admin.title') },
  body: html`
    <div><button type="button" class="button" data-action="example" @click=${example}>${icon('file-text')}${t('staff.import.example')}</button></div>
    ${answer?.applied ? nothing : chooser(choose, error)}
    ${busy ? html`<p class="quiet" role="status">${icon('hourglass')}${t('staff.import.reading')}</p>` : nothing}
    ${answer ? result(answer, name, busy, apply) : nothing}`,
})

/** @param {(event: Event) => Promise<void>} choose @param {string} error */
function chooser(choose, error) {
  const tied = tie('file', { hint: 'x', error })
  return html`<div class="field"><label for=${tied.id}>${t('staff.import.file')}</label>
    <p class="hint" id="file-hint">${t('staff.import.file_hint')}</p>
    <input id=${tied.id} name="file" type="file" accept=".csv,.txt,text/csv,text/plain" aria-describedby=${tied.by} aria-invalid=${tied.invalid} @change=${choose}>
    ${error ? html`<p class="error" id="file-error" role="alert">${icon('triangle-alert')}<span>${error}</span></p>` : nothing}</div>`
}

/** @param {Imported} answer @param {string} name @param {boolean} busy @param {() => Promise<void>} apply */
const result = (answer, name, busy, apply) => html`
  <section class="stack" data-part=${answer.applied ? 'imported' : answer.errors.length > 0 ? 'faults' : 'preview'}>
    <h2 tabindex="-1">${answer.applied ? t('staff.import.done') : answer.errors.length > 0 ? tn('staff.import.errors', answer.errors.length) : t('staff.import.preview')}</h2>
    <p class="quiet small"><bdi>${name}</bdi> · ${tn('staff.import.rows', answer.rows)} · ${answer.encoding.toUpperCase()}</p>
    ${answer.ignored.length === 0 ? nothing : html`<p class="notice">${icon('info')}<span>${t('staff.import.ignored')} <bdi lang="sv">${answer.ignored.join(', ')}</bdi></span></p>`}
    ${answer.errors.length === 0 ? nothing : html`<p>${t('staff.import.nothing_made')}</p><ul class="rows card">${answer.errors.map((x) => html`<li class="growrow stack tight" data-row=${x.row}>
      <strong>${t('staff.import.row', { Row: x.row, Column: t(`staff.import.column.${x.column}`) })}</strong><span class="error">${icon('triangle-alert')}<span>${x.message}</span></span></li>`)}</ul>`}
    ${answer.units.map((unit) => unitCard(unit, answer.applied))}
    ${answer.people.length === 0 ? nothing : html`<h3>${tn('staff.import.people', answer.people.length)}</h3><ul class="rows card">${answer.people.map(personRow)}</ul>`}
    ${answer.applied || answer.errors.length > 0 ? nothing : html`<div class="actionbar"><button type="button" class="button primary" data-action="apply" aria-disabled=${busy} @click=${apply}>${icon('check')}<span>${t('staff.import.apply')}</span></button></div>`}
  </section>`

/** @param {ImportedUnit} unit @param {boolean} applied */
const unitCard = (unit, applied) => html`<article class="card stack" data-imported=${unit.name}>
  <h3><bdi lang="sv">${unit.name}</bdi> ${sign(unit.state, applied)}</h3>
  ${unit.groups.length === 0 ? nothing : html`<ul class="stack tight">${unit.groups.map((g) => html`<li><bdi lang="sv">${g.name}</bdi>${g.children ? html` · ${tn('staff.children', g.children)}` : nothing} ${sign(g.state, applied)}</li>`)}</ul>`}
  ${applied && unit.groups.length > 0 ? html`<div><a class="button primary" href="/staff/admin/units/${unit.id}/posters" data-action="posters">${icon('printer')}${t('staff.admin.posters')}</a></div>` : nothing}
</article>`

/** @param {ImportedPerson} person */
const personRow = (person) => html`<li class="growrow stack tight"><strong dir="auto">${person.name}</strong>
  <span class="small quiet"><bdi dir="ltr">${person.email}</bdi> · ${person.state === 'known' ? t('staff.import.has_account') : html`${t('staff.import.invited')} · ${person.roles.map(roleName).join(', ')}`}</span>
  ${person.state === 'known' || person.locales.length === 0 ? nothing : html`<span class="small">${icon('languages')}${person.locales.map((tag, i) => html`${i ? ', ' : ' '}<bdi lang=${langTag(tag)}>${localeName(tag)}</bdi>`)}</span>`}</li>`

/** What becomes of it, in a word. @param {State} state @param {boolean} applied @returns {Template|typeof nothing} */
const sign = (state, applied) => (applied && state === 'known' ? nothing : html`<small class="quiet">${t(`staff.import.state.${state}`)}</small>`)
