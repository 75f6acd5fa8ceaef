/**
 * Finding letters and meetings of her units by a word. What is searched is on
 * this computer, so that it also works without a network.
 *
 * @import {Letter, Meeting, Person} from './types.js'
 */
import { finder } from '../data/textsearch.js'
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { formatDate, t, tn } from '../i18n/messages.js'
import * as api from './api.js'
import { field } from './field.js'
import { fresh } from './fresh.js'
import { page } from './shell.js'
import { isPublic } from './steps.js'

/** More than these are not listed: another word helps more than a long list. */
const MOST = 30

/** What a word is worth by where it stands. */
const WORTH = { title: 4, question: 3, groups: 2, text: 1 }

/**
 * @typedef {object} Found a letter or a meeting, as it is kept and listed
 * @property {string} id
 * @property {'letters'|'meetings'} kind
 * @property {string} title
 * @property {string} question
 * @property {string} text
 * @property {string} groups names
 * @property {string} date of the meeting, of publishing, or of the last change
 * @property {boolean} draft
 */

/**
 * @param {HTMLElement} root
 * @param {string} _
 * @param {Person} person
 */
export async function view(root, _, person) {
  root.dataset.view = 'staff-search'
  const { value: all, at } = await fresh(person.id, 'search', gather)
  const find = finder(all.map((f) => ({ id: f.id, title: f.title, question: f.question, groups: f.groups, text: f.text })), WORTH)
  const byID = new Map(all.map((f) => [f.id, f]))
  let query = ''
  const look = (/** @type {string} */ words) => {
    query = words
    draw()
  }
  const draw = () => render(template({ all, at, query, found: find(query).map((id) => /** @type {Found} */ (byID.get(id))) }, look), root)
  draw()
  const input = /** @type {HTMLInputElement|null} */ (root.querySelector('[name=words]'))
  input?.focus()
}

/** @returns {Promise<Found[]>} latest first */
async function gather() {
  const [groups, letters, meetings] = await Promise.all([api.groups(), api.allLetters(), api.allMeetings()])
  const names = (/** @type {string[]} */ ids) => groups.filter((g) => ids.includes(g.id)).map((g) => g.name).join(', ')
  return [...letters.map((l) => ofLetter(l, names(l.groups))), ...meetings.map((m) => ofMeeting(m, names(m.groups)))]
    .sort((a, b) => b.date.localeCompare(a.date))
}

/** @param {Letter} letter @param {string} groups @returns {Found} */
const ofLetter = (letter, groups) => ({
  id: letter.id, kind: 'letters', title: letter.title, question: letter.question, text: (letter.blocks ?? []).map((b) => b.text).join(' '), groups,
  date: letter.published || letter.updated, draft: !isPublic(letter),
})

/** @param {Meeting} meeting @param {string} groups @returns {Found} */
const ofMeeting = (meeting, groups) => ({
  id: meeting.id, kind: 'meetings', title: meeting.title, question: meeting.question, text: `${meeting.information} ${meeting.place} ${meeting.heldBy}`, groups,
  date: meeting.starts, draft: false,
})

/** @param {{all: Found[], at: string|null, query: string, found: Found[]}} state @param {(words: string) => void} look */
const template = ({ all, at, query, found }, look) => page({
  title: t('staff.search.title'),
  up: { href: '/staff', label: t('staff.home.title') },
  body: html`
    ${at ? html`<p class="notice late" role="status" data-part="kept">${icon('wifi-off')}<span>${t('staff.kept.offline', { Time: formatDate(at, 'heard') })}</span></p>` : nothing}
    <form role="search" class="narrow" @submit=${(/** @type {Event} */ e) => e.preventDefault()}>
      ${field({ name: 'words', label: t('staff.search.label'), type: 'search', value: query, input: look })}
    </form>
    <p class="quiet" role="status" data-part="found">${query.trim() ? tn('staff.search.found', found.length) : t(all.length ? 'staff.search.hint' : 'staff.search.nothing')}</p>
    ${found.length ? html`<ul class="rows card">${found.slice(0, MOST).map(row)}</ul>` : nothing}`,
})

/** @param {Found} found */
const row = ({ id, kind, title, question, groups, date, draft }) => html`
  <li><a class="rowlink" href="/staff/${kind}/${id}${kind === 'letters' && !draft ? '/preview' : ''}" data-found=${id}>
    ${icon(kind === 'letters' ? (draft ? 'pencil' : 'mail') : 'calendar')}
    <span class="grow"><span lang="sv" dir="auto">${title || (kind === 'meetings' ? t('staff.meeting.title', { Date: formatDate(date, 'date') }) : t('staff.letter.untitled'))}</span>
      ${question ? html`<small lang="sv" dir="auto">${question}</small>` : nothing}
      <small class="quiet">${draft ? t('staff.letters.changed', { Date: formatDate(date, 'heard') }) : formatDate(date, 'date')} · <bdi lang="sv">${groups}</bdi></small></span>
    ${icon('chevron-right')}</a></li>`
