/**
 * The readiness meter: a pill for each language, and below them what the one
 * lacks that was pressed.
 *
 * @import {Owner, Place, Readiness, TranslatedBy} from '../types.js'
 */
import { html, nothing } from '../../lib/html.js'
import { t } from '../../i18n/messages.js'
import * as api from '../api.js'
import { Problem } from '../problem.js'
import { languageName, particulars, pills } from './readiness.js'

export class Meter {
  /** @type {Readiness[]} */ counts = []
  /** @type {TranslatedBy} */ by = {}
  /** The language whose sentences are shown, or "". */ chosen = ''
  /** Its sentences, while they are known. @type {Place[]|null} */ places = null

  #owner
  #changed

  /** @param {Owner} owner @param {() => void} changed */
  constructor(owner, changed) {
    this.#owner = owner
    this.#changed = changed
  }

  /** Reads it anew. @param {string} unit whose translators it has */
  async load(unit) {
    const [ready, engines] = await Promise.all([api.readiness(this.#owner), translatedBy(unit)])
    Object.assign(this, { counts: ready.locales, by: engines, chosen: '', places: null })
  }

  /** Shows what a language lacks, or hides it again. @param {string} tag */
  async choose(tag) {
    this.chosen = this.chosen === tag ? '' : tag
    this.places = null
    this.#changed()
    if (!this.chosen) return
    try {
      const { places } = await api.places(this.#owner, tag, 'draft')
      if (this.chosen === tag) this.places = places
    } catch (error) {
      if (!(error instanceof Problem)) throw error // the counts are there all the same
    }
    this.#changed()
  }
}

/** Who translates into which language; without an answer nothing is said of it. @param {string} unit @returns {Promise<TranslatedBy>} */
export const translatedBy = (unit) => api.engines(unit).then(({ locales }) => locales, (error) => {
  if (!(error instanceof Problem)) throw error
  return {}
})

/** @param {Meter} meter */
export function meterPart(meter) {
  const { counts, by, chosen, places } = meter
  const count = counts.find((c) => c.tag === chosen)
  return html`
    ${pills(counts, by, chosen, (tag) => meter.choose(tag), { label: t('staff.letter.languages'), opens: true })}
    ${count ? html`<div class="card stack tight" data-part="lacking">
      <p class="label">${languageName(count.tag)}</p>${particulars(count, by)}${places ? lacking(places) : nothing}</div>` : nothing}`
}

/** @param {Place[]} places */
function lacking(places) {
  const open = places.filter(({ state }) => state === 'missing' || state === 'draft')
  if (open.length === 0) return html`<p>${t('staff.ready.all_there')}</p>`
  return html`<p>${t('staff.ready.lacking')}</p>
    <ul class="bullets">${open.map(({ source }) => html`<li lang="sv" dir="auto">${source}</li>`)}</ul>`
}
