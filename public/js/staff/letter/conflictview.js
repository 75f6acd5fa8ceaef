/**
 * Two people saved one letter: both texts, side by side, and her choice.
 *
 * @import {Row, Choice} from './merge.js'
 * @import {Block} from '../types.js'
 * @import {Writing} from './writing.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatDate, t } from '../../i18n/messages.js'
import { undecided } from './merge.js'

/**
 * @param {Writing} writing in a conflict
 * @param {() => void} draw
 */
export function conflictView(writing, draw) {
  const open = writing.rows.filter((r) => !r.same)
  const all = (/** @type {Choice} */ choice) => {
    for (const row of open) row.choice = choice
    draw()
  }
  return html`
    <section class="conflict stack loose" data-part="conflict" aria-labelledby="conflict-title">
      <div class="notice late">${icon('merge')}
        <div class="stack tight">
          <h2 id="conflict-title">${t('staff.conflict.title')}</h2>
          <p>${t('staff.conflict.text', { Time: formatDate(writing.theirs?.updated ?? '', 'heard') })}</p>
        </div>
      </div>
      <div class="row">
        <button type="button" class="button" data-action="all-mine" @click=${() => all('mine')}>${t('staff.conflict.all_mine')}</button>
        <button type="button" class="button" data-action="all-theirs" @click=${() => all('theirs')}>${t('staff.conflict.all_theirs')}</button>
      </div>
      ${writing.rows.map((row) => (row.same ? sameRow(row) : differingRow(row, draw)))}
      ${undecided(writing.rows).length ? html`<p class="quiet" role="status">${t('staff.conflict.waiting')}</p>` : nothing}
    </section>`
}

/** What ends the conflict, once every part is chosen. @param {Writing} writing */
export const settleButton = (writing) => html`
  <button type="button" class="button primary" data-action="settle" ?disabled=${undecided(writing.rows).length > 0} @click=${() => writing.settle()}>${icon('check')}${t('staff.conflict.settle')}</button>`

/** @param {Row} row */
const nameOf = ({ id, mine, theirs }) =>
  id === 'title' || id === 'question' ? t(`staff.letter.${id}`) : t(`staff.kind.${(mine ?? theirs)?.kind ?? 'paragraph'}`)

/** @param {Row} row */
const sameRow = (row) => row.mine?.text.trim()
  ? html`<p class="conflict-same quiet" lang="sv" dir="auto">${row.mine.text}</p>`
  : nothing

/** @param {Row} row @param {() => void} draw */
function differingRow(row, draw) {
  /** @param {Choice} choice */
  const choose = (choice) => {
    row.choice = choice
    draw()
  }
  const keepBoth = row.mine && row.theirs && row.id !== 'title' && row.id !== 'question'
  return html`
    <fieldset class="conflict-row" data-row=${row.id}>
      <legend>${nameOf(row)}</legend>
      <div class="sides">
        ${side(row, 'mine', row.mine, choose)}
        ${side(row, 'theirs', row.theirs, choose)}
      </div>
      ${keepBoth ? html`<label class="check"><input type="radio" name="choice.${row.id}" value="both" .checked=${row.choice === 'both'} @change=${() => choose('both')}><span>${t('staff.conflict.both')}</span></label>` : nothing}
    </fieldset>`
}

/** @param {Row} row @param {'mine'|'theirs'} whose @param {Block|null} block @param {(choice: Choice) => void} choose */
const side = (row, whose, block, choose) => html`
  <label class="card side" ?data-chosen=${row.choice === whose || row.choice === 'both'}>
    <span class="check"><input type="radio" name="choice.${row.id}" value=${whose} .checked=${row.choice === whose} @change=${() => choose(whose)}><strong>${t(`staff.conflict.${whose}`)}</strong></span>
    ${block ? html`<span class="typed" lang="sv" dir="auto">${block.text || '–'}</span>` : html`<span class="quiet">${t('staff.conflict.gone')}</span>`}
  </label>`
