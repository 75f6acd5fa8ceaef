/**
 * A letter's recording on its way to the ear: whether there is one of the words that this phone shows, what the phone has
 * of it, and loading it, which nothing does but a reader's tap. The oldest that were loaded make room for new ones.
 *
 * @import {Letter} from './letters.js'
 * @import {RecordingRecord} from './types.js'
 */
import { isFull, meta } from './db.js'
import { PATIENCE, ROOT, Refused, Unheard, readJSON } from './net.js'
import { CACHE, address } from './recordings.js'
import { LOADED, entries, forgetOldest } from './recordingspace.js'

/** How many bytes of recordings a phone keeps. */
const BUDGET = 60 * 1024 * 1024

/** What browsers call the kinds of sound that recorders make. @type {Record<string, string>} */
const PLAYED_AS = { 'audio/webm': 'audio/webm; codecs=opus', 'audio/ogg': 'audio/ogg; codecs=opus', 'audio/mp4': 'audio/mp4; codecs=mp4a.40.2' }

/**
 * The letter's recording in a language, or null: where there is none, where it is of other words than this phone shows,
 * and where this phone can't play it.
 * @param {Letter} letter as it is read in the language
 * @param {string} language
 * @returns {Promise<RecordingRecord | null>}
 */
export async function recordingOf({ recordings, title, question, blocks }, language) {
  const recording = recordings[language]
  if (!recording || !plays(recording.type)) return null
  const texts = [...title, ...question, ...blocks.flatMap((b) => b.sentences)].map((s) => s.text)
  if (texts.length !== recording.marks.length || await versionOf(language, texts) !== recording.version) return null
  return recording
}

/**
 * What a recording's words are known by, as the server makes it (internal/recording): the first 32 hexadecimal digits of
 * SHA-256 over the locale and the texts, a line each.
 * @param {string} language
 * @param {string[]} texts
 */
async function versionOf(language, texts) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode([language, ...texts].join('\n'))))
  return Array.from(hash.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** @param {string} type */
const plays = (type) => document.createElement('audio').canPlayType(PLAYED_AS[type] ?? type) !== ''

/**
 * The sound where this phone has it.
 * @param {string} id
 * @returns {Promise<Blob | null>}
 */
export async function kept(id) {
  const answer = await (await caches.open(CACHE)).match(address(id))
  return answer ? answer.blob() : null
}

/**
 * Loads the sound and keeps it, as far as there is space.
 * @param {RecordingRecord} recording
 * @param {string} locale of the reader's messages
 * @param {(share: number) => void} progress is told how much of it has come, from 0 to 1
 * @returns {Promise<Blob>}
 * @throws {Unheard | Refused}
 */
export async function load({ id, type, bytes }, locale, progress) {
  const device = await meta('device')
  const sound = await fetchSound(`recordings/${id}`, { locale, secret: device?.secret }, type, bytes, progress)
  await keep(id, sound)
  return sound
}

/**
 * @param {string} id
 * @param {Blob} sound
 */
async function keep(id, sound) {
  await makeRoomFor(sound.size)
  try {
    await put(id, sound)
  } catch (error) {
    if (!isFull(error) || !await forgetOldest()) return void console.warn('keep a recording', error)
    await put(id, sound).catch((again) => console.warn('keep a recording', again))
  }
}

/** @param {string} id @param {Blob} sound */
async function put(id, sound) {
  const headers = { 'Content-Type': sound.type, 'Content-Length': String(sound.size), [LOADED]: String(Date.now()) }
  await (await caches.open(CACHE)).put(address(id), new Response(sound, { headers }))
}

/** @param {number} bytes */
async function makeRoomFor(bytes) {
  const all = await entries()
  let total = all.reduce((sum, { size }) => sum + size, bytes)
  for (const { key, size } of all) {
    if (total <= BUDGET) return
    await (await caches.open(CACHE)).delete(key)
    total -= size
  }
}

/**
 * Loads a sound. What is cut off, or is no such sound, counts as not heard.
 * @param {string} path below /api/folje/v1/
 * @param {{locale: string, secret?: string}} question
 * @param {string} type its media type
 * @param {number} bytes how many it has
 * @param {(share: number) => void} progress is told how much of it has come, from 0 to 1
 * @returns {Promise<Blob>}
 */
async function fetchSound(path, { locale, secret }, type, bytes, progress) {
  const giveUp = new AbortController()
  let timer = setTimeout(() => giveUp.abort(), PATIENCE)
  try {
    const headers = { 'Accept-Language': locale, ...(secret && { Authorization: `Bearer ${secret}` }) }
    const answer = await fetch(ROOT + path, { headers, signal: giveUp.signal, cache: 'no-store', credentials: 'omit', redirect: 'error' })
    if (!answer.ok) throw await refusal(path, answer)
    if (answer.headers.get('Content-Type') !== type || !answer.body) throw new Unheard(`${path} is no ${type}`)
    const parts = []
    let got = 0
    for (const reader = answer.body.getReader(); ;) {
      const { done, value } = await reader.read()
      if (done) break
      clearTimeout(timer)
      timer = setTimeout(() => giveUp.abort(), PATIENCE)
      parts.push(value)
      got += value.length
      progress(Math.min(got / bytes, 1))
    }
    if (got !== bytes) throw new Unheard(`${path} was cut off`)
    return new Blob(parts, { type })
  } catch (error) {
    if (error instanceof Unheard || error instanceof Refused) throw error
    throw new Unheard(`${path}: ${error}`)
  } finally {
    clearTimeout(timer)
  }
}

/**
 * @param {string} path
 * @param {Response} answer
 */
async function refusal(path, answer) {
  const data = await readJSON(answer)
  if (typeof data?.code !== 'string') return new Unheard(`GET ${path}: ${answer.status} without a code`, answer.status)
  return new Refused(answer.status, data.code, String(data.message ?? ''))
}
