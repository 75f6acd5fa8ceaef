/**
 * Wording a letter in plain Swedish, sentence by sentence, by the one who
 * wrote it. Each sentence is saved when she goes on to the next.
 *
 * @import {Place} from '../types.js'
 */
import { html, nothing, repeat } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t } from '../../i18n/messages.js'
import * as api from '../api.js'
import { Problem } from '../problem.js'
import { growing } from './blockfield.js'
import { SIMPLE } from './readiness.js'

/** What is typed and not saved. @typedef {{text: string, fault: string, busy: boolean}} Typed */

export class Simple {
  /** @type {Map<string, Typed>} by segment */ #typed = new Map()
  #letter
  #saved
  #changed

  /**
   * @param {string} letter
   * @param {(place: Place) => void} saved is told what a place is now
   * @param {() => void} changed
   */
  constructor(letter, saved, changed) {
    this.#letter = letter
    this.#saved = saved
    this.#changed = changed
  }

  /** @param {Place} place @returns {Typed} */
  of(place) {
    return this.#typed.get(place.segment) ?? { text: place.draft ?? place.text ?? '', fault: '', busy: false }
  }

  /** @param {Place} place @param {string} text */
  type(place, text) {
    this.#typed.set(place.segment, { text, fault: '', busy: false })
    this.#changed()
  }

  /** Stores what was typed; an empty text takes back what there was. @param {Place} place */
  async save(place) {
    const typed = this.#typed.get(place.segment)
    if (!typed || typed.busy) return
    typed.busy = true
    this.#changed()
    const context = place.only ? place.context : ''
    try {
      const now = await api.translate({ kind: 'letters', id: this.#letter }, SIMPLE, place.segment, { text: typed.text, base: place.version, context, draft: false })
      if (this.#typed.get(place.segment) === typed) this.#typed.delete(place.segment)
      this.#saved(now)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      Object.assign(typed, { busy: false, fault: error.fields.text?.message ?? error.message })
      if (error.status === 409 && error.current) this.#saved(error.current)
    }
    this.#changed()
  }
}

/**
 * @param {Simple} simple
 * @param {Place[]} places
 */
export const simplePart = (simple, places) => html`
  <section class="stack no-print simple" data-part="simple" aria-labelledby="simple-title">
    <h2 id="simple-title" class="label">${t('staff.simple.title')}</h2>
    <p class="quiet small">${t('staff.simple.intro')}</p>
    <ol class="stack tight">${repeat(places, (p) => `${p.block} ${p.segment} ${p.context}`, (place) => line(simple, place))}</ol>
  </section>`

/** @param {Simple} simple @param {Place} place */
function line(simple, place) {
  const { text, fault, busy } = simple.of(place)
  const kept = !fault && !busy && place.text !== null && text === place.text
  return html`
    <li class="card stack tight" data-segment=${place.segment} data-kept=${kept} @focusout=${() => simple.save(place)}>
      <p lang="sv" dir="auto">${place.source}</p>
      ${growing({ name: `simple.${place.segment}`, text, label: t('staff.simple.label', { Source: place.source }), lang: 'sv', error: fault || undefined, type: (area) => simple.type(place, area.value) })}
      ${kept ? html`<p class="state good small">${icon('check')}<span>${t('staff.simple.kept')}</span></p>` : nothing}
    </li>`
}
