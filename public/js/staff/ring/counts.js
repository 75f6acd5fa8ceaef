/**
 * What became of ringing parents' phones about a letter or a meeting, as last
 * read from the server.
 *
 * @import {Owner, Ringing as Answer} from '../types.js'
 * @import {Template} from '../../lib/html.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatDate, t, tn } from '../../i18n/messages.js'
import * as api from '../api.js'
import { serverTime } from '../clock.js'
import { ask, tell } from '../dialog.js'
import { languageName } from '../letter/readiness.js'
import { Problem } from '../problem.js'
import { whileShown } from '../shown.js'
import { parse } from '../time.js'
import { ringWords } from './when.js'

/** Waits between two readings, in milliseconds, while something is on its way. */
const [SHORTEST, LONGEST] = [4_000, 60_000]

export class Ringing {
  /** null: they never rang; undefined: not read yet. @type {Answer|null|undefined} */ answer
  /** When it was read. */ read = new Date(0)
  /** Why it could not be read. @type {Problem|null} */ problem = null

  #owner
  #root
  #changed
  #followed = false
  #wait = SHORTEST
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #timer

  /**
   * @param {Owner} owner
   * @param {HTMLElement} root of the view it is shown in
   * @param {() => void} changed
   */
  constructor(owner, root, changed) {
    this.#owner = owner
    this.#root = root
    this.#changed = changed
  }

  /** Reads it, and from now on again while she looks and something is on its way. */
  async follow() {
    if (!this.#followed) whileShown(this.#root, () => this.refresh())
    this.#followed = true
    this.#wait = SHORTEST
    await this.refresh()
  }

  async refresh() {
    clearTimeout(this.#timer)
    try {
      this.answer = await api.ringing(this.#owner)
      this.read = new Date()
      this.problem = null
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      this.problem = error
    }
    this.#changed()
    if (this.problem || this.answer && !this.answer.done) this.#again()
  }

  /** Whether phones are held back that she may ring now. The server says so, whose clock is known here to a second only. */
  get held() {
    return this.#owner.kind === 'letters' && Boolean(this.answer?.hold)
  }

  /** Phones that are held back ring, once she has said that she is sure. */
  async ringNow() {
    const sure = await ask({ name: 'ring-now', title: t('staff.ring.now_title'), text: t('staff.ring.now_text'), yes: t('staff.ring.now'), action: 'ring-now-confirm' })
    if (!sure) return
    try {
      await api.ringNow(this.#owner)
      tell(t('staff.ring.now_done'))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      tell(error.message)
    }
    await this.follow()
  }

  #again() {
    this.#timer = setTimeout(() => {
      if (this.#root.isConnected && document.visibilityState === 'visible') this.refresh()
    }, this.#wait)
    this.#wait = Math.min(this.#wait * 2, LONGEST)
  }
}

/**
 * @param {Ringing} ringing
 * @param {Template|typeof nothing} rest how parents get it whose phones don't ring
 */
export function ringingPart(ringing, rest) {
  const { answer, problem } = ringing
  if (!answer && !problem) return nothing
  return html`
    <section class="card stack tight ringing no-print" data-part="ringing" aria-labelledby="ringing-title">
      <p id="ringing-title" class="label">${t('staff.ring.title')}</p>
      ${answer ? words(answer, rest) : nothing}
      ${ringing.held ? html`<p><button type="button" class="button small" data-action="ring-now" @click=${() => ringing.ringNow()}>${icon('bell-ring')}${t('staff.ring.now')}</button></p>` : nothing}
      ${problem
        ? html`<p class="state late" role="status">${icon(problem.offline ? 'wifi-off' : 'triangle-alert')}<span>${problem.offline ? t('staff.ring.offline') : problem.message}</span></p>`
        : html`<div class="row apart age"><p class="quiet small">${t('staff.answers.read', { Time: formatDate(ringing.read, 'heard') })}</p>
          <button type="button" class="button small" data-action="refresh-ringing" @click=${() => ringing.refresh()}>${icon('refresh-cw')}${t('staff.answers.refresh')}</button></div>`}
    </section>`
}

/** @param {Answer} answer @param {Template|typeof nothing} rest */
function words(answer, rest) {
  const now = serverTime()
  const rings = parse(answer.rings)
  const later = rings > now
  return html`
    ${answer.awaits?.length ? waits(answer.awaits, rings)
      : later || !answer.released ? html`<p class="state rings" data-part="rings">${icon('clock')}<span>${ringWords(rings, now)}</span></p>` : nothing}
    ${answer.phones === 0 ? html`<p>${t('staff.ring.few_phones')}</p>` : counts(answer, later)}
    ${answer.phones === 0 || answer.reachable < answer.phones || answer.failed > 0 ? rest : nothing}`
}

/** What phones wait for, and how long at most. @param {string[]} awaits @param {Date} rings */
const waits = (awaits, rings) => html`
  <p class="state rings" data-part="waits">${icon('languages')}<span>${t('staff.ring.waits', { Time: formatDate(rings, 'datetime') })}</span></p>
  <ul class="bullets">${awaits.map((tag) => html`<li data-locale=${tag}>${languageName(tag)}</li>`)}</ul>`

/** @param {Answer} answer @param {boolean} later they ring at another time */
function counts({ phones, reachable, rung, waiting, failed, released }, later) {
  const off = Math.max(phones - reachable, 0)
  return html`
    ${later && rung === 0 || !released ? nothing : html`<p data-count="rung">${rung ? tn('staff.ring.rung', phones, { Rung: rung }) : tn('staff.ring.rung_few', phones)}</p>`}
    <ul class="bullets">
      ${line('waiting', waiting)}
      ${line('failed', failed)}
      ${line('off', off)}
    </ul>`
}

/** Below five nothing is said. @param {'waiting'|'failed'|'off'} name @param {number} count */
const line = (name, count) => (count ? html`<li data-count=${name}>${tn(`staff.ring.${name}`, count)}</li>` : nothing)
