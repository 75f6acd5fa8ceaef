/**
 * A letter's sheets, chosen by language and seen as they will be printed.
 *
 * @import {Readiness} from '../types.js'
 * @import {Shown} from '../letter/parentview.js'
 * @import {Paper} from './load.js'
 * @import {Words} from './words.js'
 */
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { SOURCE, t, tn } from '../../i18n/messages.js'
import * as api from '../api.js'
import { folded, languageName } from '../letter/readiness.js'
import { Problem } from '../problem.js'
import { page } from '../shell.js'
import { codeOf, loadPaper, loadPictures, shownIn } from './load.js'
import { sheet } from './sheet.js'
import { wordsOf } from './words.js'

/**
 * @typedef {object} State
 * @property {Paper} paper
 * @property {string} group whose code is on the sheets
 * @property {string[]} chosen languages
 * @property {boolean} beside the original stands beside each
 * @property {Map<string, {letter: Shown, words: Words}>} ready by language
 * @property {{done: number, total: number, pictures?: boolean}|null} fetching
 * @property {string} error
 */

/**
 * @param {HTMLElement} root
 * @param {string} id
 */
export async function view(root, id) {
  root.dataset.view = 'staff-print'
  const paper = await loadPaper(id)
  /** @type {State} */
  const state = { paper, group: paper.groups[0]?.id ?? '', chosen: [SOURCE], beside: false, ready: new Map(), fetching: null, error: '' }
  const draw = () => render(template(state, acts), root)

  /** @param {() => Promise<void>} work */
  async function run(work) {
    if (state.fetching) return
    state.error = ''
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      state.error = error.message
    }
    draw()
  }

  const print = async () => {
    draw()
    await Promise.all([...root.querySelectorAll('.letter-sheet img')].map((img) => /** @type {HTMLImageElement} */ (img).decode().catch(() => {}))) // one that can't be drawn is left out
    window.print()
  }
  const acts = {
    toggle: (/** @type {string} */ tag) => run(async () => {
      if (!state.chosen.includes(tag)) await fetchTexts(state, [tag], draw)
      state.chosen = inOrder(paper, state.chosen.includes(tag) ? state.chosen.filter((c) => c !== tag) : [...state.chosen, tag])
    }),
    beside: (/** @type {boolean} */ on) => {
      state.beside = on
      draw()
    },
    group: (/** @type {string} */ group) => run(async () => {
      paper.about.poster = await codeOf(group, id)
      state.group = group
    }),
    all: () => run(async () => {
      const all = inOrder(paper, [SOURCE, ...paper.readiness.filter(hasText).map((r) => r.tag)])
      await fetchTexts(state, all, draw)
      state.chosen = all
      await print()
    }),
    print: () => run(print),
  }
  await Promise.all([fetchTexts(state, [SOURCE], draw), townOf(state, id)])
  draw()
  await run(() => withPictures(state, draw))
}

/** Fetches what the languages need, a few at a time. @param {State} state @param {string[]} tags @param {() => void} draw */
async function fetchTexts(state, tags, draw) {
  const waiting = tags.filter((tag) => !state.ready.has(tag))
  state.fetching = waiting.length ? { done: 0, total: waiting.length } : null
  draw()
  const next = async () => {
    for (let tag = waiting.shift(); tag; tag = waiting.shift()) {
      const [letter, words] = await Promise.all([shownIn(state.paper, tag), wordsOf(tag)])
      state.ready.set(tag, { letter, words })
      if (state.fetching) state.fetching.done++
      draw()
    }
  }
  try {
    await Promise.all([next(), next(), next()])
  } finally {
    state.fetching = null
  }
}

/** @param {State} state @param {() => void} draw */
async function withPictures(state, draw) {
  try {
    await loadPictures(state.paper, (done, total) => {
      state.fetching = { done, total, pictures: true }
      draw()
    })
  } finally {
    state.fetching = null
  }
}

/** Where there is no code, the municipality's name is known from nowhere else than the phones' greeting. @param {State} state @param {string} id */
async function townOf({ paper, group }, id) {
  paper.about.poster = group ? await codeOf(group, id) : null
  const says = paper.about.poster ? { name: paper.about.poster.municipality, logo: paper.about.poster.logo } : await api.town()
  Object.assign(paper.about, { town: says.name ?? '', logo: says.logo })
}

