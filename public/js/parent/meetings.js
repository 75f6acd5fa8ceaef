/** All meetings on this phone, as a list or in a calendar: those to come first, those that were below. */
import { withDB } from '../data/db.js'
import { isOver, meetings } from '../data/meetings.js'
import { SOURCE, formatDate, locale, t } from '../i18n/messages.js'
import { html, nothing, render, repeat } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { stateOf } from '../lib/state.js'
import { leaf } from './leaf.js'
import { freshMonth, month } from './month.js'
import { hours, meetingMarks, nameOf } from './occasion.js'
import { paragraphDir, run } from './sentences.js'

/** @typedef {import('../data/meetings.js').Meeting} Meeting */
/** @typedef {{shape: 'list' | 'month', group: string, month: import('./month.js').Chosen | null}} State group: a name, or "" for all */

/** @type {import('../routes.js').View} */
export async function view(path, root) {
  const state = stateOf(root, () => /** @type {State} */ ({ shape: 'list', group: '', month: null }))
  const [all, groups] = await Promise.all([meetings(locale()), withDB((db) => db.getAll('groups'))])
  const redraw = () => view(path, root)
  const names = [...new Set(all.flatMap((m) => m.groups))]
  if (!names.includes(state.group)) state.group = ''
  const wanted = state.group ? all.filter((m) => m.groups.includes(state.group)) : all
  render(html`<div class="stack loose">
    <h1>${t('meetings.title')}</h1>
    ${all.length > 0 ? html`<div class="stack">${shapes(state, redraw)}${names.length > 1 ? groupChoice(names, state, redraw) : nothing}</div>` : nothing}
    ${state.shape === 'month' && all.length > 0 ? month(wanted, state.month ??= freshMonth(wanted), redraw, row) : lists(wanted, groups.length > 0)}
    <div class="stack tight">
      ${groups.length > 0 ? way('/wishes', 'lightbulb', 'wish.title') : nothing}
      ${way('/plan', 'book-open', 'plan.title')}
      ${way('/activities', 'users', 'activities.title')}
    </div>
    ${state.shape === 'list' ? past(wanted) : nothing}
  </div>`, root)
}

/**
 * @param {Meeting[]} all
 * @param {boolean} joined
 */
function lists(all, joined) {
  const coming = all.filter((m) => !isOver(m))
  return coming.length > 0 ? html`<ol class="meetings">${repeat(coming, (m) => m.id, row)}</ol>` : joined ? nothingYet() : noGroup()
}

/** @param {Meeting[]} all */
function past(all) {
  const over = all.filter((m) => isOver(m)).reverse()
  return over.length > 0 ? html`<section class="stack" aria-labelledby="over"><h2 id="over">${t('meetings.over')}</h2>
      <ol class="meetings over">${repeat(over, (m) => m.id, row)}</ol></section>` : nothing
}

/** @param {string} href @param {string} sign @param {string} label */
const way = (href, sign, label) => html`<a class="button choice" href=${href}>${icon(sign)}<span>${t(label)}</span>${icon('chevron-right')}</a>`

/** @param {State} state @param {() => Promise<void>} redraw */
function shapes(state, redraw) {
  /** @param {State['shape']} shape @param {string} sign */
  const choice = (shape, sign) => html`<button type="button" data-shape=${shape} aria-pressed=${state.shape === shape ? 'true' : 'false'} @click=${() => {
    state.shape = shape
    redraw()
  }}>${icon(sign)}<span>${t(`meetings.${shape}`)}</span></button>`
  return html`<div class="modes" role="group" aria-label=${t('meetings.view')}>${choice('list', 'list')}${choice('month', 'calendar')}</div>`
}

/** @param {string[]} names @param {State} state @param {() => Promise<void>} redraw */
function groupChoice(names, state, redraw) {
  /** @param {Event} event */
  const choose = (event) => {
    state.group = /** @type {HTMLSelectElement} */ (event.target).value
    state.month = null
    redraw()
  }
  return html`<div class="field"><label for="of">${t('meetings.group')}</label><select id="of" dir="auto" @change=${choose}>
    <option value="" ?selected=${state.group === ''}>${t('meetings.all_groups')}</option>
    ${names.map((name) => html`<option value=${name} lang=${SOURCE} ?selected=${name === state.group}>${name}</option>`)}</select></div>`
}

/** @param {Meeting} meeting */
function row(meeting) {
  return html`<li><a class="meeting-row" href=${`/meetings/${meeting.id}`} data-meeting=${meeting.id}>
    ${leaf(meeting.starts, meeting.cancelled !== '' || isOver(meeting))}
    <div class="stack tight">
      <h3>${nameOf(meeting)}</h3>
      <p class="small"><span class="visually-hidden">${formatDate(meeting.starts, 'weekday')} </span>${hours(meeting)}${meeting.place ? html` · <bdi lang=${SOURCE}>${meeting.place}</bdi>` : nothing}</p>
      <p class="quiet small"><bdi lang=${SOURCE}>${meeting.groups.join(', ')}</bdi></p>
      ${meeting.question.length > 0 && !isOver(meeting) ? html`<p class="teaser" dir=${paragraphDir(meeting.question)}>${run(meeting.question)}</p>` : nothing}
      <p class="row small marks">${meetingMarks(meeting)}</p>
    </div></a></li>`
}

const nothingYet = () => html`<div class="empty">${icon('calendar')}<p>${t('meetings.none')}</p></div>`

function noGroup() {
  return html`<div class="empty">${icon('calendar')}<p>${t('meetings.no_group')}</p>
    <a class="button primary" href="/join">${icon('qr-code')}<span>${t('welcome.code')}</span></a></div>`
}
