/**
 * The letter as parents will see it, in every language, and from here out to
 * them.
 *
 * @import {Group, Meeting, Person, Place, Readiness, Revision, TranslatedBy} from '../types.js'
 * @import {Writing} from './writing.js'
 */
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatDate, SOURCE, t } from '../../i18n/messages.js'
import { navigate } from '../../router.js'
import * as api from '../api.js'
import { copyText } from '../copytext.js'
import { openCheck } from '../personal/check.js'
import { personalNotice } from '../personal/view.js'
import { Problem } from '../problem.js'
import { Ringing, ringingPart } from '../ring/counts.js'
import { page } from '../shell.js'
import { isPublic } from '../steps.js'
import { loadStyles } from '../styles.js'
import { drawnFrom } from './attachedview.js'
import { attachingOf } from './attaching.js'
import { openLetter } from './desk.js'
import { translatedBy } from './meter.js'
import { fromContent, fromPlaces, letterCard } from './parentview.js'
import { plainText } from './plaintext.js'
import { deleteLetter, publishLetter, withdrawLetter } from './publishing.js'
import { languageChoice, SIMPLE } from './readiness.js'
import { goingBar, Release } from './release.js'
import { Simple, simplePart } from './simple.js'
import { unmarked } from './sentences.js'

/**
 * @typedef {object} State
 * @property {Writing} writing
 * @property {Release} release
 * @property {import('../personal/check.js').Check} check
 * @property {Ringing} ringing
 * @property {Group[]} groups
 * @property {Meeting|null} meeting
 * @property {Readiness[]} readiness
 * @property {TranslatedBy} by
 * @property {Simple} simple
 * @property {string} locale
 * @property {Map<string, Place[]>} places by locale
 * @property {boolean|null|undefined} changed it isn't what parents have; null: the server couldn't be asked, undefined: not asked yet
 * @property {boolean} busy
 * @property {string} error
 */

/**
 * @param {HTMLElement} root
 * @param {string} id
 * @param {Person} person
 */
export async function view(root, id, person) {
  root.dataset.view = 'staff-preview'
  root.dataset.letter = id
  const writing = await openLetter(id, person)
  const release = new Release(writing, root, () => draw(), () => load(state).then(draw))
  const ringing = new Ringing({ kind: 'letters', id }, root, () => draw())
  /** @type {State} */
  const state = { writing, release, check: openCheck(person, id, () => draw()), ringing, groups: [], meeting: null, readiness: [], by: {}, simple: new Simple(id, (place) => { keepPlace(state, place) }, () => draw()), locale: SOURCE, places: new Map(), changed: undefined, busy: false, error: '' }
  const draw = () => {
    root.dataset.state = writing.autosave.state
    render(template(state, acts), root)
  }
  let saved = false
  let loading = Promise.resolve()
  /** What was saved only now, the network being back, has other sentences and may differ from what parents have. */
  const follow = () => {
    const late = !saved && writing.autosave.state === 'saved'
    saved = writing.autosave.state === 'saved'
    if (late || writing.theirs) state.error = ''
    draw()
    if (late) load(state).then(draw)
  }

  /** @param {() => Promise<void>} work */
  async function run(work) {
    if (state.busy) return
    Object.assign(state, { busy: true, error: '' })
    draw()
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      state.error = error.message
    }
    state.busy = false
    draw()
    if (state.error) root.querySelector('[role="alert"]')?.scrollIntoView({ block: 'center' })
  }

  /** What is said before it goes out, once all of it is here; a letter that was saved only now had no languages before. */
  async function known() {
    await loading
    if (!state.readiness.length) await load(state)
    return { groups: groupsOf(state), readiness: state.readiness, by: state.by, starts: state.meeting?.starts ?? '' }
  }

  const acts = {
    choose: (/** @type {string} */ tag) => run(async () => {
      if (tag !== SOURCE && !state.places.has(tag)) state.places.set(tag, (await api.places({ kind: 'letters', id }, tag, 'draft')).places)
      state.locale = tag
    }),
    async publish() {
      await run(async () => {
        if (await publishLetter(writing, known)) state.changed = false
      })
      watch(state)
      // The button that she pressed is gone; the way back is here.
      if (release.waits) /** @type {HTMLElement|null} */ (root.querySelector('[data-part="going"]'))?.focus()
    },
    undo: () => run(() => release.undo()),
    withdraw: () => run(async () => { await withdrawLetter(writing) }),
    remove: () => run(async () => {
      const group = writing.content.groups[0]
      if (await deleteLetter(writing)) navigate(group ? `/staff/groups/${group}` : '/staff')
    }),
    copy: () => run(async () => {
      await copyText(await plainText(writing.content, state.readiness))
    }),
  }
  await writing.autosave.flush()
  saved = writing.autosave.state === 'saved'
  writing.onchange(follow)
  attachingOf(writing).onchange(draw)
  loadStyles('attached')
  draw()
  loading = load(state)
  await loading
  draw()
}

