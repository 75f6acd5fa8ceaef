/**
 * What parents answered to a meeting, as last read from the server. It is kept
 * nowhere: what families need is none of a shared computer's business.
 *
 * @import {Answers, Booking, Meeting} from '../types.js'
 */
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatDate, t, tn } from '../../i18n/messages.js'
import * as api from '../api.js'
import { tell } from '../dialog.js'
import { Problem } from '../problem.js'
import { page } from '../shell.js'
import { saveFile } from '../savefile.js'
import { whileShown } from '../shown.js'
import { local, parse } from '../time.js'
import { interpreterList, keyOf } from './interpreters.js'

/**
 * @typedef {object} State
 * @property {Meeting} meeting
 * @property {Answers} answers
 * @property {Date} read when it was
 * @property {number} asked how often it was asked for
 * @property {Problem|null} stale why it could not be read again
 * @property {string} error
 * @property {string} busy the key of the booking being saved, "export", or ""
 * @property {Map<string, Pick<Booking, 'state'|'contact'>>} edits what she changed and has not saved, by key
 *
 * @typedef {object} Acts
 * @property {() => Promise<boolean>} refresh whether it could be read
 * @property {() => void} save the table as a file
 * @property {(key: string, edit: Pick<Booking, 'state'|'contact'>|null) => void} edit null: as the server has it
 * @property {(booking: Booking) => void} book
 */

/**
 * @param {HTMLElement} root
 * @param {string} id the meeting's
 */
export async function view(root, id) {
  root.dataset.view = 'staff-answers'
  const [meeting, answers] = await Promise.all([api.meeting(id), api.answers(id)])
  /** @type {State} */
  const state = { meeting, answers, read: new Date(), asked: 0, stale: null, error: '', busy: '', edits: new Map() }
  const draw = () => render(template(state, acts), root)

  /** @param {string} busy @param {() => Promise<void>} work */
  async function run(busy, work) {
    if (state.busy) return
    Object.assign(state, { busy, error: '' })
    draw()
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      state.error = error.message
    }
    state.busy = ''
    draw()
  }

  /** @type {Acts} */
  const acts = {
    async refresh() {
      const asked = ++state.asked
      let stale = null
      try {
        const [meeting, answers] = await Promise.all([api.meeting(id), api.answers(id)])
        if (asked === state.asked) Object.assign(state, { meeting, answers, read: new Date() })
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        stale = error
      }
      if (asked === state.asked) { // a later one knows better
        state.stale = stale
        draw()
      }
      return !stale
    },
    save: () => run('export', async () => {
      saveFile(await api.interpreterTable(id), `${t('staff.answers.file')}-${local(parse(state.meeting.starts)).date}.csv`)
    }),
    edit(key, edit) {
      if (edit) state.edits.set(key, edit)
      else state.edits.delete(key)
      draw()
    },
    book: (booking) => run(keyOf(booking), async () => {
      await api.book(id, booking)
      state.edits.delete(keyOf(booking))
      tell(t('staff.booking.saved'))
      await acts.refresh()
    }),
  }
  draw()
  whileShown(root, acts.refresh)
}

/** @param {State} state @param {Acts} acts */
function template(state, acts) {
  const { meeting, answers, error } = state
  const none = answers.accepted.answers + answers.tentative.answers + answers.declined.answers === 0
  return page({
    title: t('staff.answers.title'),
    under: html`${formatDate(meeting.starts, 'datetime')}${meeting.place ? html` · <span lang="sv" dir="auto">${meeting.place}</span>` : nothing}`,
    up: { href: `/staff/meetings/${meeting.id}`, label: t('staff.meeting.back') },
    body: html`
      ${meeting.cancelled ? html`<p class="notice bad">${icon('calendar-x')}<span>${t('staff.answers.cancelled')}</span></p>` : nothing}
      ${error ? html`<p class="notice bad" role="alert">${icon('triangle-alert')}<span>${error}</span></p>` : nothing}
      ${age(state, acts)}
      ${none ? html`<div class="empty">${icon('mail')}<p>${t(meeting.published ? 'staff.answers.none' : 'staff.answers.not_invited')}</p></div>` : counts(answers)}
      ${none && answers.interpreters.length === 0 ? nothing : interpreterList(state, acts)}
      ${none ? nothing : notes(answers)}`,
  })
}

/** When this was read, and how to read it again. @param {State} state @param {Acts} acts */
const age = ({ read, stale }, { refresh }) => html`
  ${stale ? html`<p class="notice late" role="status" data-part="stale">${icon(stale.offline ? 'wifi-off' : 'triangle-alert')}<span>${stale.message} ${t('staff.answers.from', { Time: formatDate(read, 'heard') })}</span></p>` : nothing}
  <div class="row apart age"><p class="quiet small">${stale ? nothing : t('staff.answers.read', { Time: formatDate(read, 'heard') })}</p>
    <button type="button" class="button small" data-action="refresh" @click=${refresh}>${icon('refresh-cw')}${t('staff.answers.refresh')}</button></div>`

/** @param {Answers} answers */
const counts = ({ accepted, tentative, declined, childcare, late }) => html`
  <section class="stack" aria-label=${t('staff.answers.counts')}>
    <ul class="counts">
      ${count('accepted', 'circle-check', accepted.people, tn('staff.answers.accepted', accepted.people), tn('staff.answers.in', accepted.answers))}
      ${count('tentative', 'circle-help', tentative.people, tn('staff.answers.tentative', tentative.people), tn('staff.answers.in', tentative.answers))}
      ${count('declined', 'circle-x', declined.answers, tn('staff.answers.declined', declined.answers), '')}
      ${count('childcare', 'baby', childcare.children, tn('staff.answers.childcare', childcare.children), tn('staff.answers.in', childcare.answers))}
    </ul>
    ${late.answers ? html`<p class="state late" data-count="late">${icon('clock')}<span>${tn('staff.answers.late', late.answers)}</span></p>` : nothing}
  </section>`

/** @param {string} name @param {string} sign @param {number} number @param {string} words what the number counts @param {string} under */
const count = (name, sign, number, words, under) => html`
  <li class="card count ${number === 0 ? 'zero' : ''}" data-count=${name}>
    ${icon(sign)}<span><strong>${number}</strong> ${words}${under && number ? html` <small class="quiet">${under}</small>` : nothing}</span>
  </li>`

/** @param {Answers} answers */
const notes = ({ notes: all }) => html`
  <section class="stack" data-part="notes">
    <h2>${t('staff.answers.notes')}</h2>
    ${all.length === 0 ? html`<p class="quiet">${t('staff.answers.no_notes')}</p>` : html`
      <p class="quiet small narrow">${t('staff.answers.unknown')}</p>
      <ul class="rows card notes">${all.map((note) => html`
        <li class="stack tight"><p class="typed" dir="auto">${note.text}</p>${note.late ? html`<span class="state late">${icon('clock')}${t('staff.answers.is_late')}</span>` : nothing}</li>`)}</ul>`}
  </section>`
