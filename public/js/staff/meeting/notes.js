/**
 * Notes at a meeting, by the three dialogues: only the unit's own staff see
 * them. They are written with or without a network.
 *
 * @import {Meeting, Person} from '../types.js'
 * @import {Dialogue, NotesRecord} from './dialogues.js'
 */
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatDate, t } from '../../i18n/messages.js'
import { onLeave } from '../../router.js'
import * as api from '../api.js'
import { draftsOf } from '../drafts.js'
import { fresh } from '../fresh.js'
import { growing } from '../letter/blockfield.js'
import { saveState } from '../letter/savestate.js'
import { Problem } from '../problem.js'
import { askToSignIn } from '../session.js'
import { page } from '../shell.js'
import { DIALOGUES, MOST, notesAt } from './dialogues.js'
import { Notebook, notesKey } from './notebook.js'

/** The notebook that is open: it saves its last words when another is opened. @type {Notebook|null} */
let open = null

/**
 * @param {HTMLElement} root
 * @param {string} id the meeting's
 * @param {Person} person
 */
export async function view(root, id, person) {
  root.dataset.view = 'staff-notes'
  await open?.leave()
  const draw = () => {
    root.dataset.state = notebook.autosave.state
    if (meeting) render(template(meeting, notebook), root)
  }
  const notebook = open = new Notebook(id, person.id, draftsOf(person.id), draw)
  /** @type {Meeting|null} */
  let meeting = null
  const [{ value: [found] }, record] = await Promise.all([
    fresh(person.id, `meeting/${id}`, () => Promise.all([api.meeting(id), api.groups(), api.lettersOf(id)])), readNotes(id, person),
  ])
  if (!notesAt(person, found)) throw new Problem(403, '', t('staff.problem.not_found'))
  await notebook.open(record)
  meeting = found
  onLeave(() => notebook.pending)
  draw()
}

/**
 * The notes as the server has them, or as they were read here last; null where there are none.
 * @param {string} id the meeting's
 * @param {Person} person
 * @returns {Promise<NotesRecord|null>}
 */
export const readNotes = (id, person) => fresh(person.id, notesKey(id), () => api.notes(id)).then(({ value }) => value, (error) => {
  if (error instanceof Problem && error.offline) return null
  throw error
})

/** @param {Meeting} meeting @param {Notebook} notebook */
const template = (meeting, notebook) => html`
  ${page({
    title: t('staff.notes.title'),
    under: html`${formatDate(meeting.starts, 'date')}`,
    up: { href: `/staff/meetings/${meeting.id}`, label: t('staff.meeting.back') },
    body: html`
      <p class="quiet narrow">${icon('shield')} ${t('staff.notes.private')}</p>
      ${notebook.joined ? html`<p class="notice late" role="status" data-part="joined">${icon('merge')}<span>${t('staff.notes.joined')}</span></p>` : nothing}
      ${meeting.question ? html`<p class="asked" lang="sv" dir="auto">${meeting.question}</p>` : nothing}
      <div class="stack loose narrow">${DIALOGUES.map((name) => note(name, notebook))}</div>
      <p><a class="button" href="/staff/meetings/${meeting.id}/hold" data-action="hold">${icon('quote')}${t('staff.hold.show')}</a></p>`,
  })}
  <div class="actionbar">
    ${saveState(notebook.autosave, { fresh: notebook.record === null, signIn: () => askToSignIn().then(() => notebook.autosave.flush()), retry: () => notebook.autosave.flush() })}
    <a class="button primary" href="/staff/meetings/${meeting.id}" data-action="done">${icon('check')}${t('staff.notes.done')}</a>
  </div>`

/** @param {Dialogue} name @param {Notebook} notebook */
function note(name, notebook) {
  const { notes, autosave } = notebook
  const long = [...notes[name]].length - MOST
  const error = autosave.problem?.fields[name]?.message ?? (long > 0 ? t('staff.block.too_long', { Over: long, Max: MOST }) : undefined)
  return html`
    <div class="field" data-note=${name}>
      <span class="label" aria-hidden="true">${t(`staff.notes.${name}`)}</span>
      <p class="hint" id="${name}-hint">${t(`staff.notes.${name}_hint`)}</p>
      ${growing({ name, text: notes[name], label: t(`staff.notes.${name}`), hint: `${name}-hint`, error, type: (area) => notebook.write({ [name]: area.value }) })}
    </div>`
}
