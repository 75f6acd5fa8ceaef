/**
 * What is open to everybody, and when: once or again and again, said in plain
 * words.
 *
 * @import {Editing} from '../guide/editing.js'
 * @import {Acts} from '../guide/listform.js'
 * @import {ActivityRecord, Exception} from '../plan/types.js'
 * @import {Person, Unit} from '../types.js'
 * @import {Repeat} from './rule.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatSpan, t } from '../../i18n/messages.js'
import * as staff from '../api.js'
import { errorLine, field } from '../field.js'
import { conflict } from '../guide/conflict.js'
import { choice, growing, rowsOf, tick } from '../guide/controls.js'
import { listForm } from '../guide/listform.js'
import * as api from '../plan/api.js'
import { Problem } from '../problem.js'
import { page } from '../shell.js'
import { firstOf, inWords, repeatOf, ruleOf } from './rule.js'

/**
 * @typedef {object} Input
 * @property {string} unit
 * @property {string} title
 * @property {string} information
 * @property {string} place
 * @property {number} ageFrom
 * @property {number} ageTo
 * @property {string} starts
 * @property {string} ends
 * @property {string} rrule
 * @property {Exception[]} exceptions
 * @property {boolean} hidden
 */

/** How many of the next times are shown. */
const SHOWN = 8

/** What was asked of the server for the form: the next times, or why there are none. @type {{key: string, lines: string[], error: string}} */
let seen = { key: '', lines: [], error: '' }

/**
 * @param {HTMLElement} root
 * @param {string} _
 * @param {Person} person
 */
export async function view(root, _, person) {
  root.dataset.view = 'staff-activities'
  seen = { key: '', lines: [], error: '' }
  const units = await staff.units()
  /** @param {ActivityRecord|null} r @returns {Input} */
  const inputOf = (r) => ({ unit: r?.unit ?? (units.find((u) => u.kind === 'family_centre') ?? units[0])?.id ?? '', title: r?.title ?? '', information: r?.information ?? '', place: r?.place ?? '',
    ageFrom: r?.ageFrom ?? 0, ageTo: r?.ageTo ?? 5, starts: r?.starts ?? '', ends: r?.ends ?? '', rrule: r?.rrule ?? '', exceptions: r?.exceptions ?? [], hidden: r?.hidden ?? false })
  await listForm(root, {
    collection: 'activities', inputOf, removing: ['staff.activity.remove', 'staff.activity.remove_text'],
    read: async () => (await api.activities()).filter((a) => person.roles.includes('admin') || person.units.includes(a.unit)),
    template: (activities, editing, acts) => template(units, activities, editing, acts),
  })
}

/** @param {Unit[]} units @param {ActivityRecord[]} activities @param {Editing<Input>|null} editing @param {Acts<Input>} acts */
const template = (units, activities, editing, acts) => page({
  title: t('staff.activity.list'),
  up: { href: '/staff', label: t('staff.home.title') },
  under: t('staff.activity.intro'),
  body: html`
    ${editing && !editing.id ? html`<div class="card">${form(units, editing, acts)}</div>`
      : html`<div><button type="button" class="button primary" data-action="new" @click=${() => acts.open(null)}>${icon('plus')}${t('staff.activity.new')}</button></div>`}
    ${activities.length === 0 ? html`<div class="empty">${icon('calendar')}<p>${t('activities.none')}</p></div>` : html`<ul class="rows card">${activities.map((a) => html`<li>${editing?.id === a.id ? form(units, editing, acts)
      : html`<button type="button" class="guide-row rowlink" data-activity=${a.id} @click=${() => acts.open(a)}>${icon('pencil')}<span class="grow"><span lang="sv" dir="auto">${a.title}</span>
        <small class="quiet">${inWords(repeatOf(a.rrule, a.starts.slice(0, 10)), { ...a, exceptions: a.exceptions ?? [] })}</small>
        ${a.hidden ? html`<small class="state pending">${icon('moon')}${t('staff.activity.is_hidden')}</small>` : nothing}</span></button>`}</li>`)}</ul>`}`,
})

/** @param {string} name */
const label = (name) => t({ starts: 'staff.activity.first', ends: 'staff.meeting.to', rrule: 'staff.activity.repeats', exceptions: 'staff.activity.exceptions', unit: 'staff.activity.unit',
  title: 'staff.activity.name', information: 'staff.activity.information', place: 'staff.meeting.place', ageFrom: 'staff.activity.age_from', ageTo: 'staff.activity.age_to', hidden: 'staff.activity.hidden' }[name] ?? 'staff.activity.name')

