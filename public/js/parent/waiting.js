/**
 * Everything written on this phone that has not reached the server, or was
 * refused by it: what it is, and what happens next.
 */
import { withDB } from '../data/db.js'
import { formatDate, t } from '../i18n/messages.js'
import { html, render, repeat } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { refusal, stageLine } from './sending.js'

/** @typedef {import('../data/types.js').OperationRow} Row */

/** What can be looked at elsewhere, by kind. @type {Record<string, (row: Row) => string>} */
const PLACES = { rsvp: (row) => `/meetings/${row.about}`, wish: () => '/wishes', settings: () => '/more/notifications' }

/** Why no later try of an answer can be taken. */
const FINAL = ['error.meeting_cancelled', 'error.meeting_over']

/** @type {import('../routes.js').View} */
export async function view(_path, root) {
  const rows = newest((await withDB((db) => db.getAll('outbox'))).filter((r) => r.kind !== 'opened').sort((a, b) => a.seq - b.seq))
  render(html`<div class="stack loose narrow">
    <div class="stack"><h1>${t('outbox.title')}</h1><p>${t('outbox.what')}</p></div>
    ${rows.length > 0 ? html`<ul class="stack">${repeat(rows, (r) => r.op, item)}</ul>`
      : html`<div class="empty">${icon('circle-check')}<p>${t('outbox.none')}</p></div>`}
  </div>`, root)
}

/**
 * Without the answers to a meeting, and the choices on this phone, that a later one has replaced.
 * @param {Row[]} rows in the order they were written
 */
const newest = (rows) => rows.filter((row, i) => !['rsvp', 'settings'].includes(row.kind)
  || !rows.slice(i + 1).some((r) => r.kind === row.kind && r.about === row.about))

/** @param {Row} row */
function item(row) {
  const words = t(`outbox.${['rsvp', 'wish', 'report', 'leave', 'erase', 'settings'].includes(row.kind) ? row.kind : 'other'}`)
  const place = PLACES[row.kind]?.(row)
  return html`<li class="card stack tight" data-operation=${row.kind}>
    <h2>${place ? html`<a href=${place}>${words}</a>` : words}</h2>
    <p class="quiet small">${formatDate(row.made, 'datetime')}</p>
    ${row.state === 'refused' ? refusal(row.op, row.message, FINAL.includes(row.code)) : stageLine('pending', t('outbox.next'))}
  </li>`
}
