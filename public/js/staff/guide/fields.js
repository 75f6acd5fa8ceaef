/**
 * The form of an entry.
 *
 * @import {Editing} from './editing.js'
 * @import {Round} from './editor.js'
 * @import {Input} from './input.js'
 * @import {Contact, Note, Part} from './types.js'
 *
 * @typedef {object} Acts
 * @property {(part: Partial<Input>) => void} change
 * @property {(name: string, side: 'mine'|'theirs') => void} choose
 * @property {(event: SubmitEvent) => void} submit
 * @property {() => void} remove
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t } from '../../i18n/messages.js'
import { field } from '../field.js'
import { page } from '../shell.js'
import { conflict } from './conflict.js'
import { choice, growing, rowsOf, tick } from './controls.js'
import { NOTES } from './entry.js'
import { freeID, idOf, keyFrom } from './input.js'

const PARTS = ['summary', 'who', 'happens', 'cost', 'consent', 'behind', 'hours', 'more']
const WAYS = ['phone', 'sms', 'mail', 'web', 'visit']
const STAGES = ['preschool', 'school', 'youth']

/** @param {string} name a field's */
const label = (name) => t(`staff.guide.field.${idOf(name)}`)

/**
 * @param {Editing<Input>} editing
 * @param {Round} round
 * @param {Acts} acts
 */
export const template = (editing, round, acts) => page({
  title: round.entry ? round.entry.name || round.entry.title : t('staff.guide.new'),
  up: round.entry ? { href: `/staff/guide/${round.entry.key}`, label: t('nav.back') } : { href: '/staff/guide', label: t('staff.guide.title') },
  body: html`<form class="stack loose" novalidate @submit=${acts.submit}>
    ${conflict(editing, label, acts.choose)}
    ${what(editing, round, acts)}
    ${texts(editing, acts)}
    ${reach(editing, acts)}
    ${among(editing, round, acts)}
    ${editing.error ? html`<p class="error" role="alert">${icon('triangle-alert')}<span>${editing.error}</span></p>` : nothing}
    ${round.entry && round.all ? html`<p><button type="button" class="button danger" data-action="remove-entry" @click=${acts.remove}>${icon('trash-2')}${t('staff.guide.remove')}</button></p>` : nothing}
    <div class="actionbar"><button class="button primary" data-action="save" ?disabled=${editing.busy}>${icon('check')}<span>${t('staff.guide.save')}</span></button></div>
  </form>`,
})

/** What it is and for whom. @param {Editing<Input>} editing @param {Round} round @param {Acts} acts */
function what({ input, fields }, { entry }, { change }) {
  const said = (/** @type {string} */ name) => fields[name]?.message
  /** @param {string} value */
  const title = (value) => change({ title: value, ...(!entry && !input.name && { key: keyFrom(value) }) })
  /** @param {string} value */
  const name = (value) => change({ name: value, ...(!entry && { key: keyFrom(value || input.title) }) })
  return html`<section class="stack">
    ${field({ name: 'name', label: label('name'), hint: t('staff.guide.hint.name'), value: input.name, error: said('name'), lang: 'sv', max: 80, input: name })}
    ${field({ name: 'title', label: label('title'), hint: t('staff.guide.hint.title'), value: input.title, error: said('title'), lang: 'sv', max: 120, required: true, input: title })}
    ${entry ? nothing : field({ name: 'key', label: label('key'), hint: t('staff.guide.hint.key', { Example: '{{.steget}}' }), value: input.key, error: said('key'), max: 40, required: true, input: (key) => change({ key }) })}
    ${field({ name: 'also', label: label('also'), hint: t('staff.guide.hint.also'), value: input.also.join(', '), error: said('also'), lang: 'sv', input: (text) => change({ also: text.split(',').map((s) => s.trim()).filter(Boolean) }) })}
    <div class="row fields">
      ${choice({ name: 'type', label: label('type'), value: input.type, error: said('type'), choices: ['service', 'knowledge', 'history'].map((v) => [v, t(`staff.guide.type.${v}`)]), change: (type) => change({ type, ...(type === 'history' && { audience: 'staff' }) }) })}
      ${choice({ name: 'audience', label: label('audience'), value: input.audience, error: said('audience'), choices: ['everyone', 'staff'].map((v) => [v, t(`staff.guide.audience.${v}`)]), change: (audience) => change({ audience }) })}
    </div>
    <div class="row fields">
      ${field({ name: 'ageFrom', label: label('ageFrom'), type: 'number', value: String(input.ageFrom), error: said('ageFrom'), input: (v) => change({ ageFrom: Number(v) }) })}
      ${field({ name: 'ageTo', label: label('ageTo'), type: 'number', value: String(input.ageTo), error: said('ageTo'), input: (v) => change({ ageTo: Number(v) }) })}
    </div>
    <div class="stack tight">${['hidden', 'sensitive', 'urgent', 'ask'].map((flag) => tick({ name: flag, label: label(flag), hint: t(`staff.guide.hint.${flag}`), on: input[/** @type {'hidden'} */ (flag)], change: (on) => change({ [flag]: on }) }))}</div>
  </section>`
}

