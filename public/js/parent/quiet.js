/** When this phone may ring and what its notes may show, as fields that are kept at every change. */
import { chooseQuiet, chooseTitles, ringing, USUAL } from '../push/settings.js'
import { t } from '../i18n/messages.js'
import { html, live, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { refusal, stageLine } from './sending.js'

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

/** @typedef {NonNullable<import('../data/types.js').Ringing['quiet']>} Hours */

/** @param {Awaited<ReturnType<typeof ringing>>} now */
export function ringingFields({ ringing: { quiet, titles }, waiting, refused }) {
  const usual = /** @type {Hours} */ (USUAL.quiet)
  return html`<section class="card stack loose" aria-labelledby="ringing">
    <h2 id="ringing">${t('notify.settings')}</h2>
    <div class="stack">
      ${check('quiet', quiet !== null, 'notify.quiet', 'notify.quiet_hint', (on) => chooseQuiet(on ? usual : null))}
      ${quiet ? html`<div class="hours-chosen">
        ${hourField('from', 'notify.quiet_from', quiet.from, quiet.to, (from) => chooseQuiet({ ...quiet, from }))}
        ${hourField('to', 'notify.quiet_to', quiet.to, quiet.from, (to) => chooseQuiet({ ...quiet, to }))}</div>` : nothing}
    </div>
    ${check('titles', titles, 'notify.titles', 'notify.titles_hint', chooseTitles)}
    ${refused ? refusal(refused.op, refused.message) : waiting ? stageLine('pending', t('outbox.next')) : nothing}
  </section>`
}

/**
 * @param {string} name
 * @param {boolean} on
 * @param {string} label
 * @param {string} hint
 * @param {(on: boolean) => Promise<void>} choose
 */
function check(name, on, label, hint, choose) {
  /** @param {Event} event */
  const changed = (event) => choose(/** @type {HTMLInputElement} */ (event.target).checked)
  return html`<div class="field"><label class="check"><input type="checkbox" name=${name} aria-describedby=${`${name}-hint`} .checked=${live(on)} @change=${changed}
      ><span>${icon(name === 'quiet' ? 'moon' : 'eye')} ${t(label)}</span></label>
    <span class="hint" id=${`${name}-hint`}>${t(hint)}</span></div>`
}

/**
 * @param {string} name
 * @param {string} label
 * @param {number} hour
 * @param {number} other end of the quiet time, which can't be the same
 * @param {(hour: number) => Promise<void>} choose
 */
function hourField(name, label, hour, other, choose) {
  /** @param {Event} event */
  const changed = (event) => choose(Number(/** @type {HTMLSelectElement} */ (event.target).value))
  return html`<div class="field"><label for=${`quiet-${name}`}>${t(label)}</label>
    <select id=${`quiet-${name}`} .value=${live(String(hour))} @change=${changed}>${HOURS.filter((h) => h !== other).map((h) => html`<option
      value=${h} ?selected=${h === hour}>${`${String(h).padStart(2, '0')}:00`}</option>`)}</select></div>`
}