/** @param {Unit[]} units @param {Editing<Input>} editing @param {Acts<Input>} acts */
function form(units, editing, acts) {
  const { input, fields } = editing
  const { change, choose, submit, remove, close } = acts
  const words = (/** @type {string} */ name) => fields[name]?.message
  const age = (/** @type {string} */ v) => Math.min(20, Math.max(0, Math.trunc(Number(v)) || 0))
  return html`<form class="growrow stack" novalidate @submit=${submit} data-form="activity">
    ${conflict(editing, label, choose)}
    ${units.length > 1 && !editing.id ? choice({ name: 'unit', label: label('unit'), value: input.unit, error: words('unit'), choices: units.map((u) => [u.id, u.name]), change: (unit) => change({ unit }) }) : nothing}
    ${field({ name: 'title', label: label('title'), value: input.title, error: words('title'), lang: 'sv', max: 120, required: true, input: (title) => change({ title }) })}
    ${growing({ name: 'information', label: label('information'), value: input.information, error: words('information'), change: (information) => change({ information }) })}
    ${field({ name: 'place', label: label('place'), value: input.place, error: words('place'), lang: 'sv', max: 200, input: (place) => change({ place }) })}
    <div class="row fields">
      ${field({ name: 'ageFrom', label: label('ageFrom'), type: 'number', value: String(input.ageFrom), error: words('ageFrom'), input: (v) => change({ ageFrom: age(v) }) })}
      ${field({ name: 'ageTo', label: label('ageTo'), type: 'number', value: String(input.ageTo), error: words('ageTo'), input: (v) => change({ ageTo: age(v) }) })}
    </div>
    ${timesFields(editing, acts)}
    ${tick({ name: 'hidden', label: label('hidden'), on: input.hidden, change: (hidden) => change({ hidden }) })}
    ${editing.error ? html`<p class="error" role="alert">${icon('triangle-alert')}<span>${editing.error}</span></p>` : nothing}
    <div class="row"><button class="button primary" data-action="save" aria-disabled=${editing.busy}>${icon('check')}${t('staff.plan.save')}</button>
      <button type="button" class="button" data-action="close" @click=${close}>${t('staff.cancel')}</button>
      ${editing.id ? html`<button type="button" class="button danger" data-action="remove" @click=${remove}>${icon('trash-2')}${t('staff.activity.remove')}</button>` : nothing}</div>
  </form>`
}

/** When it is. @param {Editing<Input>} editing @param {Acts<Input>} acts */
function timesFields(editing, { change }) {
  const { input, fields } = editing
  const words = (/** @type {string} */ name) => fields[name]?.message
  const [day = '', from = ''] = input.starts.split('T')
  const to = input.ends.split('T')[1] ?? ''
  const repeat = repeatOf(input.rrule, day)
  /** What stands on the screen becomes what is stored; the first day is one of the chosen weekdays. @param {{day?: string, from?: string, to?: string, repeat?: Repeat}} part */
  const put = (part) => {
    const next = { day, from, to, repeat, ...part }
    const first = ['weekly', 'biweekly'].includes(next.repeat.how) ? firstOf(next.day, next.repeat.days) : next.day
    change({ starts: `${first}T${next.from}`, ends: `${first}T${next.to}`, rrule: ruleOf(next.repeat, first, input.rrule) })
  }
  const key = JSON.stringify([input.starts, input.ends, input.rrule, input.exceptions])
  return html`
    <div class="row fields">
      ${field({ name: 'starts', label: t('staff.activity.first'), type: 'date', value: day, required: true, error: words('starts'), input: (v) => put({ day: v }) })}
      ${field({ name: 'from', label: t('staff.meeting.from'), type: 'time', value: from, required: true, input: (v) => put({ from: v }) })}
      ${field({ name: 'to', label: t('staff.meeting.to'), type: 'time', value: to, required: true, error: words('ends'), input: (v) => put({ to: v }) })}
    </div>
    ${choice({ name: 'rrule', label: t('staff.activity.repeats'), value: repeat.how, error: words('rrule'),
      choices: /** @type {[string, string][]} */ (['once', 'weekly', 'biweekly', 'monthly', ...(repeat.how === 'other' ? ['other'] : [])].map((how) => [how, t(`staff.activity.${how}`)])),
      change: (how) => put({ repeat: { ...repeat, how: /** @type {Repeat['how']} */ (how), days: repeat.days.length > 0 || !day ? repeat.days : [(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7 + 1] } }) })}
    ${repeat.how === 'weekly' || repeat.how === 'biweekly' ? html`<fieldset class="field"><legend class="label">${t('staff.activity.days')}</legend><div class="row">${[1, 2, 3, 4, 5, 6, 7].map((d) => html`
      <label class="check"><input type="checkbox" name=${`day-${d}`} .checked=${repeat.days.includes(d)} @change=${() => {
        const days = repeat.days.includes(d) ? repeat.days.filter((x) => x !== d) : [...repeat.days, d]
        put({ repeat: { ...repeat, days: days.length > 0 ? days : repeat.days } })
      }}><span>${t(`date.weekday.${d}`)}</span></label>`)}</div></fieldset>` : nothing}
    ${repeat.how === 'once' || repeat.how === 'other' ? nothing : field({ name: 'until', label: t('staff.activity.until'), hint: t('staff.activity.until_hint'), type: 'date', value: repeat.until, input: (until) => put({ repeat: { ...repeat, until } }) })}
    ${repeat.how === 'once' ? nothing : rowsOf({ name: 'exceptions', title: t('staff.activity.exceptions'), hint: t('staff.activity.exceptions_hint'), error: words('exceptions'), rows: input.exceptions,
      fresh: () => ({ on: '', cancelled: true }), add: t('staff.activity.exception_add'), change: (exceptions) => change({ exceptions }), draw: (e, i, edit) => exception(e, i, from, to, edit) })}
    ${from && to ? html`<p class="notice" data-part="words">${icon('calendar')}<span>${inWords(repeat, input)}</span></p>` : nothing}
    <div class="stack tight">
      <div><button type="button" class="button small" data-action="times" @click=${() => look(input, key, () => change({}))}>${icon('eye')}${t('staff.activity.see')}</button></div>
      ${seen.key !== key ? nothing : html`${errorLine('times', seen.error || undefined)}<ul class="bullets" data-part="times">${seen.lines.map((line) => html`<li>${line}</li>`)}</ul>`}
    </div>`
}