/** The text for everybody, and what only staff read. @param {Editing<Input>} editing @param {Acts} acts */
const texts = ({ input, fields }, { change }) => html`
  ${rowsOf(/** @type {Parameters<typeof rowsOf<Part>>[0]} */ ({
    name: 'parts', title: label('parts'), hint: t('staff.guide.hint.parts', { Example: '{{.steget}}' }), error: fields.parts?.message, rows: input.parts, add: t('staff.guide.add_part'),
    fresh: () => ({ id: freeID(input.parts), part: PARTS[Math.min(input.parts.length, PARTS.length - 1)], kind: 'paragraph', text: '' }), change: (parts) => change({ parts }),
    draw: (row, i, edit) => html`<div class="row fields">
      ${choice({ name: `part-${i}`, label: t('staff.guide.part_about'), value: row.part, choices: PARTS.map((p) => [p, t(p === 'summary' ? 'staff.guide.part_summary' : `guide.part.${p}`)]), change: (part) => edit({ part }) })}
      ${choice({ name: `kind-${i}`, label: t('staff.guide.part_kind'), value: row.kind, choices: [['paragraph', t('staff.guide.kind.paragraph')], ['item', t('staff.guide.kind.item')]], change: (kind) => edit({ kind: /** @type {Part['kind']} */ (kind) }) })}</div>
      ${growing({ name: `text-${i}`, label: t('staff.guide.part_text'), value: row.text, error: fields[`part.${row.id}`]?.message, change: (text) => edit({ text }) })}`,
  }))}
  ${rowsOf(/** @type {Parameters<typeof rowsOf<Note>>[0]} */ ({
    name: 'staff', title: label('staff'), hint: t('staff.guide.hint.staff'), error: fields.staff?.message, rows: input.staff, add: t('staff.guide.add_note'),
    fresh: () => ({ part: NOTES[0], text: '' }), change: (staff) => change({ staff }),
    draw: (row, i, edit) => html`${choice({ name: `note-${i}`, label: t('staff.guide.part_about'), value: row.part, choices: NOTES.map((p) => [p, t(`staff.guide.note.${p}`)]), change: (part) => edit({ part }) })}
      ${growing({ name: `note-text-${i}`, label: t('staff.guide.part_text'), value: row.text, change: (text) => edit({ text }) })}`,
  }))}`

/** How to reach it. @param {Editing<Input>} editing @param {Acts} acts */
const reach = ({ input, fields }, { change }) => html`
  ${rowsOf(/** @type {Parameters<typeof rowsOf<Contact>>[0]} */ ({
    name: 'contacts', title: label('contacts'), hint: t('staff.guide.hint.contacts'), error: fields.contacts?.message, rows: input.contacts, add: t('staff.guide.add_contact'),
    fresh: () => ({ kind: 'phone', value: '', label: '' }), change: (contacts) => change({ contacts }),
    draw: (row, i, edit) => html`<div class="row fields">
      ${choice({ name: `way-${i}`, label: t('staff.guide.contact_kind'), value: row.kind, choices: WAYS.map((w) => [w, t(`staff.guide.way.${w}`)]), change: (kind) => edit({ kind: /** @type {Contact['kind']} */ (kind) }) })}
      ${field({ name: `value-${i}`, label: t('staff.guide.contact_value'), value: row.value, input: (value) => edit({ value }) })}
      ${field({ name: `label-${i}`, label: t('staff.guide.contact_label'), value: row.label ?? '', lang: 'sv', input: (text) => edit({ label: text }) })}</div>`,
  }))}
  <div class="row fields">
    ${field({ name: 'place', label: label('place'), value: input.place.name, error: fields.place?.message, lang: 'sv', input: (name) => change({ place: { ...input.place, name } }) })}
    ${field({ name: 'address', label: label('address'), value: input.place.address, lang: 'sv', input: (address) => change({ place: { ...input.place, address } }) })}
  </div>`

/** Where it stands among the others. @param {Editing<Input>} editing @param {Round} round @param {Acts} acts */
function among({ input, fields }, { entry, entries, owners, all }, { change }) {
  /** @param {'chain'|'related'} list @param {string} of @param {boolean} on */
  const put = (list, of, on) => change({ [list]: on ? [...input[list], of] : input[list].filter((x) => x !== of) })
  const others = entries.filter((e) => e.key !== entry?.key)
  return html`<section class="stack">
    <fieldset class="stack tight"><legend class="label">${label('chain')}</legend>
      <div class="checks">${STAGES.map((stage) => tick({ name: `chain-${stage}`, label: t(`staff.guide.chain_${stage}`), on: input.chain.includes(stage), change: (on) => put('chain', stage, on) }))}</div></fieldset>
    <details><summary class="button">${icon('link')}<span>${label('related')} (${input.related.length})</span></summary>
      <div class="checks">${others.map((e) => tick({ name: `related-${e.key}`, label: e.name || e.title, on: input.related.includes(e.key), change: (on) => put('related', e.key, on) }))}</div></details>
    ${fields.related ? html`<p class="error">${icon('triangle-alert')}<span>${fields.related.message}</span></p>` : nothing}
    <div class="row fields">
      ${all ? choice({ name: 'owner', label: label('owner'), hint: t('staff.guide.hint.owner'), value: input.owner, error: fields.owner?.message, choices: [['', t('staff.guide.no_owner')], ...owners.map((p) => /** @type {[string, string]} */ ([p.id, p.name])), ...(input.owner && !owners.some((p) => p.id === input.owner) ? [/** @type {[string, string]} */ ([input.owner, t('staff.guide.owner_now')])] : [])], change: (owner) => change({ owner }) }) : nothing}
      ${field({ name: 'order', label: label('order'), type: 'number', value: String(input.order), error: fields.order?.message, input: (v) => change({ order: Number(v) }) })}
    </div></section>`
}
