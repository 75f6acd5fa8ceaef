/**
 * The chain of help as a picture: preschool, school, youth, what begins in each
 * of them, and what goes along all the way, with a bar over the ages from 0 to
 * 20. The words say the same, so it needs no sight, and it prints.
 *
 * @import {EntryRecord} from './types.js'
 */
import { html, nothing, svg } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t } from '../../i18n/messages.js'
import { ages } from './words.js'

/** @type {{name: string, from: number, icon: string}[]} */
const STAGES = [{ name: 'preschool', from: 0, icon: 'toy-brick' }, { name: 'school', from: 6, icon: 'backpack' }, { name: 'youth', from: 13, icon: 'graduation-cap' }]
/** The guide goes from 0 to 20, both with. */
const YEARS = 21

/**
 * @param {EntryRecord[]} entries
 * @param {(entry: EntryRecord) => string} called
 */
export function chain(entries, called) {
  const linked = entries.filter((e) => e.chain.length > 0 && e.type !== 'history')
  if (linked.length === 0) return nothing
  return html`<section class="stack" data-part="chain" aria-labelledby="chain">
    <h2 id="chain">${t('staff.guide.chain')}</h2>
    <ol class="chain">${STAGES.map((stage, i) => html`<li class="stage">
      <h3>${icon(stage.icon)}<span>${t(`staff.guide.chain_${stage.name}`)}</span></h3>
      ${links(linked.filter((e) => !isAllAlong(e) && firstOf(e) === stage.name), called)}
      ${i < STAGES.length - 1 ? html`<span class="onward" aria-hidden="true">${icon('arrow-down')}</span>` : nothing}
    </li>`)}</ol>
    ${linked.some(isAllAlong) ? html`<div class="stage"><h3>${icon('footprints')}<span>${t('staff.guide.chain_all')}</span></h3>${links(linked.filter(isAllAlong), called)}</div>` : nothing}
  </section>`
}

/** Whether it goes along with a child from the first stage to the last. @param {EntryRecord} entry */
const isAllAlong = ({ chain }) => STAGES.every(({ name }) => chain.includes(name))

/** The stage that it begins in. @param {EntryRecord} entry */
const firstOf = (entry) => STAGES.find((s) => entry.chain.includes(s.name))?.name

/** @param {EntryRecord[]} entries @param {(entry: EntryRecord) => string} called */
const links = (entries, called) => html`<ul>${[...entries].sort((a, b) => a.ageFrom - b.ageFrom || a.ageTo - b.ageTo).map((e) => html`
  <li><a href="/staff/guide/${e.key}" data-chain=${e.key}><span class="link-name" lang="sv">${called(e)}</span> <small class="quiet">${ages(e)}</small>${bar(e)}</a></li>`)}</ul>`

/** @param {EntryRecord} entry */
const bar = ({ ageFrom, ageTo }) => html`<svg class="years" viewBox="0 0 ${YEARS} 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">
  <rect class="all" width=${YEARS} height="1"></rect>
  <rect class="of" x=${ageFrom} width=${ageTo - ageFrom + 1} height="1"></rect>
  ${STAGES.slice(1).map(({ from }) => svg`<line x1=${from} x2=${from} y2="1"></line>`)}</svg>`
