/**
 * What the guide's forms are made of besides single fields: choices, ticks,
 * text that grows, and lists that rows are added to.
 *
 * @import {Template} from '../../lib/html.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t } from '../../i18n/messages.js'
import { errorLine, tie } from '../field.js'

/**
 * A choice of one.
 * @param {{name: string, label: string, value: string, choices: [string, string][], error?: string, hint?: string, change: (value: string) => void}} field
 */
export function choice({ name, label, value, choices, error, hint, change }) {
  const tied = tie(name, { hint, error })
  return html`<div class="field"><label for=${tied.id}>${label}</label>
    ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing}
    <select id=${tied.id} name=${name} aria-describedby=${tied.by} aria-invalid=${tied.invalid}
      @change=${(/** @type {Event} */ e) => change(/** @type {HTMLSelectElement} */ (e.target).value)}>
      ${choices.map(([of, words]) => html`<option value=${of} ?selected=${of === value}>${words}</option>`)}</select>
    ${errorLine(name, error)}</div>`
}

/**
 * @param {{name: string, label: string, on: boolean, hint?: string, change: (on: boolean) => void}} field
 */
export const tick = ({ name, label, on, hint, change }) => html`<label class="check"><input type="checkbox" name=${name} .checked=${on}
  @change=${(/** @type {Event} */ e) => change(/** @type {HTMLInputElement} */ (e.target).checked)}><span>${label}${hint ? html`<br><small class="quiet">${hint}</small>` : nothing}</span></label>`

/**
 * A Swedish text that grows with what is typed.
 * @param {{name: string, label: string, value: string, error?: string, hint?: string, change: (value: string) => void}} field
 */
export function growing({ name, label, value, error, hint, change }) {
  const tied = tie(name, { hint, error })
  return html`<div class="field"><label for=${tied.id}>${label}</label>
    ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing}
    <div class="growing" data-text=${value}><textarea id=${tied.id} name=${name} rows="1" lang="sv" dir="auto" aria-describedby=${tied.by} aria-invalid=${tied.invalid}
      .value=${value} @input=${(/** @type {Event} */ e) => change(/** @type {HTMLTextAreaElement} */ (e.target).value)}></textarea></div>
    ${errorLine(name, error)}</div>`
}

/**
 * A list whose rows can be moved, taken out and added.
 * @template T
 * @param {object} list
 * @param {string} list.name its data-list
 * @param {string} list.title
 * @param {string} [list.hint]
 * @param {string} [list.error]
 * @param {T[]} list.rows
 * @param {() => T} list.fresh
 * @param {string} list.add what the button says that adds one
 * @param {(row: T, i: number, change: (part: Partial<T>) => void) => Template} list.draw
 * @param {(rows: T[]) => void} list.change
 */
export function rowsOf({ name, title, hint, error, rows, fresh, add, draw, change }) {
  /** @param {number} i @param {Partial<T>} part */
  const edit = (i, part) => change(rows.map((row, n) => (n === i ? { ...row, ...part } : row)))
  /** @param {number} i @param {number} by */
  const move = (i, by) => {
    const moved = [...rows]
    moved.splice(i + by, 0, ...moved.splice(i, 1))
    change(moved)
  }
  return html`<fieldset class="stack" data-list=${name}>
    <legend class="label">${title}</legend>
    ${hint ? html`<p class="hint quiet">${hint}</p>` : nothing}
    ${errorLine(name, error)}
    ${rows.map((row, i) => html`<div class="growrow" data-row=${i}>${draw(row, i, (part) => edit(i, part))}
      <div class="tools">
        <button type="button" class="button small" data-action="up" ?disabled=${i === 0} @click=${() => move(i, -1)}>${icon('arrow-up')}<span class="visually-hidden">${t('staff.guide.row_up')}</span></button>
        <button type="button" class="button small" data-action="down" ?disabled=${i === rows.length - 1} @click=${() => move(i, 1)}>${icon('arrow-down')}<span class="visually-hidden">${t('staff.guide.row_down')}</span></button>
        <button type="button" class="button small" data-action="remove" @click=${() => change(rows.filter((_, n) => n !== i))}>${icon('x')}<span>${t('staff.guide.row_remove')}</span></button>
      </div></div>`)}
    <div><button type="button" class="button" data-action="add" @click=${() => change([...rows, fresh()])}>${icon('plus')}<span>${add}</span></button></div>
  </fieldset>`
}