/** Whether anything of the letter is there in the language. @param {Readiness} count */
const hasText = ({ missing, draft, total }) => missing + draft < total

/** @param {Paper} paper @param {string[]} tags the original first, then those that most phones read */
const inOrder = ({ readiness }, tags) => [SOURCE, ...readiness.map((r) => r.tag)].filter((tag) => tags.includes(tag))

/**
 * @param {State} state
 * @param {{toggle: (tag: string) => void, beside: (on: boolean) => void, group: (id: string) => void, all: () => void, print: () => void}} acts
 */
function template(state, acts) {
  const { paper, chosen, ready, beside, fetching, error } = state
  const source = ready.get(SOURCE)
  return html`
    <div class="no-print">${page({
      title: t('staff.print.title'),
      under: html`<span lang=${SOURCE} dir="auto">${paper.letter.title}</span>`,
      up: { href: `/staff/letters/${paper.letter.id}/preview`, label: t('staff.preview.title') },
      body: html`
        ${error ? html`<p class="notice bad" role="alert">${icon('triangle-alert')}<span>${error}</span></p>` : nothing}
        ${paper.out ? nothing : html`<p class="notice late" data-part="draft">${icon('pencil')}<span>${t('staff.print.draft')}</span></p>`}
        ${paper.groups.length && !paper.about.poster ? html`<p class="notice late" data-part="no-code">${icon('qr-code')}<span>${t('staff.print.no_qr')} <a href="/staff/groups/${state.group}/invite">${t('staff.invite.title')}</a></span></p>` : nothing}
        <section class="stack" aria-labelledby="print-languages">
          <div class="stack tight"><h2 id="print-languages">${t('staff.print.languages')}</h2><p class="quiet">${t('staff.print.hint')}</p></div>
          ${languages(state, acts.toggle)}
          <label class="check"><input type="checkbox" name="beside" .checked=${beside} @change=${(/** @type {Event} */ e) => acts.beside(/** @type {HTMLInputElement} */ (e.target).checked)}><span>${t('staff.print.beside')}</span></label>
          ${paper.groups.length > 1 ? groupChoice(state, acts.group) : nothing}
          <div class="row">
            <button type="button" class="button primary" data-action="print-all" aria-disabled=${fetching !== null} @click=${acts.all}>${icon('printer')}${t('staff.print.all')}</button>
            <button type="button" class="button" data-action="print" ?disabled=${chosen.length === 0} @click=${acts.print}>${icon('printer')}${chosen.length ? tn('staff.print.chosen', chosen.length) : t('staff.print.none')}</button>
          </div>
          <p role="status" data-part="fetching">${fetching?.pictures ? `${t('attached.loading')} ${fetching.done}/${fetching.total}` : fetching ? t('staff.print.fetching', { Done: fetching.done, Total: fetching.total }) : nothing}</p>
        </section>`,
    })}</div>
    <div class="sheets">${chosen.map((tag) => {
      const found = ready.get(tag)
      return found ? sheet(found.letter, found.words, paper.about, beside && source ? source.words : null) : nothing
    })}</div>`
}

/** @param {State} state @param {(tag: string) => void} toggle */
function languages({ paper: { readiness }, chosen }, toggle) {
  const { read, others } = folded(readiness.filter(hasText))
  const button = (/** @type {string} */ tag) => {
    const on = chosen.includes(tag)
    return html`<button type="button" class="button ready" data-locale=${tag} aria-pressed=${on} @click=${() => toggle(tag)}>${icon(on ? 'check' : 'plus')}${languageName(tag)}</button>`
  }
  return html`<div class="row readiness" role="group" aria-labelledby="print-languages">${[SOURCE, ...[...read, ...others].map((r) => r.tag)].map(button)}</div>`
}

/** @param {State} state @param {(id: string) => void} choose */
const groupChoice = ({ paper: { groups }, group }, choose) => html`
  <div class="field">
    <label for="field-group">${t('staff.print.group')}</label>
    <select id="field-group" name="group" @change=${(/** @type {Event} */ e) => choose(/** @type {HTMLSelectElement} */ (e.target).value)}>
      ${groups.map((g) => html`<option value=${g.id} ?selected=${g.id === group}>${g.name}</option>`)}
    </select>
  </div>`
