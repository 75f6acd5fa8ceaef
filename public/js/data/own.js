/**
 * What parents write themselves, as views use it: each call writes to this
 * phone first and needs no network; what they see of it says how far it has
 * come. Sending is the outbox's.
 *
 * @import {AnswerBody, OperationRow, OwnAnswer, SentRow} from './types.js'
 */
import { SOURCE } from '../i18n/locales.js'
import { announce } from './changes.js'
import { withDB } from './db.js'
import { newUUID } from './device.js'
import { forgetScope } from './feeds.js'
import { forgetIdentity } from './identity.js'
import { forgetAll, forgetGone } from './recordings.js'
import { add, flush, put, wakeLater } from './outbox.js'
import { sendSoon } from './sender.js'
import { bodyOf } from './verdicts.js'

export { again, dismiss, waiting } from './outbox.js'

/** How far something written here has come; `refused` with the server's reason in `message`. */
/** @typedef {'waiting' | 'sent' | 'refused'} Way */

/**
 * A wish sent from this phone. Its text is known here only: the server does not know from which phone it came.
 * @typedef {{op: string, group: string, text: string, made: string, state: Way, message: string}} Wish
 */

/**
 * Answers the invitation to a meeting, or changes the answer.
 * @param {string} meeting
 * @param {AnswerBody} body
 */
export async function answer(meeting, body) {
  const said = bodyOf(body)
  await put('rsvp', { meeting, ...said }, meeting, {
    stores: ['answers'],
    write: async (tx, { op, seq }) => {
      const outbox = tx.objectStore('outbox')
      for (const row of await outbox.getAll()) {
        // A new answer is the reply to a refusal of the one before.
        if (row.kind === 'rsvp' && row.about === meeting && row.state === 'refused') await outbox.delete(row.op)
      }
      const before = await tx.objectStore('answers').get(meeting)
      const booking = sameInterpreter(before?.interpreter, said.interpreter) ? before : undefined
      await tx.objectStore('answers').put({
        meeting, op, seq, made: Date.now(), ...said, state: 'pending', message: '', held: before?.held ?? null,
        booking: booking?.booking ?? '', contact: booking?.contact ?? '',
      })
    },
  })
  sendSoon()
}

/**
 * Takes the answer to a meeting back.
 * @param {string} meeting
 */
export async function takeBack(meeting) {
  await answer(meeting, { status: 'none', count: 0, childcare: 0, interpreter: null, note: '' })
}

/**
 * The own answer to a meeting, or null where there is none.
 * @param {string} meeting
 * @returns {Promise<OwnAnswer | null>}
 */
export async function ownAnswer(meeting) {
  return await withDB((db) => db.get('answers', meeting)) ?? null
}

/** The own answers to all meetings. @returns {Promise<OwnAnswer[]>} */
export async function ownAnswers() {
  return await withDB((db) => db.getAll('answers'))
}

/**
 * Wishes for a question to be talked about.
 * @param {string} group
 * @param {string} text
 */
export async function wish(group, text) {
  await put('wish', { group, text }, group)
  sendSoon()
}

/** The wishes that wait here and those sent in the last 30 days, newest first. @returns {Promise<Wish[]>} */
export async function ownWishes() {
  const rows = (await written('wish')).sort((a, b) => b.seq - a.seq)
  return rows.map((r) => ({ op: r.op, group: r.body.group, text: r.body.text, made: r.made, state: way(r), message: 'message' in r ? r.message : '' }))
}

/**
 * Tells the translators that a sentence can't be understood.
 * @param {string} sourceText
 * @param {string} locale that it was read in
 * @param {string} note
 */
export async function report(sourceText, locale, note) {
  await put('report', { segment: await segmentID(sourceText), locale, note }, '')
  sendSoon()
}

/**
 * How far the report of a sentence has come, or "" when it was not reported from here in the last 30 days.
 * @param {string} sourceText
 * @param {string} locale
 * @returns {Promise<'' | Way>}
 */
export async function reported(sourceText, locale) {
  const rows = await written('report')
  if (rows.length === 0) return ''
  const segment = await segmentID(sourceText)
  const found = rows.filter((r) => r.body.segment === segment && r.body.locale === locale).sort((a, b) => b.seq - a.seq)
  return found.length > 0 ? way(found[0]) : ''
}

/**
 * Follows a group no more: it is gone here at once.
 * @param {string} id
 */
export async function leaveGroup(id) {
  await put('leave', { group: id }, id, {
    stores: ['groups', 'records', 'texts', 'feeds'],
    write: async (tx) => {
      await tx.objectStore('groups').delete(id)
      await forgetScope(tx, id)
    },
  })
  await forgetGone()
  sendSoon()
}

/**
 * Erases everything stored for this phone, here at once and on the server as soon as it can be reached: `waiting` when
 * that is still to come. What remains here until then is the request itself, with what it needs to be believed.
 * @returns {Promise<'erased' | 'waiting'>}
 */
export async function eraseEverything() {
  forgetIdentity()
  const op = newUUID()
  await withDB(async (db) => {
    const stores = /** @type {const} */ (['outbox', 'sent', 'answers', 'meta', 'groups', 'records', 'texts', 'feeds', 'opened', 'sealed'])
    const tx = db.transaction(stores, 'readwrite', { durability: 'strict' })
    const device = /** @type {import('./types.js').Device | undefined} */ (await tx.objectStore('meta').get('device'))
    const earlier = (await tx.objectStore('outbox').getAll()).filter((r) => r.secret)
    const row = await add(tx, op, 'erase', {}, '')
    await Promise.all(stores.map((store) => tx.objectStore(store).clear()))
    for (const erasure of earlier) await tx.objectStore('outbox').put(erasure)
    if (device) await tx.objectStore('outbox').put({ ...row, secret: device.secret })
    await tx.done
  })
  await forgetAll()
  announce()
  wakeLater()
  await flush({ hurry: true })
  return await withDB((db) => db.count('outbox')) === 0 ? 'erased' : 'waiting'
}

/**
 * @param {string} kind
 * @returns {Promise<(OperationRow | SentRow)[]>}
 */
async function written(kind) {
  const [waiting, sent] = await withDB((db) => Promise.all([db.getAll('outbox'), db.getAll('sent')]))
  return [...waiting, ...sent].filter((r) => r.kind === kind)
}

/** @param {OperationRow | SentRow} row @returns {Way} */
const way = (row) => ('state' in row ? row.state : 'sent')

/**
 * @param {import('./types.js').Interpreter | null | undefined} a
 * @param {import('./types.js').Interpreter | null} b
 */
const sameInterpreter = (a, b) => a?.language === b?.language && a?.mode === b?.mode

/**
 * The id of a segment as the server makes it (text.SegmentID): the first 32 signs of the lower-case base32 of a hash of
 * its locale and text. The text comes from a feed, so it is in the server's form already.
 * @param {string} sourceText
 */
async function segmentID(sourceText) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${SOURCE}\0${sourceText}`)))
  const bits = Array.from(hash.subarray(0, 20), (byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? []).map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[parseInt(five, 2)]).join('')
}
