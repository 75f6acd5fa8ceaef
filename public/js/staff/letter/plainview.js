/**
 * How plain a letter is, beside it while it is written: one line on a phone,
 * which opens.
 *
 * @import {Content} from '../types.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t, tn } from '../../i18n/messages.js'
import { formatNumber } from '../../i18n/numbers.js'
import { checksOf, figuresOf, sentencesIn } from './readability.js'

/** Where there is room beside the text, it is open from the start. */
const WIDE = '(min-width: 60rem)'

/** @param {Content} content */
export function plainPart(content) {
  const figures = figuresOf(sentencesIn(content))
  if (!figures.level) return nothing
  const checks = checksOf(content)
  const open = checks.filter(({ well }) => !well).length
  return html`
    <details class="card plain" data-part="plain" data-level=${figures.level} ?open=${matchMedia(WIDE).matches}>
      <summary>${icon('book-open')}<span>${t(`staff.plain.${figures.level}`)}${open ? html` · <span class="quiet">${tn('staff.plain.hints', open)}</span>` : nothing}</span></summary>
      <div class="stack tight">
        <p class="quiet small" data-part="lix">${t('staff.plain.figures', { Lix: figures.lix, Mean: formatNumber(Math.round(figures.mean * 10) / 10), Long: figures.long, Words: figures.words })}</p>
        <ul class="checks">${checks.map(checkLine)}</ul>
        <p class="quiet small">${t('staff.plain.free')}</p>
      </div>
    </details>`
}

/** @param {import('./readability.js').Check} check */
const checkLine = ({ name, well, found }) => html`
  <li data-check=${name} data-well=${well}>${icon(well ? 'circle-check' : 'circle')}<div class="stack tight">
    <span>${t(`staff.plain.${name}`)}</span>
    ${found.map((words) => html`<q class="small" lang="sv" dir="auto">${words}</q>`)}</div></li>`
