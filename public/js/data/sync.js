/**
 * Fills the phone's database with what changed on the server since its
 * cursors. It uses nothing of the page, so that the worker can run it too; a
 * Web Lock keeps page and worker from doing so at the same time.
 *
 * @import {Hello} from './types.js'
 */
import { announce } from './changes.js'
import { isFull, meta, setMeta, transact, withDB } from './db.js'
import { registerAgain, tellLocale } from './device.js'
import { feedKey, isRecordsAnswer, isTextsAnswer, storeRecords, storeTexts } from './feeds.js'
import { ask, Refused, Unheard } from './net.js'

const SOURCE = 'sv'
const SIMPLE = 'sv-simple'
const PUBLIC = 'public'

/** @typedef {'ok' | 'offline' | 'revoked'} Contact how a sync ended */
/** @typedef {(asking: (secret?: string) => Promise<any>) => Promise<any>} Reader asks as somebody */

/** A page loads this where it is wanted; a worker can't. @type {typeof import('./ticket.js').reader} */
let reader = async (...who) => (await import('./ticket.js')).reader(...who)

/** @param {typeof reader} loaded */
export const readWith = (loaded) => { reader = loaded }

/**
 * Brings the phone up to date; it never fails. What arrived is stored even when something else did not arrive.
 * @returns {Promise<Contact>}
 */
export async function sync() {
  return await navigator.locks.request('folje:sync', async () => {
    const { contact, heard } = await run()
    try {
      if (heard) await setMeta('heard', Date.now())
      await setMeta('contact', contact)
    } catch (error) {
      if (!isFull(error)) throw error
    }
    announce()
    return contact
  })
}

/** @typedef {{contact: Contact, heard: boolean}} Outcome */

/** @returns {Promise<Outcome>} */
async function run() {
  await returnToServer()
  const first = await pull()
  if (!first.refusals.includes('error.device_unknown')) return judge(first)
  try {
    await registerAgain((await reading())[0])
  } catch {
    return judge(first)
  }
  return judge(await pull())
}

/** A phone whose database was cleared has its groups' codes left. */
async function returnToServer() {
  const [device, groups] = await Promise.all([meta('device'), withDB((db) => db.count('groups'))])
  if (!device || device.registered || groups === 0) return
  await attempt(async () => registerAgain((await reading())[0]))
}

/** @typedef {{heard: boolean, unheard: boolean, refusals: string[]}} Result */

/**
 * @param {Result} result
 * @returns {Outcome}
 */
function judge({ heard, unheard, refusals }) {
  const contact = refusals.includes('error.device_revoked') ? 'revoked' : unheard ? 'offline' : 'ok'
  return { contact, heard }
}

/**
 * One round over all scopes, each stored as soon as all its answers are in.
 *
 * A server of another epoch was restored and may have forgotten this phone or some of its groups. They are made known
 * again first; only then the epoch is taken note of, and what the server has lost is sent to it.
 * @returns {Promise<Result>}
 */
async function pull() {
  const locales = await reading()
  const [device, groups, known] = await Promise.all([meta('device'), withDB((db) => db.getAll('groups')), meta('hello')])
  const scopes = [PUBLIC, ...(device?.registered ? groups.map((g) => g.id) : [])]
  /** @type {Hello | undefined} */
  let hello
  const of = known?.tickets && device?.registered ? reader(device, locales[0]).catch(() => null) : null
  const results = await Promise.all([
    attempt(async () => { hello = await hear(locales[0]) }),
    attempt(() => tellLocale(locales[0])),
    pullScope(PUBLIC, locales, (asking) => asking()),
    ...scopes.slice(1).map(async (scope) => pullScope(scope, locales, (await of)?.(scope) ?? ((asking) => asking(device?.secret)))),
  ])
  if (hello && known && device?.registered && hello.epoch !== known.epoch) {
    const again = await attempt(() => registerAgain(locales[0]))
    if (again.unheard) return again
    await setMeta('hello', hello)
    return pull()
  }
  if (hello) await setMeta('hello', hello)
  const ended = scopes.filter((_, i) => results[i + 2].refusals.includes('error.not_member'))
  for (const scope of ended) await markEnded(scope)
  return {
    heard: results.some((r) => r.heard),
    unheard: results.some((r) => r.unheard),
    refusals: results.flatMap((r) => r.refusals),
  }
}