/** @param {State} state */
async function load(state) {
  const { writing } = state
  const letter = writing.letter
  state.places.clear()
  state.locale = SOURCE
  watch(state)
  await Promise.allSettled([
    api.groups().then((all) => { state.groups = all }),
    writing.meeting && api.meeting(writing.meeting).then((found) => { state.meeting = found }),
    letter && api.readiness({ kind: 'letters', id: writing.id }).then(({ locales }) => { state.readiness = locales }),
    translatedBy(writing.unit).then((by) => { state.by = by }),
    attachingOf(writing).load(),
    letter && (letter.number > 0 || letter.release) && api.published(letter).then((was) => { state.changed = differs(writing, was) }, () => { state.changed = null }),
  ])
}

/** Follows what goes out, and what became of it. @param {State} state */
function watch({ writing: { letter }, release, ringing }) {
  release.follow()
  if (letter && (letter.release || isPublic(letter))) ringing.follow()
}

/** Puts what a sentence is in plain Swedish now in its place, in the text and in the counts. @param {State} state @param {Place} place */
function keepPlace(state, place) {
  const places = (state.places.get(SIMPLE) ?? []).map((p) => (p.segment === place.segment && (!place.only || p.context === place.context) ? { ...p, ...place, block: p.block, kind: p.kind, context: p.context } : p))
  state.places.set(SIMPLE, places)
  const of = (/** @type {string} */ name) => places.filter((p) => p.state === name).length
  state.readiness = state.readiness.map((r) => (r.tag === SIMPLE
    ? { ...r, missing: of('missing'), machine: of('machine'), draft: of('draft'), reused: of('reused'), reviewed: of('reviewed') } : r))
}

/** @param {State} state */
const groupsOf = ({ groups, writing }) => groups.filter((g) => writing.content.groups.includes(g.id))

/** Whether it is another than what parents have. @param {Writing} writing @param {Revision} was */
function differs({ content }, was) {
  const now = [['title', content.title, ''], ['question', content.question, ''], ...content.blocks.map((b) => [b.kind, b.text, b.attachment ?? ''])]
  const whole = (/** @type {string[][]} */ blocks, /** @type {Pick<Revision, 'groups'|'sensitive'>} */ { groups, sensitive }) =>
    JSON.stringify([blocks.filter(([, words]) => unmarked(words).trim()), [...groups].sort(), sensitive])
  return whole(now, content) !== whole(was.content.map((b) => [b.kind, b.text, b.attachment ?? '']), was)
}

