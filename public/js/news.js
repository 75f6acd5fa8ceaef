/**
 * The one thing worth saying in the line under the top bar, the gravest first:
 * what the reader has written and how far it has come, what she sees and how
 * old it is.
 */
import { meta, withDB } from './data/db.js'
import { formatDate, t, tn } from './i18n/messages.js'
import { html, nothing } from './lib/html.js'
import { icon } from './lib/icon.js'
import { takeUpdate, update } from './worker.js'

export { drawFoot } from './foot.js'

/** For how long after the browser had cleared the phone's letters that is said. */
const TOLD = 24 * 3_600_000

/** What to say now, or nothing. */
export async function news() {
  const [contact, heard, full, refilled, push, all] = await Promise.all([
    meta('contact'), meta('heard'), meta('full'), meta('refilled'), meta('push'), withDB((db) => db.getAll('outbox')),
  ])
  const rows = all.filter((r) => r.kind !== 'opened')
  const waiting = rows.filter((r) => r.state === 'waiting')
  const refused = rows.filter((r) => r.state === 'refused')
  const offline = contact === 'offline' || !navigator.onLine
  if (contact === 'revoked') return line('revoked', 'info', waiting.length > 0 ? t('line.revoked_waiting') : t('line.revoked'))
  if (refused.length > 0) return line('refused', 'triangle-alert', tn('line.refused', things(refused)), look())
  if (waiting.some((r) => r.kind === 'erase')) return line('erasing', 'trash-2', t('line.erasing'))
  if (offline && waiting.length > 0) return line('waiting', 'clock', html`${what(waiting)} ${seen(heard)}`, look())
  if (offline) return line('offline', navigator.onLine ? 'cloud-off' : 'wifi-off', seen(heard))
  if (full) return line('full', 'info', t('line.full'))
  // What is sent the first time takes a moment only; a line that comes and goes would push the page about.
  if (waiting.some((r) => r.tries > 0)) return line('waiting', 'clock', tn('line.sending', things(waiting)), look())
  if (update() === 'held') return line('held', 'info', t('line.update_held'))
  if (update() === 'ready') {
    return line('update', 'refresh-cw', t('line.update'), html`<button class="button plain" @click=${takeUpdate}>${t('line.update_now')}</button>`)
  }
  if (push?.wanted && (push.lost || globalThis.Notification?.permission !== 'granted')) {
    return line('push', 'bell-off', t('line.push_off'), html`<a class="button plain" href="/more/notifications">${t('line.push_fix')}</a>`)
  }
  if (refilled && Date.now() - refilled < TOLD) return line('refilled', 'info', t('line.refilled'))
  return nothing
}

/**
 * What waits, in words.
 * @param {import('./data/types.js').OperationRow[]} rows
 */
const what = (rows) => tn(rows.every((r) => r.kind === 'rsvp') ? 'line.answers' : 'line.waiting', things(rows))

/**
 * How many things were written: an answer to an invitation is one, however often it was changed.
 * @param {import('./data/types.js').OperationRow[]} rows
 */
const things = (rows) => new Set(rows.map((r) => (r.kind === 'rsvp' ? r.about : r.op))).size

/**
 * How old what the reader sees is.
 * @param {number} [heard]
 */
function seen(heard) {
  if (!heard) return t('line.offline_empty')
  return t(navigator.onLine ? 'line.unheard' : 'line.offline', { Time: formatDate(heard, 'heard') })
}

const look = () => html`<a class="button plain" href="/more/outbox">${t('line.look')}</a>`

/**
 * @param {string} name
 * @param {string} sign
 * @param {unknown} words
 * @param {unknown} [action]
 */
const line = (name, sign, words, action = nothing) => html`<p data-line=${name}>${icon(sign)}<span>${words}</span>${action}</p>`
