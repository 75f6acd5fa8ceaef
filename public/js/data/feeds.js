/**
 * What the answers of a scope's feeds do to the database. Everything here runs
 * inside one transaction given by the caller, so that a letter and its texts
 * arrive together or not at all.
 *
 * Only an id in `gone` deletes anything. An empty or shortened answer never does.
 *
 * @import {BlockRecord, FeedRecord, Row, Schema, SourceTexts, TextState} from './types.js'
 * @import {IDBPTransaction} from '../../vendor/idb/index.js'
 */

/** @typedef {IDBPTransaction<Schema, any, 'readwrite'>} Transaction */

/**
 * @typedef {object} RecordsAnswer
 * @property {string} epoch
 * @property {string} cursor
 * @property {FeedRecord[]} records
 * @property {string[]} gone
 * @property {SourceTexts} texts
 */

/**
 * @typedef {object} TextsAnswer
 * @property {string} epoch
 * @property {string} cursor
 * @property {Record<string, [string, TextState] | null>} texts
 */

/** The locale under which a scope's source texts are kept. */
export const SOURCE_TEXTS = 'source'

/** @param {string} scope @param {string} epoch @param {string} locale */
export const textKey = (scope, epoch, locale) => `${scope}/${epoch}/${locale}`

/** The key of a scope's records feed, or of its text feed in a locale. @param {string} scope @param {string} [locale] */
export const feedKey = (scope, locale) => (locale ? `${scope}/${locale}` : scope)

/** @param {any} data */
export const isRecordsAnswer = (data) =>
  isAnswer(data) && Array.isArray(data.records) && Array.isArray(data.gone)

/** @param {any} data */
export const isTextsAnswer = (data) => isAnswer(data)

/** @param {any} data */
const isAnswer = (data) =>
  typeof data?.epoch === 'string' && typeof data.cursor === 'string' && typeof data.texts === 'object' && data.texts !== null

/**
 * @param {Transaction} tx
 * @param {string} scope
 * @param {RecordsAnswer} answer
 * @param {string} etag
 */
export async function storeRecords(tx, scope, { epoch, cursor, records, gone, texts }, etag) {
  const rows = tx.objectStore('records')
  const horizon = /** @type {string | undefined} */ (await tx.objectStore('meta').get('horizon')) ?? ''
  for (const record of records) {
    const known = await rows.get(record.id)
    // A letter that had to make room stays away.
    if (!known && record.kind === 'letter' && (record.corrected || record.published) <= horizon) continue
    const row = known ?? { id: record.id, kind: record.kind, via: {} }
    const via = { epoch, record }
    if (same(row.via[scope], via)) continue
    row.via[scope] = via
    await rows.put(row)
  }
  for (const id of gone) await dropVia(tx, id, scope)
  const used = await usedSegments(tx, scope)
  await mergeTexts(tx, textKey(scope, epoch, SOURCE_TEXTS), texts, used.get(epoch) ?? new Set())
  await tx.objectStore('feeds').put({ epoch, cursor, etag }, feedKey(scope))
  await sweepTexts(tx, scope, epoch, used)
}

/**
 * @param {Transaction} tx
 * @param {string} scope
 * @param {string} locale
 * @param {TextsAnswer} answer
 * @param {string} etag
 * @param {boolean} whole the records came too
 */
export async function storeTexts(tx, scope, locale, { epoch, cursor, texts }, etag, whole) {
  const wanted = whole && await tx.objectStore('meta').get('horizon') ? (await usedSegments(tx, scope)).get(epoch) : undefined
  await mergeTexts(tx, textKey(scope, epoch, locale), texts, wanted)
  await tx.objectStore('feeds').put({ epoch, cursor, etag }, feedKey(scope, locale))
}

/**
 * Forgets everything that came through a scope, which the reader has left.
 * @param {Transaction} tx
 * @param {string} scope
 */
export async function forgetScope(tx, scope) {
  for (const id of await tx.objectStore('records').getAllKeys()) await dropVia(tx, String(id), scope)
  for (const store of /** @type {const} */ (['texts', 'feeds'])) {
    for (const key of await tx.objectStore(store).getAllKeys()) {
      if (String(key).split('/')[0] === scope) await tx.objectStore(store).delete(key)
    }
  }
}

/**
 * @param {Transaction} tx
 * @param {string} id
 * @param {string} scope
 */
async function dropVia(tx, id, scope) {
  const rows = tx.objectStore('records')
  const row = await rows.get(id)
  if (!row) return
  delete row.via[scope]
  await (Object.keys(row.via).length > 0 ? rows.put(row) : rows.delete(id))
}

/**
 * @param {Transaction} tx
 * @param {string} key
 * @param {Record<string, any>} texts null takes a text back
 * @param {Set<string>} [wanted] the only ones to keep
 */
async function mergeTexts(tx, key, texts, wanted) {
  const store = tx.objectStore('texts')
  const known = await store.get(key)
  const merged = Object.entries({ ...known, ...texts }).filter(([n, text]) => text !== null && (!wanted || wanted.has(n)))
  const kept = Object.fromEntries(merged)
  if (!same(known, kept)) await store.put(kept, key)
}

/** What is written again takes space, even where nothing of it is new. @param {unknown} a @param {unknown} b */
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b)

/**
 * Drops texts of an earlier epoch that nothing shows any more.
 * @param {Transaction} tx
 * @param {string} scope
 * @param {string} epoch
 * @param {Map<string, Set<string>>} used
 */
async function sweepTexts(tx, scope, epoch, used) {
  const store = tx.objectStore('texts')
  for (const key of (await store.getAllKeys()).map(String)) {
    const [of, at, locale] = key.split('/')
    if (of !== scope || at === epoch) continue
    if (!used.has(at)) await store.delete(key)
    else if (locale === SOURCE_TEXTS) await mergeTexts(tx, key, {}, used.get(at))
  }
}

/**
 * The numbers of the segments that a scope's records use, by epoch.
 * @param {Transaction} tx
 * @param {string} scope
 */
async function usedSegments(tx, scope) {
  /** @type {Map<string, Set<string>>} */
  const used = new Map()
  for (const row of /** @type {Row[]} */ (await tx.objectStore('records').getAll())) {
    const via = row.via[scope]
    if (!via) continue
    if (!used.has(via.epoch)) used.set(via.epoch, new Set())
    for (const n of segmentsOf(via.record)) used.get(via.epoch)?.add(String(n))
  }
  return used
}

/**
 * The numbers of the segments that a record of any kind uses, also of a kind that this version does not know.
 * @param {any} record
 * @returns {number[]}
 */
export const segmentsOf = ({ title = [], question = [], blocks = [] }) =>
  [...title, ...question, ...blocks.flatMap((/** @type {BlockRecord} */ b) => b.segments)]
