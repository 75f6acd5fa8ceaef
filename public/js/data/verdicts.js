/**
 * What the server's verdicts do to the phone's database, and what a restored
 * server is told again.
 *
 * A server restored from a backup has another epoch and may have forgotten what
 * it applied since that backup. What it applied in the last 30 days then goes
 * back into the outbox under its own id and number: the server's ledger decides
 * whether that is news. What it refuses of that (the meeting is over by now, say)
 * is no failure of the parent's, who was told that it had arrived, and stays out
 * of the list of failures. Only an answer to a meeting that is still to come says
 * that it does not count any more.
 *
 * @import {AnswerBody, OperationRow, Schema} from './types.js'
 * @import {IDBPTransaction} from '../../vendor/idb/index.js'
 */
import { meta, transact, withDB } from './db.js'

const DAY = 24 * 60 * 60_000
/** How long what was applied is kept for a restored server. */
const KEPT = 30 * DAY

/** @typedef {{op: string, verdict: string, code?: string, message?: string}} Verdict */
/** @typedef {IDBPTransaction<Schema, any, 'readwrite'>} Transaction */

/**
 * Does what the verdicts say, in one transaction.
 * @param {OperationRow[]} rows that were sent
 * @param {any[]} verdicts as they came; what is no verdict on one of the rows is ignored
 * @param {string} epoch of the server as known before they were sent
 * @returns {Promise<OperationRow[]>} the rows that got none
 */
export async function settle(rows, verdicts, epoch) {
  const given = new Map(verdicts.filter(isVerdict).map((v) => [v.op, v]))
  await transact(['outbox', 'sent', 'answers'], async (tx) => {
    for (const { op } of rows) {
      const verdict = given.get(op)
      const row = verdict && await tx.objectStore('outbox').get(op)
      if (!row) continue
      if (verdict.verdict === 'rejected') await refuse(tx, row, verdict)
      else await accept(tx, row, verdict, epoch)
    }
  })
  return rows.filter(({ op }) => !given.has(op))
}

/** Puts what a restored server may have forgotten back into the outbox, and forgets what is too old for that. */
export async function recall() {
  const epoch = (await meta('hello'))?.epoch
  const now = Date.now()
  await withDB(async (db) => {
    const tx = db.transaction(['outbox', 'sent'], 'readwrite')
    for (const row of await tx.objectStore('sent').getAll()) {
      const { sent, epoch: of, ...operation } = row
      const old = now - sent > KEPT
      if (!old && (!epoch || of === epoch)) continue
      await tx.objectStore('sent').delete(row.op)
      if (!old) await tx.objectStore('outbox').put({ ...operation, state: 'waiting', tries: 0, next: 0, code: '', message: '', resent: true })
    }
    await tx.done
  })
}

/** @param {any} v @returns {v is Verdict} */
export const isVerdict = (v) => typeof v?.op === 'string' && ['applied', 'repeated', 'late', 'rejected'].includes(v.verdict)

/**
 * @param {Transaction} tx
 * @param {OperationRow} row
 * @param {Verdict} verdict
 * @param {string} epoch
 */
async function accept(tx, row, verdict, epoch) {
  const { op, seq, kind, v, body, made, about } = row
  await tx.objectStore('outbox').delete(op)
  if (row.secret) return
  await tx.objectStore('sent').put({ op, seq, kind, v, body, made, about, sent: Date.now(), epoch })
  const answer = kind === 'rsvp' ? await tx.objectStore('answers').get(about) : undefined
  if (!answer) return
  const late = verdict.verdict === 'late'
  if (seq >= (answer.held?.seq ?? 0)) answer.held = { body: bodyOf(body), seq, late }
  if (answer.op === op && !row.resent) Object.assign(answer, { state: late ? 'late' : 'applied', message: verdict.message ?? '' })
  await tx.objectStore('answers').put(answer)
}

/**
 * @param {Transaction} tx
 * @param {OperationRow} row
 * @param {Verdict} verdict
 */
async function refuse(tx, row, { code = '', message = '' }) {
  const answer = row.kind === 'rsvp' ? await tx.objectStore('answers').get(row.about) : undefined
  // Of an answer that was changed since, only the last is worth telling.
  if (row.resent || row.secret || answer && answer.seq > row.seq) await tx.objectStore('outbox').delete(row.op)
  else await tx.objectStore('outbox').put({ ...row, state: 'refused', code, message })
  if (answer?.op !== row.op || row.resent && code === 'error.meeting_over') return
  if (row.resent) answer.held = null
  await tx.objectStore('answers').put({ ...answer, state: 'refused', message })
}

/** @param {any} body of an rsvp @returns {AnswerBody} */
export const bodyOf = ({ status, count, childcare, interpreter, note }) => ({ status, count, childcare, interpreter, note })
