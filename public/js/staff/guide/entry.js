/**
 * One entry as staff read it: how to cooperate, what is required first, who
 * signs, whom to consult, what follows; then what parents read.
 *
 * @import {Person} from '../types.js'
 * @import {EntryRecord, Kept} from './types.js'
 */
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { linkify } from '../../lib/linkify.js'
import { t } from '../../i18n/messages.js'
import { tell } from '../dialog.js'
import { Problem } from '../problem.js'
import { coordinates } from '../session.js'
import { page } from '../shell.js'
import * as api from './api.js'
import { called, load, namer } from './source.js'
import { ages, checkedOn } from './words.js'

/** What only staff read, in the order it is wanted in. */
export const NOTES = ['requires', 'consult', 'signs', 'cooperate', 'follows', 'steering', 'history']
const PARTS = ['summary', 'who', 'happens', 'cost', 'consent', 'behind', 'hours', 'more']

/**
 * @param {HTMLElement} root
 * @param {string} key
 * @param {Person} person
 */
export async function view(root, key, person) {
  root.dataset.view = 'staff-guide-entry'
  const kept = await load(person)
  const entry = kept.entries.find((e) => e.key === key)
  if (!entry) throw new Problem(404, '', t('staff.problem.not_found'))
  const named = await namer(kept.entries)
  const state = { error: '' }
  const check = async () => {
    try {
      entry.checked = (await api.checked(entry.id)).checked
      tell(t('staff.guide.checked_now'))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      state.error = error.message
    }
    draw()
  }
  const draw = () => render(template(entry, kept, named, { may: mayWrite(person, entry) && !kept.offline, check, error: state.error }), root)
  draw()
}

/** @param {Person} person @param {EntryRecord} entry */
export const mayWrite = (person, entry) => coordinates(person) || entry.owner === person.id

/**
 * @param {EntryRecord} entry
 * @param {Kept} kept
 * @param {(text: string) => string} named
 * @param {{may: boolean, check: () => void, error: string}} acts
 */
const template = (entry, kept, named, { may, check, error }) => page({
  title: called(entry, named),
  up: { href: '/staff/guide', label: t('staff.guide.title') },
  under: html`${entry.name ? html`<span lang="sv">${named(entry.title)}</span><br>` : nothing}${ages(entry)}`,
  body: html`
    ${entry.hidden || entry.audience === 'staff' ? html`<p class="fact">${icon('eye')}<span>${t(entry.type === 'history' ? 'staff.guide.is_history' : entry.audience === 'staff' ? 'staff.guide.is_staff' : 'staff.guide.is_hidden')}</span></p>` : nothing}
    ${notes(entry, named)}
    ${contacts(entry, named)}
    ${entry.parts.length > 0 ? html`<section class="stack" data-part="parents"><h2>${t('staff.guide.parents_read')}</h2>
      ${PARTS.map((part) => texts(t(`guide.part.${part}`), part === 'summary', entry.parts.filter((p) => p.part === part).map((p) => p.text), named))}</section>` : nothing}
    ${related(entry, kept, named)}
    ${error ? html`<p class="error" role="alert">${icon('triangle-alert')}<span>${error}</span></p>` : nothing}
    <p class="fact quiet">${icon('calendar-check')}<span data-checked>${checkedOn(entry.checked)}</span></p>
    <div class="row no-print">
      ${may ? html`<button type="button" class="button primary" data-action="checked" @click=${check}>${icon('check')}${t('staff.guide.check')}</button>
        <a class="button" href="/staff/guide/${entry.key}/edit" data-action="edit">${icon('pencil')}${t('staff.guide.edit')}</a>` : nothing}
      ${entry.audience === 'everyone' && !entry.hidden && !entry.sensitive ? html`<a class="button" href="/guide/${entry.key}">${icon('eye')}${t('staff.guide.as_parent')}</a>` : nothing}
      <button type="button" class="button" @click=${() => print()}>${icon('printer')}${t('guide.print')}</button>
    </div>`,
})

/** @param {EntryRecord} entry @param {(text: string) => string} named */
const notes = ({ staff }, named) => (staff.length === 0 ? nothing : html`<section class="card stack" data-part="staff">
  ${NOTES.map((part) => texts(t(`staff.guide.note.${part}`), false, staff.filter((n) => n.part === part).map((n) => n.text), named))}</section>`)

/**
 * @param {string} heading
 * @param {boolean} bare without it
 * @param {string[]} said
 * @param {(text: string) => string} named
 */
const texts = (heading, bare, said, named) => (said.length === 0 ? nothing : html`<div class="stack tight">
  ${bare ? nothing : html`<h3>${heading}</h3>`}${said.map((text) => html`<p class="typed" lang="sv" dir="auto">${linkify(named(text))}</p>`)}</div>`)

/** @param {EntryRecord} entry @param {(text: string) => string} named */
const contacts = ({ contacts: ways, place }, named) => (ways.length === 0 && !place?.name && !place?.address ? nothing : html`<section class="stack tight" data-part="contacts">
  <h2>${t('guide.reach')}</h2>
  ${ways.map(({ kind, value, label }) => html`<p class="fact">${icon(kind === 'mail' ? 'mail' : kind === 'web' ? 'external-link' : kind === 'visit' ? 'map-pin' : 'phone')}<span>${linkify(value)}${label ? html` · <span lang="sv">${named(label)}</span>` : nothing}</span></p>`)}
  ${place?.name || place?.address ? html`<p class="fact">${icon('map-pin')}<span lang="sv">${[place.name, place.address].filter(Boolean).join(', ')}</span></p>` : nothing}</section>`)

/** @param {EntryRecord} entry @param {Kept} kept @param {(text: string) => string} named */
function related(entry, { entries }, named) {
  const found = entry.related.flatMap((key) => entries.find((e) => e.key === key) ?? [])
  return found.length === 0 ? nothing : html`<section class="stack"><h2>${t('guide.related')}</h2>
    <ul class="rows card">${found.map((e) => html`<li><a class="rowlink" href="/staff/guide/${e.key}">${icon('compass')}<span class="grow" lang="sv">${called(e, named)}</span>${icon('chevron-right')}</a></li>`)}</ul></section>`
}
