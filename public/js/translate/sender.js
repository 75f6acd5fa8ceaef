/**
 * A translator's outbox: what she wrote and the server doesn't have waits among
 * her drafts, sentence by sentence, and goes as operations (`translate`) with
 * the version that she saw. A sentence leaves the outbox only by a verdict. A
 * text that lies open on a desk is left to that desk.
 *
 * @import {Person} from '../staff/types.js'
 * @import {Typed} from './item.js'
 * @import {Unsent} from './work.js'
 */
import { inBatches, pauseAfter } from '../data/batches.js'
import { newUUID } from '../data/device.js'
import { isVerdict } from '../data/verdicts.js'
import * as api from '../staff/api.js'
import { draftsOf } from '../staff/drafts.js'
import { Problem } from '../staff/problem.js'
import { fold, keyOf } from './item.js'

/** The largest body of an operation in bytes; a longer sentence waits for its desk. */
const LARGEST = 4000
/** The longest wait while the page is open, in ms. */
const LONGEST = 5 * 60_000

/** Held, shared, by every desk on which a text lies open. @param {Person} person @param {string} id */
export const deskLock = (person, id) => `folje:desk:${person.id}/${id}`

/** @typedef {{op: string, key: string, seq: number, typed: Typed}} Row */

/** What waits of hers, text by text. @param {Person} person @returns {Promise<Unsent[]>} */
export async function waitingOf(person) {
  return (await draftsOf(person.id).all()).filter((draft) => draft.texts && Object.keys(draft.texts).length)
}

/** @type {() => void} */
let sent = () => {}

/** @param {() => void} fn is told when something was sent */
export function onSent(fn) {
  sent = fn
}

/** @type {ReturnType<typeof setTimeout>|undefined} */
let timer
let failures = 0

/**
 * Sends what waits now, when there is a network again, and later again where it
 * fails, for as long as the page lives.
 * @param {Person} person
 */
export function startSending(person) {
  const send = async () => {
    clearTimeout(timer)
    const left = await sendWaiting(person).catch(() => true)
    failures = left ? failures + 1 : 0
    if (left) timer = setTimeout(send, Math.min(pauseAfter(failures - 1), LONGEST))
  }
  addEventListener('online', send)
  return send()
}

/**
 * One round. Two tabs never send at the same time.
 * @param {Person} person
 * @returns {Promise<boolean>} whether something that could be sent is left
 */
export async function sendWaiting(person) {
  return await navigator.locks.request(`folje:translate-outbox:${person.id}`, async () => {
    let left = false
    for (const unsent of await waitingOf(person)) {
      if (!unsent.kind || !due(unsent).length) continue
      const end = await navigator.locks.request(deskLock(person, unsent.id), { ifAvailable: true }, (lock) => (lock ? sendText(person, unsent) : 'open'))
      if (end === 'ok') sent()
      if (end === 'stuck') left = true
    }
    return left
  })
}

/** The sentences that may go: none whose verdict was no. @param {Unsent} unsent */
const due = ({ texts }) => Object.entries(texts).filter(([, typed]) => !typed.refused && typed.segment)

/** @param {Person} person @param {Unsent} unsent @returns {Promise<'ok'|'stuck'>} */
async function sendText(person, unsent) {
  const drafts = draftsOf(person.id)
  number(unsent)
  await drafts.keep({ ...unsent }) // its name is on the disk before it is sent
  let conflicts = false
  let stuck = false
  await inBatches(async (tried, size) => rowsOf(unsent).filter(({ op }) => !tried.has(op)).slice(0, size), async (rows) => {
    try {
      const { verdicts } = await api.operations(rows.map((row) => operation(unsent, row)))
      if (!Array.isArray(verdicts)) throw new Problem(0, '', 'an answer without verdicts')
      conflicts = settle(unsent, rows, verdicts) || conflicts
      await store(drafts, unsent)
      // What has no verdict stays, and goes again in a later round.
      stuck ||= rows.some(({ op }) => !verdicts.some((verdict) => isVerdict(verdict) && verdict.op === op))
      return 'heard'
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error.status === 413 || error.status === 400) return 'too much'
      stuck = true
      return 'later'
    }
  })
  if (conflicts) await compare(unsent).then(() => store(drafts, unsent), () => {})
  return stuck ? 'stuck' : 'ok'
}

/** Each sentence gets a name and a number once, so that sending it again changes nothing. @param {Unsent} unsent */
function number(unsent) {
  let seq = Date.now()
  for (const [, typed] of due(unsent)) {
    typed.op ??= newUUID()
    typed.seq ??= seq++
  }
}

/** @param {Unsent} unsent @returns {Row[]} */
function rowsOf(unsent) {
  const rows = due(unsent).map(([key, typed]) => ({ key, typed, op: typed.op ?? '', seq: typed.seq ?? 0 }))
  return rows.filter((row) => new TextEncoder().encode(JSON.stringify(operation(unsent, row).body)).length <= LARGEST)
}

/** @param {Unsent} unsent @param {Row} row */
const operation = ({ kind, record, locale }, { op, seq, typed: { segment, context, text, base, only, finish } }) => ({
  op, seq, kind: 'translate', v: 1, made: new Date().toISOString(),
  // A message's context is its plural form, a sentence's says that the wording is for one place.
  body: { collection: kind, record, locale, segment, context: only || kind === 'messages' ? context : '', text, base, draft: !finish },
})

/**
 * Does what the verdicts say.
 * @param {Unsent} unsent
 * @param {Row[]} rows
 * @param {any[]} verdicts
 * @returns {boolean} whether somebody else changed one of the texts
 */
function settle(unsent, rows, verdicts) {
  let conflicts = false
  for (const verdict of verdicts.filter(isVerdict)) {
    const row = rows.find(({ op }) => op === verdict.op)
    if (!row) continue
    if (verdict.verdict !== 'rejected') delete unsent.texts[row.key]
    else {
      row.typed.refused = verdict.code || 'error'
      conflicts ||= verdict.code === 'error.translation_conflict'
    }
  }
  return conflicts
}

/** Her own text that had arrived, though she never heard of it, is no conflict. @param {Unsent} unsent */
async function compare(unsent) {
  const { places } = await api.places({ kind: unsent.kind, id: unsent.record }, unsent.locale, 'draft')
  for (const place of places) {
    const typed = unsent.texts[keyOf(place)]
    if (typed?.refused && fold(typed.text) === (place.draft ?? place.text ?? '')) delete unsent.texts[keyOf(place)]
  }
}

/** @param {import('../staff/drafts.js').Drafts} drafts @param {Unsent} unsent */
const store = (drafts, unsent) => (Object.keys(unsent.texts).length ? drafts.keep({ ...unsent }) : drafts.forget(unsent.id))
