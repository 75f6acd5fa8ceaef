/**
 * Who does what: the whole guide for any member of staff, with what parents
 * don't read, and what has ended. To find by words, and by age in the chain.
 *
 * @import {Found} from '../../data/guidesearch.js'
 * @import {Person} from '../types.js'
 * @import {DueAnswer, EntryRecord, Kept} from './types.js'
 */
import { indexOf } from '../../data/guidesearch.js'
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatDate, t, tn } from '../../i18n/messages.js'
import { coordinates, has } from '../session.js'
import { account, page, places } from '../shell.js'
import * as api from './api.js'
import { chain } from './chain.js'
import { asGuide, called, load, namer } from './source.js'
import { ages, checkedOn } from './words.js'

/** In the order they are listed. @type {{name: string, icon: string, of: (entry: EntryRecord) => boolean}[]} */
const SECTIONS = [
  { name: 'services', icon: 'heart-handshake', of: (e) => e.type === 'service' && e.audience === 'everyone' },
  { name: 'staff_only', icon: 'users', of: (e) => e.type !== 'history' && e.audience === 'staff' },
  { name: 'knowledge', icon: 'book-open', of: (e) => e.type === 'knowledge' && e.audience === 'everyone' },
  { name: 'history', icon: 'clock', of: (e) => e.type === 'history' },
]

/**
 * @param {HTMLElement} root
 * @param {string} _
 * @param {Person} person
 */
export async function view(root, _, person) {
  root.dataset.view = 'staff-guide'
  const kept = await load(person)
  const named = await namer(kept.entries)
  const find = indexOf(asGuide(kept, named))
  const state = { query: '', due: /** @type {DueAnswer|null} */ (null) }
  const draw = () => render(template(person, kept, named, state, found(kept, find, state.query), look), root)
  /** @param {string} query */
  const look = (query) => {
    state.query = query
    draw()
  }
  draw()
  if (kept.offline) return
  state.due = await api.overdue()
  draw()
}

/**
 * @param {Kept} kept
 * @param {(query: string) => Found} find
 * @param {string} query
 * @returns {EntryRecord[]|null} null while nothing is sought
 */
const found = ({ entries }, find, query) => (query.trim()
  ? find(query).entries.flatMap(({ id }) => entries.find((e) => e.id === id) ?? []) : null)

/**
 * @param {Person} person
 * @param {Kept & {offline: boolean}} kept
 * @param {(text: string) => string} named
 * @param {{query: string, due: DueAnswer|null}} state
 * @param {EntryRecord[]|null} result
 * @param {(query: string) => void} look
 */
const template = (person, kept, named, { query, due }, result, look) => page({
  title: t('staff.guide.title'),
  up: { href: '/staff', label: t('staff.home.work') },
  under: t('staff.guide.intro'),
  body: html`
    ${places(person, 'guide')}
    ${kept.offline ? html`<p class="notice late" role="status" data-kept>${icon('wifi-off')}<span>${t('staff.guide.kept', { Time: formatDate(kept.at, 'heard') })}</span></p>` : nothing}
    ${search(query, result, look)}
    ${result ? list(result, named) : html`
      ${due?.entries.length ? dueList(due) : nothing}
      ${chain(kept.entries, (e) => called(e, named))}
      ${SECTIONS.map((section) => sectionOf(section, kept.entries.filter(section.of), named))}
      ${kept.entries.length === 0 ? html`<div class="empty">${icon('compass')}<p>${t('staff.guide.none')}</p></div>` : nothing}
      ${tools(person)}`}
    ${account(person)}`,
})

/**
 * @param {string} query
 * @param {EntryRecord[]|null} result
 * @param {(query: string) => void} look
 */
const search = (query, result, look) => html`<form class="field no-print" role="search" @submit=${(/** @type {Event} */ e) => e.preventDefault()}>
  <label for="staff-guide-search">${t('staff.guide.search')}</label>
  <input id="staff-guide-search" type="search" autocomplete="off" spellcheck="false" dir="auto" .value=${query}
    @input=${(/** @type {Event} */ e) => look(/** @type {HTMLInputElement} */ (e.target).value)}>
  <p class="hint" role="status">${result ? tn('guide.found', result.length) : nothing}</p>
</form>`

/**
 * @param {typeof SECTIONS[number]} section
 * @param {EntryRecord[]} entries
 * @param {(text: string) => string} named
 */
const sectionOf = ({ name }, entries, named) => (entries.length === 0 ? nothing : html`
  <section class="stack" data-section=${name}><h2>${t(`staff.guide.${name}`)}</h2>${list(entries, named)}</section>`)

/** @param {EntryRecord[]} entries @param {(text: string) => string} named */
const list = (entries, named) => html`<ul class="rows card">${entries.map((e) => html`<li>
  <a class="rowlink" href="/staff/guide/${e.key}" data-entry=${e.key}>${icon(SECTIONS.find((s) => s.of(e))?.icon ?? 'compass')}
    <span class="grow"><strong lang="sv">${called(e, named)}</strong>${e.name ? html`<small lang="sv">${named(e.title)}</small>` : nothing}
      <small class="quiet">${ages(e)}${e.hidden ? html` · ${t('staff.guide.hidden')}` : nothing}</small></span>${icon('chevron-right')}</a></li>`)}</ul>`

/** @param {DueAnswer} due */
const dueList = ({ entries }) => html`<section class="stack" data-part="due">
  <h2>${t('staff.guide.due')}</h2><p class="quiet">${t('staff.guide.due_why')}</p>
  <ul class="rows card">${entries.map((d) => html`<li><a class="rowlink waiting" href="/staff/guide/${d.key}" data-due=${d.key}>${icon('calendar-check')}
    <span class="grow"><strong lang="sv">${d.name || d.title}</strong><small class="quiet">${checkedOn(d.checked)}${d.owner ? html` · <bdi>${d.owner.name}</bdi>` : nothing}</small></span>
    ${icon('chevron-right')}</a></li>`)}</ul></section>`

/** What those do who keep the guide. @param {Person} person */
const tools = (person) => html`<div class="row no-print">
  ${coordinates(person) ? html`<a class="button" href="/staff/guide/new" data-action="new">${icon('plus')}${t('staff.guide.new')}</a>
    <a class="button" href="/staff/guide/worries" data-action="worries">${icon('pencil')}${t('staff.guide.worries')}</a>` : nothing}
  ${has(person, 'steget', 'admin') ? html`<a class="button" href="/staff/guide/groups" data-action="groups">${icon('users')}${t('staff.guide.groups')}</a>` : nothing}
  ${has(person, 'admin') ? html`<a class="button" href="/staff/guide/settings" data-action="settings">${icon('sliders-horizontal')}${t('staff.guide.settings')}</a>` : nothing}
  <button type="button" class="button" @click=${() => print()}>${icon('printer')}${t('guide.print')}</button>
</div>`
