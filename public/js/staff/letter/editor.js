/**
 * The letter editor: groups, title, question of the day, and the letter as a
 * column of blocks.
 *
 * @import {Group, Meeting, Person} from '../types.js'
 * @import {Notes} from '../meeting/dialogues.js'
 * @import {Writing} from './writing.js'
 * @import {Hands} from './blockfield.js'
 */
import { html, nothing, render, repeat } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatDate, t } from '../../i18n/messages.js'
import { navigate, onLeave } from '../../router.js'
import * as api from '../api.js'
import { draftsOf } from '../drafts.js'
import { tell } from '../dialog.js'
import { groupChoice } from '../groupchoice.js'
import { Problem } from '../problem.js'
import { openCheck } from '../personal/check.js'
import { personalAt } from '../personal/view.js'
import { openHelper } from '../question/help.js'
import { questionHelp } from '../question/view.js'
import { askToSignIn } from '../session.js'
import { page } from '../shell.js'
import { loadStyles } from '../styles.js'
import { addPart, attachedPart, drawnFrom } from './attachedview.js'
import { attachingOf } from './attaching.js'
import { notesPart, put, sentenceButton } from './beside.js'
import { adder, blockField, growing, tooLong } from './blockfield.js'
import { LIMITS, isAttached } from './blocks.js'
import { conflictView, settleButton } from './conflictview.js'
import { openLetter } from './desk.js'
import { handsOf } from './hands.js'
import { Meter, meterPart } from './meter.js'
import { fromContent, letterCard } from './parentview.js'
import { plainPart } from './plainview.js'
import { goingBar, Release } from './release.js'
import { saveState } from './savestate.js'
import { splitterOf } from './splitter.js'

/**
 * What the editor shows besides the text itself.
 * @typedef {object} Desk
 * @property {Writing} writing
 * @property {Group[]} groups of the letter's unit
 * @property {Meeting|null} meeting
 * @property {Notes|null} notes of its meeting
 * @property {Meter} meter
 * @property {Release} release
 * @property {string} active the block whose tools are shown
 * @property {string} broken the block whose sentences are shown
 * @property {ReturnType<typeof splitterOf>} splitter
 * @property {import('../question/help.js').Helper} helper
 * @property {import('../personal/check.js').Check} check
 */

/**
 * @param {HTMLElement} root
 * @param {string} id
 * @param {Person} person
 */
export async function view(root, id, person) {
  const writing = await openLetter(id, person)
  root.dataset.view = 'staff-letter'
  root.dataset.letter = id
  const caret = caretOf(root)
  const draw = () => {
    root.dataset.state = writing.autosave.state
    render(template(desk, hands, draw), root)
    caret.settle()
  }
  /** @type {Desk} */
  const desk = { writing, groups: [], meeting: null, notes: null, meter: new Meter({ kind: 'letters', id }, () => draw()), release: new Release(writing, root, draw, draw), active: '', broken: '', splitter: splitterOf(writing, draw), helper: openHelper(person, () => draw()), check: openCheck(person, id, () => draw()) }
  const hands = handsOf(writing, caret.place, {
    activate(id) {
      if (desk.active === id) return
      Object.assign(desk, { active: id, broken: '' })
      draw()
    },
    sentences(id) {
      desk.broken = desk.broken === id ? '' : id
      if (desk.broken) writing.autosave.flush()
      draw()
    },
  })
  writing.onchange(draw)
  loadStyles('attached')
  const attaching = attachingOf(writing)
  attaching.onchange(draw)
  onLeave(() => draftsOf(person.id).pending || attaching.pending)
  desk.release.follow()
  draw()
  focusFault(root, writing)
  await Promise.allSettled([
    api.groups().then((all) => { desk.groups = all.filter((g) => g.unit === writing.unit) }),
    writing.meeting && api.meeting(writing.meeting).then((found) => { desk.meeting = found }),
    writing.meeting && import('../meeting/notes.js').then(({ readNotes }) => readNotes(writing.meeting, person)).then((found) => { desk.notes = found }),
    writing.letter && desk.meter.load(writing.unit),
    attaching.load(),
  ])
  draw()
}

