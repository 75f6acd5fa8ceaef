/**
 * What parents worry about: the words they find help by, and what helps.
 *
 * @import {Editing} from './editing.js'
 * @import {Acts} from './listform.js'
 * @import {EntryRecord, WorryRecord} from './types.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t } from '../../i18n/messages.js'
import { field } from '../field.js'
import { page } from '../shell.js'
import * as api from './api.js'
import { conflict } from './conflict.js'
import { growing, tick } from './controls.js'
import { keyFrom } from './input.js'
import { listForm } from './listform.js'

/** @typedef {{key: string, title: string, synonyms: string, guide: string[], order: number}} Input */

/** @param {WorryRecord|null} record @returns {Input} */
const inputOf = (record) => ({ key: record?.key ?? '', title: record?.title ?? '', synonyms: record?.synonyms ?? '', guide: record?.guide ?? [], order: record?.order ?? 0 })

/** @param {string} name */
const label = (name) => t(`staff.guide.worry.${name}`)

/** @param {HTMLElement} root */
export async function view(root) {
  root.dataset.view = 'staff-guide-worries'
  const entries = await api.entries()
  await listForm(root, {
    collection: 'worries', inputOf, read: api.worries, removing: ['staff.guide.remove_worry', 'staff.guide.remove_worry_text'],
    template: (worries, editing, acts) => template(entries, worries, editing, acts),
  })
}

/**
 * @param {EntryRecord[]} entries
 * @param {WorryRecord[]} worries
 * @param {Editing<Input>|null} editing
 * @param {Acts<Input>} acts
 */
const template = (entries, worries, editing, acts) => page({
  title: t('staff.guide.worries'),
  up: { href: '/staff/guide', label: t('staff.guide.title') },
  under: t('staff.guide.worries_intro'),
  body: html`
    ${editing && !editing.id ? form(editing, entries, acts) : html`<div><button type="button" class="button primary" data-action="new" @click=${() => acts.open(null)}>${icon('plus')}${t('staff.guide.new_worry')}</button></div>`}
    <ul class="rows card">${worries.map((w) => html`<li>${editing?.id === w.id ? form(editing, entries, acts)
      : html`<button type="button" class="guide-row rowlink" data-worry=${w.key} @click=${() => acts.open(w)}>${icon('pencil')}<span class="grow" lang="sv">${w.title}<small class="quiet">${w.synonyms}</small></span></button>`}</li>`)}</ul>`,
})

/**
 * @param {Editing<Input>} editing
 * @param {EntryRecord[]} entries
 * @param {Acts<Input>} acts
 */
function form(editing, entries, { change, choose, submit, remove, close }) {
  const { input, fields } = editing
  /** @param {string} id @param {boolean} on */
  const put = (id, on) => change({ guide: on ? [...input.guide, id] : input.guide.filter((x) => x !== id) })
  return html`<form class="growrow" novalidate @submit=${submit} data-worry-form>
    ${conflict(editing, label, choose)}
    ${field({ name: 'title', label: label('title'), value: input.title, error: fields.title?.message, lang: 'sv', required: true, input: (/** @type {string} */ title) => change({ title, ...(!editing.id && { key: keyFrom(title) }) }) })}
    ${growing({ name: 'synonyms', label: label('synonyms'), hint: t('staff.guide.hint.synonyms'), value: input.synonyms, error: fields.synonyms?.message, change: (/** @type {string} */ synonyms) => change({ synonyms }) })}
    <fieldset class="stack tight"><legend class="label">${label('guide')}</legend>
      <div class="checks">${entries.filter((e) => e.audience === 'everyone').map((e) => tick({ name: `guide-${e.key}`, label: e.name || e.title, on: input.guide.includes(e.id), change: (on) => put(e.id, on) }))}</div></fieldset>
    ${field({ name: 'order', label: t('staff.guide.field.order'), type: 'number', value: String(input.order), error: fields.order?.message, input: (/** @type {string} */ v) => change({ order: Number(v) }) })}
    ${fields.key || fields.guide || editing.error ? html`<p class="error" role="alert">${icon('triangle-alert')}<span>${fields.key?.message ?? fields.guide?.message ?? editing.error}</span></p>` : nothing}
    <div class="row"><button class="button primary" data-action="save">${icon('check')}${t('staff.guide.save')}</button>
      <button type="button" class="button" data-action="close" @click=${close}>${t('staff.cancel')}</button>
      ${editing.id ? html`<button type="button" class="button danger" data-action="remove" @click=${remove}>${icon('trash-2')}${t('staff.guide.remove_worry')}</button>` : nothing}</div>
  </form>`
}