/** The locales whose texts this phone fetches, the chosen one first: hers, and plain Swedish for what they lack. */
async function reading() {
  const held = await meta('locales') ?? [SOURCE]
  return held.some((tag) => tag !== SOURCE) && !held.includes(SIMPLE) ? [...held, SIMPLE] : held
}

/** @param {string} locale @returns {Promise<Hello>} */
async function hear(locale) {
  const { data } = await ask('GET', 'hello', { locale })
  if (typeof data.epoch !== 'string' || !Array.isArray(data.locales)) throw new Unheard('hello of another shape')
  return data
}

/**
 * @param {string} scope
 * @param {string[]} locales
 * @param {Reader} as
 * @returns {Promise<Result>}
 */
async function pullScope(scope, locales, as) {
  const wanted = [undefined, ...locales.filter((l) => l !== SOURCE)]
  const answers = await Promise.allSettled(wanted.map((locale) => askFeed(scope, locale, locales[0], as)))
  const result = summary(answers)
  const arrived = wanted.flatMap((locale, i) => {
    const answer = answers[i]
    return answer.status === 'fulfilled' && answer.value ? [{ locale, ...answer.value }] : []
  })
  if (arrived.length > 0) await store(scope, arrived)
  return result
}

/**
 * @param {PromiseSettledResult<unknown>[]} answers
 * @returns {Result}
 */
function summary(answers) {
  const failures = answers.flatMap((a) => (a.status === 'rejected' ? [a.reason] : []))
  for (const failure of failures) if (!(failure instanceof Unheard || failure instanceof Refused)) throw failure
  return {
    heard: failures.length < answers.length || failures.some((f) => f instanceof Refused),
    unheard: failures.some((f) => f instanceof Unheard || f.status >= 500 || f.status === 429),
    refusals: failures.flatMap((f) => (f instanceof Refused ? [f.code] : [])),
  }
}

/**
 * One feed since its cursor, or null when it has not changed.
 * @param {string} scope
 * @param {string | undefined} locale of a text feed
 * @param {string} language for messages
 * @param {Reader} as
 */
async function askFeed(scope, locale, language, as) {
  const known = await withDB((db) => db.get('feeds', feedKey(scope, locale)))
  const path = `feeds/${scope}${locale ? `/texts/${locale}` : ''}?after=${encodeURIComponent(known?.cursor ?? '')}`
  const { status, data, etag } = await as((secret) => ask('GET', path, { locale: language, secret, etag: known?.etag }))
  if (status === 304) return null
  if (!(locale ? isTextsAnswer(data) : isRecordsAnswer(data))) throw new Unheard(`${path} of another shape`)
  return { data, etag }
}

/**
 * @param {string} scope
 * @param {{locale: string | undefined, data: any, etag: string}[]} answers
 */
async function store(scope, answers) {
  const full = await meta('full')
  try {
    await transact(['records', 'texts', 'feeds', 'groups', 'meta'], async (tx) => {
      // The reader may have left the group while its letters were on the way.
      if (scope !== PUBLIC && !await tx.objectStore('groups').get(scope)) return
      const whole = answers.some((a) => !a.locale)
      for (const { locale, data, etag } of answers) {
        if (locale) await storeTexts(tx, scope, locale, data, etag, whole)
        else await storeRecords(tx, scope, data, etag)
      }
    })
    if (full && full === await meta('full')) await withDB((db) => db.delete('meta', 'full'))
  } catch (error) {
    if (!isFull(error)) throw error
    // Nothing of it was stored, the cursor neither: it comes again with the next sync.
    await setMeta('full', Date.now()).catch(() => {})
  }
}

/** @param {string} id of a group that the server no longer lets this phone read; what it has stays */
async function markEnded(id) {
  await withDB(async (db) => {
    const tx = db.transaction('groups', 'readwrite')
    const group = await tx.store.get(id)
    if (group && !group.ended) await tx.store.put({ ...group, ended: true })
    await tx.done
  })
}

/**
 * @param {() => Promise<void>} work
 * @returns {Promise<Result>}
 */
async function attempt(work) {
  return summary(await Promise.allSettled([work()]))
}