/** What publishing refused is told at its field, and the first one is where she lands. @param {HTMLElement} root @param {Writing} writing */
function focusFault(root, writing) {
  if (Object.keys(writing.fields).length === 0) return
  requestAnimationFrame(() => /** @type {HTMLElement|null} */ (root.querySelector('[aria-invalid="true"]'))?.focus())
}

/** Puts the caret where an edit said, once the edit is drawn. @param {HTMLElement} root */
function caretOf(root) {
  let waiting = { id: '', caret: 0 }
  return {
    /** @param {string} id @param {number} caret -1 leaves it where it is */
    place: (id, caret) => { waiting = { id, caret } },
    settle() {
      const { id, caret } = waiting
      waiting = { id: '', caret: 0 }
      const area = /** @type {HTMLTextAreaElement|null} */ (id ? root.querySelector(`[name="block.${id}"]`) : null)
      if (!area) return
      area.focus()
      if (caret >= 0) area.setSelectionRange(caret, caret)
    },
  }
}

/** @param {Desk} desk @param {Hands} hands @param {() => void} draw */
function template(desk, hands, draw) {
  const { writing, meeting } = desk
  const { letter, content, autosave } = writing
  const group = content.groups[0]
  return html`
    ${page({
      title: letter?.number ? t('staff.letter.correct') : t('staff.letter.write'),
      under: meeting ? t('staff.letter.of_meeting', { Date: formatDate(meeting.starts, 'date') }) : nothing,
      up: meeting
        ? { href: `/staff/meetings/${meeting.id}`, label: t('staff.meeting.back') }
        : { href: group ? `/staff/groups/${group}` : '/staff', label: desk.groups.find((g) => g.id === group)?.name ?? t('staff.home.title') },
      body: writing.theirs ? conflictView(writing, draw) : html`<div class="desk">${fields(desk, hands, draw)}${beside(desk)}</div>`,
    })}
    <div class="actionbar">
      ${saveState(autosave, { fresh: letter === null, signIn: () => askToSignIn().then(() => autosave.flush()), retry: () => autosave.flush() })}
      ${writing.theirs ? settleButton(writing) : html`<button type="button" class="button primary" data-action="preview"
        @click=${() => navigate(`/staff/letters/${writing.id}/preview`)}>${icon('eye')}${t('staff.letter.preview')}</button>`}
    </div>`
}

/** Somebody who writes on is told in passing. @param {Release} release @param {() => void} draw */
async function undo(release, draw) {
  try {
    await release.undo()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    tell(error.message)
  }
  draw()
}

