/**
 * What waits for the translator: every text of her units and languages, the
 * most urgent first, as the server sorts them. Without a network it is what
 * was there last.
 *
 * @import {Person, Queue, Task} from '../staff/types.js'
 * @import {Unsent} from './work.js'
 */
import { formatDate, langTag, localeName, t, tn } from '../i18n/messages.js'
import { html, nothing, render, repeat } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { refresh } from '../router.js'
import * as api from '../staff/api.js'
import { tell } from '../staff/dialog.js'
import { keep, kept } from '../staff/kept.js'
import { Problem } from '../staff/problem.js'
import { account, page, places } from '../staff/shell.js'
import { keepAhead } from './ahead.js'
import { monthView } from './month.js'
import { ownerOf } from './owner.js'
import { inTime } from './patience.js'
import { onSent, sendWaiting, waitingOf } from './sender.js'
import { taskView } from './task.js'

/** Where her choice of a language is remembered on this computer. */
const CHOSEN = 'folje.translate.locale'

/** How many tasks are shown before she asks for more. */
const FIRST = 40

/**
 * @typedef {object} Listing
 * @property {Queue} queue
 * @property {string} at when the server said so, where that is not now
 * @property {Unsent[]} unsent what she wrote that the server doesn't have
 * @property {string} locale the one she looks at, "" for all
 * @property {number} shown
 * @property {string} error
 */

/**
 * @param {HTMLElement} root
 * @param {Person} person
 */
export async function view(root, person) {
  root.dataset.view = 'translate-queue'
  await inTime(() => sendWaiting(person)).catch(() => {}) // what can't be sent now stays, and is shown
  /** @type {Listing} */
  const listing = { ...await read(person), unsent: await waitingOf(person), locale: remembered(), shown: FIRST, error: '' }
  const month = monthView(person, () => draw())
  const draw = () => render(template(person, listing, acts, month.template()), root)
  const acts = actsOf(listing, person, () => draw())
  draw()
  if (listing.at) return
  keepAhead(person, listing.queue.tasks)
  onSent(async () => {
    if (!root.isConnected || root.dataset.view !== 'translate-queue') return
    Object.assign(listing, await read(person), { unsent: await waitingOf(person) })
    draw()
  })
}

/**
 * The queue as it is now, or as it was kept.
 * @param {Person} person
 * @returns {Promise<{queue: Queue, at: string}>}
 */
async function read(person) {
  const copy = await kept(person.id, 'queue')
  try {
    const queue = await (copy ? inTime(api.queue) : api.queue())
    if (!queue) return copy
    await keep(person.id, 'queue', { queue, at: new Date().toISOString() })
    return { queue, at: '' }
  } catch (error) {
    if (!(error instanceof Problem) || !error.offline) throw error
    if (copy) return copy
    // Without a network she still sees that her text is kept.
    if ((await waitingOf(person)).length) return { queue: { tasks: [], left: 0 }, at: new Date().toISOString() }
    throw error
  }
}

/** @param {Listing} listing @param {Person} person @param {() => void} draw */
function actsOf(listing, person, draw) {
  /** @param {() => Promise<void>} work */
  async function change(work) {
    listing.error = ''
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      listing.error = error.message
      if (error.status === 409) Object.assign(listing, await read(person))
    }
    draw()
  }
  return {
    claim: (/** @type {Task} */ task) => change(async () => {
      task.claim = await api.claim(ownerOf(task), task.locale)
      tell(t('translate.claim.taken'))
    }),
    giveBack: (/** @type {Task} */ task) => change(async () => {
      await api.giveBack(ownerOf(task), task.locale)
      task.claim = null
      tell(t('translate.claim.given_back'))
    }),
    choose: (/** @type {string} */ locale) => {
      listing.locale = locale
      listing.shown = FIRST
      remember(locale)
      draw()
    },
    more: () => {
      listing.shown += FIRST
      draw()
    },
  }
}