/** @param {Exception} e @param {number} i @param {string} from @param {string} to @param {(part: Partial<Exception>) => void} edit */
function exception(e, i, from, to, edit) {
  const clock = (/** @type {string|undefined} */ at, /** @type {string} */ usual) => at?.split('T')[1] ?? usual
  const moved = e.starts?.split('T')[0] ?? e.on
  /** @param {{on?: string, day?: string, from?: string, to?: string}} part */
  const put = (part) => {
    const next = { on: e.on, day: moved, from: clock(e.starts, from), to: clock(e.ends, to), ...part }
    edit({ on: next.on, starts: `${part.on && !part.day && moved === e.on ? part.on : next.day}T${next.from}`, ends: `${part.on && !part.day && moved === e.on ? part.on : next.day}T${next.to}` })
  }
  return html`<div class="stack tight">
    <div class="row fields">
      ${field({ name: `on-${i}`, label: t('staff.activity.on'), type: 'date', value: e.on, input: (on) => (e.cancelled ? edit({ on }) : put({ on })) })}
      ${choice({ name: `what-${i}`, label: t('staff.activity.what'), value: e.cancelled ? 'off' : 'moved', choices: [['off', t('staff.activity.off')], ['moved', t('staff.activity.moved')]],
        change: (v) => edit(v === 'off' ? { cancelled: true, starts: undefined, ends: undefined } : { cancelled: undefined, starts: `${e.on}T${from}`, ends: `${e.on}T${to}` }) })}
    </div>
    ${e.cancelled ? nothing : html`<div class="row fields">
      ${field({ name: `moved-${i}`, label: t('staff.activity.new_day'), type: 'date', value: moved, input: (day) => put({ day }) })}
      ${field({ name: `moved-from-${i}`, label: t('staff.meeting.from'), type: 'time', value: clock(e.starts, from), input: (v) => put({ from: v }) })}
      ${field({ name: `moved-to-${i}`, label: t('staff.meeting.to'), type: 'time', value: clock(e.ends, to), input: (v) => put({ to: v }) })}</div>`}
  </div>`
}

/** Asks for the next times. @param {Input} input @param {string} key @param {() => void} draw */
async function look({ starts, ends, rrule, exceptions }, key, draw) {
  try {
    const { times } = await api.times({ starts, ends, rrule, exceptions })
    const next = times.filter(([, end]) => Date.parse(end) > Date.now())
    seen = { key, lines: next.slice(0, SHOWN).map(([from, to]) => formatSpan(from, to)), error: next.length === 0 ? t('staff.activity.no_times') : '' }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    seen = { key, lines: [], error: Object.values(error.fields)[0]?.message ?? error.message }
  }
  draw()
}