/** @param {Desk} desk @param {Hands} hands @param {() => void} draw */
function fields(desk, hands, draw) {
  const { writing, release } = desk
  const { content, letter } = writing
  const faults = { ...writing.autosave.problem?.fields, ...writing.fields }
  const personal = desk.check.places(content)
  const edited = (/** @type {string} */ name) => { delete writing.fields[name] }
  return html`
    <div class="stack loose">
      ${release.waits ? goingBar(release, () => undo(release, draw))
        : letter?.withdrawn ? html`<p class="notice bad">${icon('undo-2')}<span>${t('staff.letter.is_withdrawn', { Date: formatDate(letter.withdrawn, 'date') })}</span></p>`
        : letter?.number ? html`<p class="notice">${icon('info')}<span>${t('staff.letter.is_published', { Date: formatDate(letter.corrected || letter.published, 'date') })}</span></p>` : nothing}
      ${desk.groups.length ? groupChoice(desk.groups, content.groups, faults.groups?.message, (groups) => { edited('groups'); writing.edit({ groups }) }) : nothing}
      <div class="field">
        <span class="label" aria-hidden="true">${t('staff.letter.title')}</span>
        ${growing({ name: 'title', text: content.title, label: t('staff.letter.title'), error: faults.title?.message ?? tooLong(content.title, LIMITS.title),
          type: (area) => { edited('title'); writing.edit({ title: oneLine(area.value) }) } })}
        ${personalAt(desk.check, personal, 'title')}
      </div>
      ${desk.meeting?.kind === 'thematic' && !content.question ? nothing : html`<div class="field">
        <span class="label" aria-hidden="true">${t('staff.question.label')}</span>
        <p class="hint" id="question-hint">${t('staff.question.help')}</p>
        ${growing({ name: 'question', text: content.question, label: t('staff.question.label'), hint: 'question-hint', error: faults.question?.message ?? tooLong(content.question, LIMITS.question),
          type: (area) => { edited('question'); writing.edit({ question: oneLine(area.value) }) } })}
        ${personalAt(desk.check, personal, 'question')}
        ${questionHelp(desk.helper, content.question, (question) => writing.edit({ question }))}
      </div>`}
      <section class="stack tight" aria-labelledby="blocks-title">
        <h2 id="blocks-title" class="label">${t('staff.letter.text')}</h2>
        <p class="hint quiet small">${t('staff.letter.text_hint')}</p>
        ${faults.blocks ? html`<p class="error" role="alert">${icon('triangle-alert')}<span>${faults.blocks.message}</span></p>` : nothing}
        ${blocks(desk, hands, faults, personal)}
        ${addPart(attachingOf(writing), (kind, file) => attach(desk, kind, file, draw))}
        ${sentenceButton((text) => put(writing, desk.active, text))}
        ${notesPart(desk.notes, (text) => put(writing, desk.active, text))}
        ${writing.restorable ? html`<button type="button" class="button" data-action="undo" @click=${() => writing.restoreBlock()}>${icon('undo-2')}${t('staff.block.undo')}</button>` : nothing}
      </section>
      ${plainPart(content)}
      <label class="check"><input type="checkbox" name="sensitive" .checked=${content.sensitive} @change=${() => writing.edit({ sensitive: !content.sensitive })}>
        <span>${t('staff.letter.sensitive')}</span></label>
      ${desk.meter.counts.length ? html`<div class="stack tight"><h2 class="label">${t('staff.letter.languages')}</h2>${meterPart(desk.meter)}</div>` : nothing}
    </div>`
}

/**
 * Puts a picture or a document after the block that she was in, or at the end.
 * @param {Desk} desk
 * @param {import('../types.js').AttachedKind} kind
 * @param {File} file
 * @param {() => void} draw
 */
async function attach(desk, kind, file, draw) {
  const at = desk.writing.content.blocks.findIndex((b) => b.id === desk.active)
  const id = await attachingOf(desk.writing).add(kind, file, at < 0 ? {} : { at: at + 1 })
  if (id) desk.active = id
  draw()
  if (id) /** @type {HTMLElement|null} */ (document.querySelector(`[name="block.${id}"]`))?.focus()
}

/** Title and question have one line. @param {string} text */
const oneLine = (text) => text.replace(/\s*\n\s*/g, ' ')

/** @param {Desk} desk @param {Hands} hands @param {import('../types.js').Fields} faults @param {import('../personal/check.js').Place[]} personal */
const blocks = ({ writing, active, broken, splitter, check }, hands, faults, personal) => html`
  <ol class="blocks">
    ${adder(0, hands)}
    ${repeat(writing.content.blocks, (b) => b.id, (block, at) => html`
      ${blockField(block, {
        at,
        of: writing.content.blocks.length,
        active: active === block.id,
        error: faults[`block.${block.id}`]?.message,
        above: isAttached(block) ? attachedPart(block, attachingOf(writing)) : nothing,
        more: html`${personalAt(check, personal, `block.${block.id}`)}${broken === block.id ? splitter.template(block) : nothing}`,
      }, hands)}
      ${adder(at + 1, hands)}`)}
  </ol>`

/** On a wide screen the parent's view stands beside the text. @param {Desk} desk */
const beside = ({ writing, meeting }) => html`
  <aside class="beside" aria-label=${t('staff.letter.beside')}>
    ${letterCard(fromContent(writing.content), { meeting, published: writing.letter?.published ?? '' }, drawnFrom(attachingOf(writing)))}
  </aside>`
