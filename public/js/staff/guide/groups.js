/**
 * The term's support groups, for those who lead them. In a small town weekday,
 * time and free places can tell who a child is: nothing of them is published
 * unless it is chosen here, each for itself.
 *
 * @import {Editing} from './editing.js'
 * @import {Acts} from './listform.js'
 * @import {EntryRecord, GroupRecord} from './types.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t } from '../../i18n/messages.js'
import { field } from '../field.js'
import { page } from '../shell.js'
import * as api from './api.js'
import { conflict } from './conflict.js'
import { choice, growing, tick } from './controls.js'
import { idOf } from './input.js'
import { listForm } from './listform.js'
import { ages } from './words.js'

/** @typedef {Omit<GroupRecord, 'id'|'base'>} Input */

const PUBLISH = ['weekday', 'time', 'places']

/** @param {GroupRecord|null} r @param {string} entry of a new one @returns {Input} */
const inputOf = (r, entry) => ({
  entry: r?.entry ?? entry, title: r?.title ?? '', information: r?.information ?? '', ageFrom: r?.ageFrom ?? 6, ageTo: r?.ageTo ?? 12, period: r?.period ?? '',
  from: r?.from ?? '', to: r?.to ?? '', weekday: r?.weekday ?? 0, starts: r?.starts ?? '', ends: r?.ends ?? '', places: r?.places ?? 0, publish: r?.publish ?? [], hidden: r?.hidden ?? false,
})

/** @param {string} name a field's */
const label = (name) => t(`staff.guide.group.${idOf(name)}`)

/** @param {HTMLElement} root */
export async function view(root) {
  root.dataset.view = 'staff-guide-groups'
  const entries = (await api.entries()).filter((e) => e.sensitive)
  await listForm(root, {
    collection: 'support_groups', inputOf: (/** @type {GroupRecord|null} */ group) => inputOf(group, entries[0]?.id ?? ''), read: api.groups, removing: ['staff.guide.remove_group', 'staff.guide.remove_group_text'],
    template: (groups, editing, acts) => template(entries, groups, editing, acts),
  })
}

/**
 * @param {EntryRecord[]} entries that have groups
 * @param {GroupRecord[]} groups
 * @param {Editing<Input>|null} editing
 * @param {Acts<Input>} acts
 */
const template = (entries, groups, editing, acts) => page({
  title: t('staff.guide.groups'),
  up: { href: '/staff/guide', label: t('staff.guide.title') },
  under: t('staff.guide.groups_intro'),
  body: html`
    ${editing && !editing.id ? form(editing, entries, acts) : html`<div><button type="button" class="button primary" data-action="new" @click=${() => acts.open(null)}>${icon('plus')}${t('staff.guide.new_group')}</button></div>`}
    <ul class="rows card">${groups.map((g) => html`<li>${editing?.id === g.id ? form(editing, entries, acts)
      : html`<button type="button" class="guide-row rowlink" data-group=${g.id} @click=${() => acts.open(g)}>${icon('pencil')}<span class="grow" lang="sv">${g.title}
        <small class="quiet">${ages(g)} · ${g.period}</small><small class="quiet">${published(g)}</small></span></button>`}</li>`)}</ul>`,
})

/** @param {GroupRecord} group */
const published = ({ publish, hidden }) => (hidden ? t('staff.guide.hidden') : publish.length === 0 ? t('staff.guide.publishes_none') : t('staff.guide.publishes', { What: publish.map((p) => label(p)).join(', ') }))

/**
 * @param {Editing<Input>} editing
 * @param {EntryRecord[]} entries
 * @param {Acts<Input>} acts
 */
function form(editing, entries, { change, choose, submit, remove, close }) {
  const { input, fields } = editing
  /** @param {keyof Input} name @param {string} [type] */
  const line = (name, type = 'text') => field({ name, label: label(name), type, value: String(input[name] || ''), error: fields[name]?.message, lang: type === 'text' ? 'sv' : undefined, input: (value) => change({ [name]: type === 'number' ? Number(value) : value }) })
  /** @param {string} what @param {boolean} on */
  const put = (what, on) => change({ publish: on ? [...input.publish, what] : input.publish.filter((x) => x !== what) })
  return html`<form class="growrow" novalidate @submit=${submit} data-group-form>
    ${conflict(editing, label, choose)}
    ${choice({ name: 'entry', label: label('entry'), value: input.entry, error: fields.entry?.message, choices: entries.map((e) => [e.id, e.name || e.title]), change: (entry) => change({ entry }) })}
    ${line('title')}
    ${growing({ name: 'information', label: label('information'), value: input.information, error: fields.information?.message, change: (information) => change({ information }) })}
    <div class="row fields">${line('ageFrom', 'number')}${line('ageTo', 'number')}</div>
    <div class="row fields">${line('period')}${line('from', 'date')}${line('to', 'date')}</div>
    <div class="row fields">
      ${choice({ name: 'weekday', label: label('weekday'), value: String(input.weekday), error: fields.weekday?.message, choices: [['0', '–'], ...[1, 2, 3, 4, 5, 6, 7].map((d) => /** @type {[string, string]} */ ([String(d), t(`date.weekday.${d}`)]))], change: (d) => change({ weekday: Number(d) }) })}
      ${line('starts', 'time')}${line('ends', 'time')}${line('places', 'number')}
    </div>
    <fieldset class="stack tight"><legend class="label">${t('staff.guide.publish')}</legend>
      <p class="notice late">${icon('triangle-alert')}<span>${t('staff.guide.publish_why')}</span></p>
      <div class="checks">${PUBLISH.map((what) => tick({ name: `publish-${what}`, label: label(what), on: input.publish.includes(what), change: (on) => put(what, on) }))}</div>
      ${fields.publish ? html`<p class="error">${icon('triangle-alert')}<span>${fields.publish.message}</span></p>` : nothing}</fieldset>
    ${tick({ name: 'hidden', label: t('staff.guide.field.hidden'), on: input.hidden, change: (hidden) => change({ hidden }) })}
    ${editing.error ? html`<p class="error" role="alert">${icon('triangle-alert')}<span>${editing.error}</span></p>` : nothing}
    <div class="row"><button class="button primary" data-action="save">${icon('check')}${t('staff.guide.save')}</button>
      <button type="button" class="button" data-action="close" @click=${close}>${t('staff.cancel')}</button>
      ${editing.id ? html`<button type="button" class="button danger" data-action="remove" @click=${remove}>${icon('trash-2')}${t('staff.guide.remove_group')}</button>` : nothing}</div>
  </form>`
}