/** @param {Person} person @param {Listing} listing @param {ReturnType<typeof actsOf>} acts @param {import('../lib/html.js').Template|typeof nothing} month */
function template(person, listing, acts, month) {
  const { queue, at, unsent, locale, error } = listing
  const locales = [...new Set(queue.tasks.map((task) => task.locale))].sort()
  const mine = queue.tasks.filter((task) => !locale || !locales.includes(locale) || task.locale === locale)
  const open = mine.filter((task) => task.open)
  return page({
    title: t('translate.queue.title'),
    body: html`
      ${places(person, 'translate')}
      ${at ? away(at) : nothing}
      ${unsentView(unsent)}
      ${error ? html`<p class="notice bad" role="alert">${icon('triangle-alert')}<span>${error}</span></p>` : nothing}
      ${locales.length > 1 ? languageChoice(locales, locale, acts.choose) : nothing}
      ${open.length === 0 && !(at && queue.tasks.length === 0) ? html`<div class="empty">${icon('circle-check')}<p>${t('translate.queue.empty')}</p></div>` : nothing}
      ${list('open', open.slice(0, listing.shown), acts, at !== '')}
      ${open.length > listing.shown ? html`<div><button type="button" class="button wide" data-action="more" @click=${acts.more}>${icon('chevron-down')}${t('translate.queue.more', { Count: open.length - listing.shown })}</button></div>` : nothing}
      ${queue.left > 0 ? html`<p class="quiet small">${tn('translate.queue.left', queue.left)}</p>` : nothing}
      ${list('finished', mine.filter((task) => !task.open), acts, at !== '')}
      ${at ? nothing : month}
      ${account(person)}`,
  })
}

/** @param {'open'|'finished'} name @param {Task[]} tasks @param {ReturnType<typeof actsOf>} acts @param {boolean} offline */
const list = (name, tasks, acts, offline) => tasks.length === 0 ? nothing : html`
  <section class="stack" data-part=${name}>
    ${name === 'finished' ? html`<h2>${t('translate.queue.finished')}</h2>` : nothing}
    <ul class="stack queue">${repeat(tasks, (task) => `${task.collection}/${task.id}/${task.locale}`, (task) => taskView(task, { ...acts, offline }))}</ul>
  </section>`

/** @param {string} at */
const away = (at) => html`
  <div class="notice late" role="status" data-part="offline">${icon('wifi-off')}
    <div class="stack tight"><p>${t('translate.offline.queue', { Time: formatDate(at, 'heard') })}</p>
      <div><button type="button" class="button small" data-action="retry" @click=${refresh}>${icon('refresh-cw')}${t('staff.retry')}</button></div></div>
  </div>`

/** @param {Unsent[]} unsent */
const unsentView = (unsent) => unsent.length === 0 ? nothing : html`
  <section class="notice late" data-part="unsent" data-count=${countOf(unsent)}>${icon('cloud-off')}
    <div class="stack tight"><p>${tn('translate.queue.waiting', countOf(unsent))}</p>
      ${unsent.map((u) => html`<a href="/${u.id}"><bdi lang="sv">${u.title || t('staff.letter.untitled')}</bdi> · <bdi>${localeName(u.locale)}</bdi></a>`)}</div>
  </section>`

/** @param {Unsent[]} unsent */
const countOf = (unsent) => unsent.reduce((sum, { texts }) => sum + Object.keys(texts).length, 0)

/** @param {string[]} locales @param {string} chosen @param {(locale: string) => void} choose */
const languageChoice = (locales, chosen, choose) => html`
  <label class="row filter"><span class="label">${t('translate.queue.language')}</span>
    <select name="locale" class="order" @change=${(/** @type {Event} */ e) => choose(/** @type {HTMLSelectElement} */ (e.target).value)}>
      <option value="" ?selected=${!locales.includes(chosen)}>${t('translate.queue.all_languages')}</option>
      ${locales.map((tag) => html`<option value=${tag} lang=${langTag(tag)} ?selected=${chosen === tag}>${localeName(tag)}</option>`)}
    </select></label>`

function remembered() {
  try {
    return localStorage.getItem(CHOSEN) ?? ''
  } catch {
    return ''
  }
}

/** @param {string} locale */
function remember(locale) {
  try {
    localStorage.setItem(CHOSEN, locale)
  } catch {
    // The choice then lasts as long as the page.
  }
}
