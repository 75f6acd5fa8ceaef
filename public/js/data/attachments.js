/**
 * Pictures and documents of letters: what this phone has of them, and loading
 * them. Pictures of new letters come ahead, so that they are here when the
 * letter is opened without a network; a document comes when it is asked for.
 *
 * @import {AttachmentRecord, Row} from './types.js'
 */
import { keptAt, loadTo } from './carried.js'
import { meta, withDB } from './db.js'
import { keepLogo } from './logo.js'
import { Refused, Unheard } from './net.js'
import { attached, forgetGone } from './recordings.js'

/** Of letters older than this nothing comes ahead, in days. */
const NEW = 30
/** How much comes ahead at most, in bytes. */
const AHEAD = 15 * 1024 * 1024

/** @param {string} id */
export const kept = (id) => keptAt(attached(id))

/**
 * Loads one and keeps it, as far as there is space.
 * @param {AttachmentRecord} attachment
 * @param {string} locale of the reader's messages
 * @param {(share: number) => void} [progress] is told how much of it has come, from 0 to 1
 */
export const load = ({ id, type, bytes }, locale, progress = () => {}) => loadTo({ path: `attachments/${id}`, address: attached(id), type, bytes }, locale, progress)

/** After a sync: what letters no longer carry goes, and pictures of new ones come, the municipality's logo first. It never fails. */
export async function keepCarried() {
  await keepLogo()
  await forgetGone().catch((error) => console.warn('forget what letters carried', error))
  await fetchAhead()
}

/**
 * Loads the pictures of new letters that this phone lacks, newest letters first. It never fails: what doesn't come now
 * comes with the next sync, or when the letter is opened. Phones that save data wait for that.
 */
export async function fetchAhead() {
  if (/** @type {any} */ (navigator).connection?.saveData || !globalThis.caches) return
  await navigator.locks.request('folje:ahead', { ifAvailable: true }, async (lock) => {
    if (!lock) return
    try {
      await fetchMissing((await meta('locales'))?.[0] ?? 'sv')
    } catch (error) {
      if (!(error instanceof Unheard || error instanceof Refused)) console.warn('fetch pictures ahead', error)
    }
  })
}

/** @param {string} locale */
async function fetchMissing(locale) {
  let left = AHEAD
  for (const picture of picturesOf(await withDB((db) => db.getAll('records')))) {
    left -= picture.bytes
    if (left < 0) return
    if (!await kept(picture.id)) await load(picture, locale)
  }
}

/** Those of new letters, newest first. @param {Row[]} rows */
function picturesOf(rows) {
  const since = new Date(Date.now() - NEW * 86_400_000).toISOString()
  /** @type {Map<string, {at: string, picture: AttachmentRecord}>} */
  const found = new Map()
  for (const row of rows) {
    for (const { record } of Object.values(row.via)) {
      if (record.kind !== 'letter') continue
      const at = record.corrected || record.published
      for (const { attachment } of record.blocks) {
        if (at >= since && attachment?.type.startsWith('image/')) found.set(attachment.id, { at, picture: attachment })
      }
    }
  }
  return [...found.values()].sort((a, b) => b.at.localeCompare(a.at)).map(({ picture }) => picture)
}