/** @param {State} state @param {{choose: (tag: string) => void, publish: () => void, undo: () => void, withdraw: () => void, remove: () => void, copy: () => void}} acts */
function template(state, acts) {
  const { writing, ringing, readiness, locale, places, meeting } = state
  const { letter, content } = writing
  const shown = locale === SOURCE ? fromContent(content) : fromPlaces(places.get(locale) ?? [], locale, content.blocks)
  const group = groupsOf(state)[0]
  const never = !letter || letter.number === 0
  return html`
    <div class="no-print">
      ${page({
        title: t('staff.preview.title'),
        under: groupsOf(state).map((g) => g.name).join(', '),
        up: group ? { href: `/staff/groups/${group.id}`, label: group.name } : { href: '/staff', label: t('staff.home.title') },
        body: html`
          ${notice(state)}
          ${personalNotice(state.check.places(content), `/staff/letters/${writing.id}`)}
          ${letter?.release || letter && isPublic(letter) ? ringingPart(ringing, otherwise(writing.id, group)) : nothing}
          ${letter && isPublic(letter) ? html`<p><a class="button" href="/staff/letters/${writing.id}/reach" data-action="reach">${icon('smartphone')}${t('staff.reach.link')}</a></p>` : nothing}
          ${readiness.length ? languageChoice(SOURCE, readiness, state.by, locale, acts.choose) : nothing}`,
      })}
    </div>
    <div class="preview">
      ${letterCard(shown, { meeting, published: letter?.published ?? '' }, drawnFrom(attachingOf(writing)))}
    </div>
    ${locale === SIMPLE ? simplePart(state.simple, places.get(SIMPLE) ?? []) : nothing}
    <div class="row extras no-print">
      <button type="button" class="button" data-action="copy" @click=${acts.copy}>${icon('copy')}${t('staff.copy.copy')}</button>
      ${letter ? html`<a class="button" href="/staff/letters/${writing.id}/print" data-action="print">${icon('printer')}${t('staff.preview.print')}</a>` : nothing}
      ${never ? nothing : html`<a class="button" href="/staff/letters/${writing.id}/duplicate" data-action="duplicate">${icon('square-plus')}${t('staff.letter.duplicate')}</a>`}
      ${letter?.release && never ? nothing : never
        ? html`<button type="button" class="button danger" data-action="delete-letter" @click=${acts.remove}>${icon('trash-2')}${t('staff.delete.delete')}</button>`
        : letter.withdrawn ? nothing
        : html`<button type="button" class="button danger" data-action="withdraw" @click=${acts.withdraw}>${icon('undo-2')}${t('staff.withdraw.withdraw')}</button>`}
    </div>
    ${actionBar(state, acts)}`
}

/** How the letter reaches those whose phones don't ring. @param {string} id @param {Group|undefined} group */
const otherwise = (id, group) => html`
  <p>${t('staff.ring.letter_rest')}</p>
  <div class="row">
    <a class="button small" href="/staff/letters/${id}/print">${icon('printer')}${t('staff.print.title')}</a>
    ${group ? html`<a class="button small" href="/staff/poster/${group.id}">${icon('qr-code')}${t('staff.invite.poster')}</a>` : nothing}
  </div>`

/** @param {State} state */
function notice({ writing, changed, error }) {
  const { letter, autosave } = writing
  if (error) return html`<p class="notice bad" role="alert">${icon('triangle-alert')}<span>${error}</span></p>`
  if (autosave.state === 'conflict') return html`<p class="notice late" role="alert">${icon('merge')}<span>${t('staff.conflict.title')}. <a href="/staff/letters/${writing.id}">${t('staff.preview.edit')}</a></span></p>`
  if (autosave.state !== 'saved') return html`<p class="notice late" role="status">${icon('wifi-off')}<span>${t('staff.preview.unsaved')}</span></p>`
  if (letter?.release) return changed ? html`<p class="notice late" data-part="changed">${icon('pencil')}<span>${t('staff.release.changed')}</span></p>` : nothing
  if (letter?.withdrawn) return html`<p class="notice bad">${icon('undo-2')}<span>${t('staff.letter.is_withdrawn', { Date: formatDate(letter.withdrawn, 'date') })}</span></p>`
  if (!letter?.number || typeof changed !== 'boolean') return nothing
  return changed
    ? html`<p class="notice late" data-part="changed">${icon('pencil')}<span>${t('staff.preview.changed')}</span></p>`
    : html`<p class="notice good" data-part="published">${icon('circle-check')}<span>${t('staff.preview.published', { Date: formatDate(letter.corrected || letter.published, 'date') })}</span></p>`
}

/** @param {State} state @param {{publish: () => void, undo: () => void}} acts */
function actionBar({ writing, release, changed, busy }, { publish, undo }) {
  const live = writing.letter !== null && isPublic(writing.letter)
  const edit = html`<a class="button" href="/staff/letters/${writing.id}" data-action="edit">${icon('pencil')}${t('staff.preview.edit')}</a>`
  return html`
    <div class="actionbar no-print">
      ${release.waits ? goingBar(release, undo) : nothing}
      ${edit}
      ${(live || release.waits) && (changed === false || changed === undefined) ? nothing : html`<button type="button" class="button primary" data-action="publish" ?disabled=${busy} @click=${publish}>
        ${icon('send')}${t(live ? 'staff.publish.correct' : 'staff.publish.publish')}</button>`}
    </div>`
}
