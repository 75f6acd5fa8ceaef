/** When this phone may ring and what its notes may show, as fields that are kept at every change. */
import { choose, ringing, USUAL } from '../push/settings.js'
import { t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { live } from '../lib/live.js'
import { refusal, stageLine } from './sending.js'

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

/** @typedef {NonNullable<import('../data/types.js').Ringing['quiet']>} Hours */

/** @param {Awaited<ReturnType<typeof ringing>>} now */
export function ringingFields({ ringing: { quiet, titles }, waiting, refused }) {
  const usual = /** @type {Hours} */ (USUAL.quiet)
  return html`<section class="card stack loose" aria-labelledby="ringing">
    <h2 id="ringing">${t('notify.settings')}</h2>
    <div class="stack">
      ${check('quiet', quiet !== null, 'notify.quiet', 'notify.quiet_hint', (on) => choose({ quiet: on ? usual : null }))}
      ${quiet ? html`<div class="hours-chosen">
        ${hourField('from', 'notify.quiet_from', quiet.from, quiet.to, (from) => choose({ quiet: { ...quiet, from } }))}
        ${hourField('to', 'notify.quiet_to', quiet.to, quiet.from, (to) => choose({ quiet: { ...quiet, to } }))}</div>` : nothing}
    </div>
    ${check('titles', titles, 'notify.titles', 'notify.titles_hint', (on) => choose({ titles: on }))}
    ${refused ? refusal(refused.op, refused.message) : waiting ? stageLine('pending', t('outbox.next')) : nothing}
  </section>`
}

/**
 * @param {string} name
 * @param {boolean} on
 * @param {string} label
 * @param {string} hint
 * @param {(on: boolean) => Promise<void>} set
 */
function check(name, on, label, hint, set) {
  /** @param {Event} event */
  const changed = (event) => set(/** @type {HTMLInputElement} */ (event.target).checked)
  return html`<div class="field"><label class="check"><input type="checkbox" name=${name} aria-describedby=${`${name}-hint`} .checked=${live(on)} @change=${changed}
      ><span>${icon(name === 'quiet' ? 'moon' : 'eye')} ${t(label)}</span></label>
    <span class="hint" id=${`${name}-hint`}>${t(hint)}</span></div>`
}

/**
 * @param {string} name
 * @param {string} label
 * @param {number} hour
 * @param {number} other end of the quiet time, which can't be the same
 * @param {(hour: number) => Promise<void>} set
 */
function hourField(name, label, hour, other, set) {
  /** @param {Event} event */
  const changed = (event) => set(Number(/** @type {HTMLSelectElement} */ (event.target).value))
  return html`<div class="field"><label for=${`quiet-${name}`}>${t(label)}</label>
    <select id=${`quiet-${name}`} .value=${live(String(hour))} @change=${changed}>${HOURS.filter((h) => h !== other).map((h) => html`<option
      value=${h} ?selected=${h === hour}>${`${String(h).padStart(2, '0')}:00`}</option>`)}</select></div>`
}
