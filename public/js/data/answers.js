/**
 * The own answers as the server has them: whether they came late, and how far
 * the interpreter's booking has come.
 *
 * @import {AnswerBody, OwnAnswer, Row} from './types.js'
 */
import { announce } from './changes.js'
import { meta, withDB } from './db.js'
import { ask, Refused, Unheard } from './net.js'

const HOUR = 60 * 60_000
/** How long a meeting without an end is taken to last, as on the server. */
const MEETING = 3 * HOUR
/** How long an answer to a meeting that is no longer on this phone is kept. */
const KEPT = 400 * 24 * HOUR

/**
 * An answer in the server's list.
 * @typedef {AnswerBody & {meeting: string, seq: number, late: boolean,
 *   interpreter: {language: string, mode: any, state: OwnAnswer['booking'], contact: string} | null}} Told
 */

/** Fetches the own answers while one is to a meeting that is not over, or after this phone was cleared; it never fails. */
export async function pullAnswers() {
  const device = await meta('device')
  if (!device?.registered || !await isWanted()) return
  try {
    const [etag, locales] = await Promise.all([meta('answersTag'), meta('locales')])
    const answer = await ask('GET', 'devices/me/answers', { locale: locales?.[0] ?? 'sv', secret: device.secret, etag })
    if (answer.status === 304 || !Array.isArray(answer.data.answers)) return
    await merge(answer.data.answers.filter(isTold), answer.etag)
    announce()
  } catch (error) {
    if (!(error instanceof Unheard || error instanceof Refused)) throw error
  }
}

async function isWanted() {
  const [answers, records, refilled, tag] = await Promise.all([
    withDB((db) => db.getAll('answers')), withDB((db) => db.getAll('records')), meta('refilled'), meta('answersTag'),
  ])
  if (refilled && !tag) return true
  const open = openMeetings(records)
  return answers.some((a) => open.has(a.meeting))
}

/** @param {Row[]} records */
function openMeetings(records) {
  const now = Date.now()
  /** @type {Set<string>} */
  const open = new Set()
  for (const { id, via } of records) {
    for (const { record } of Object.values(via)) {
      const { starts, ends } = /** @type {{starts?: string, ends?: string}} */ (record)
      if (starts && (ends ? Date.parse(ends) : Date.parse(starts) + MEETING) > now) open.add(id)
    }
  }
  return open
}

/** @param {any} told @returns {told is Told} */
const isTold = (told) => typeof told?.meeting === 'string' && typeof told.seq === 'number' && typeof told.status === 'string'

/**
 * @param {Told[]} list
 * @param {string} etag
 */
async function merge(list, etag) {
  await withDB(async (db) => {
    const tx = db.transaction(['answers', 'meta'], 'readwrite')
    // Everything may have been erased here while the server answered.
    if (!await tx.objectStore('meta').get('device')) return
    let seq = /** @type {number | undefined} */ (await tx.objectStore('meta').get('seq')) ?? 0
    for (const told of list) {
      seq = Math.max(seq, told.seq)
      const merged = withTold(await tx.objectStore('answers').get(told.meeting), told)
      if (merged) await tx.objectStore('answers').put(merged)
    }
    await tx.objectStore('meta').put(seq, 'seq')
    await tx.objectStore('meta').put(etag, 'answersTag')
    await tx.done
  })
}

/**
 * What was written here later than the server's answer stays as it is.
 * @param {OwnAnswer | undefined} own
 * @param {Told} told
 * @returns {OwnAnswer | null}
 */
function withTold(own, told) {
  const interpreter = told.interpreter && { language: told.interpreter.language, mode: told.interpreter.mode }
  const body = { status: told.status, count: told.count, childcare: told.childcare, interpreter, note: told.note ?? '' }
  const held = { body, seq: told.seq, late: told.late === true }
  const booking = { booking: told.interpreter?.state ?? '', contact: told.interpreter?.contact ?? '' }
  if (own && own.seq > told.seq) {
    const same = own.interpreter?.language === interpreter?.language && own.interpreter?.mode === interpreter?.mode
    return { ...own, held, ...(same ? booking : {}) }
  }
  if (!own && told.status === 'none') return null
  const state = held.late ? 'late' : 'applied'
  const message = own?.state === state ? own.message : ''
  return { meeting: told.meeting, op: own?.op ?? '', seq: told.seq, made: own?.made ?? Date.now(), ...body, ...booking, state, held, message }
}

/** Forgets answers to meetings that this phone has long forgotten. @param {number} now */
export async function forgetOldAnswers(now) {
  await withDB(async (db) => {
    const tx = db.transaction(['answers', 'records'], 'readwrite')
    for (const { meeting, made } of await tx.objectStore('answers').getAll()) {
      if (made < now - KEPT && !await tx.objectStore('records').get(meeting)) await tx.objectStore('answers').delete(meeting)
    }
    await tx.done
  })
}
