/**
 * What letters carry besides their text, recordings, pictures and documents:
 * what this phone has of it, and loading it. The oldest that were loaded make
 * room for new ones.
 */
import { isFull, meta } from './db.js'
import { PATIENCE, ROOT, Refused, Unheard, readJSON } from './net.js'
import { CACHE } from './recordings.js'
import { LOADED, entries, forgetOldest } from './recordingspace.js'

/** How many bytes of it a phone keeps. */
const BUDGET = 60 * 1024 * 1024

/**
 * What is kept at an address, where this phone has it.
 * @param {string} address
 * @returns {Promise<Blob | null>}
 */
export async function keptAt(address) {
  const answer = await (await caches.open(CACHE)).match(address)
  return answer ? answer.blob() : null
}

/**
 * Loads something and keeps it, as far as there is space. What is cut off, or is of another type, counts as not heard.
 * @param {{path: string, address: string, type: string, bytes: number}} what path below /api/folje/v1/
 * @param {string} locale of the reader's messages
 * @param {(share: number) => void} progress is told how much of it has come, from 0 to 1
 * @returns {Promise<Blob>}
 * @throws {Unheard | Refused}
 */
export async function loadTo({ path, address, type, bytes }, locale, progress) {
  const device = await meta('device')
  const body = await fetchWhole(path, { locale, secret: device?.secret }, type, bytes, progress)
  await keep(address, body)
  return body
}

/**
 * @param {string} address
 * @param {Blob} body
 */
async function keep(address, body) {
  await makeRoomFor(body.size)
  try {
    await put(address, body)
  } catch (error) {
    if (!isFull(error) || !await forgetOldest()) return void console.warn('keep what a letter carries', error)
    await put(address, body).catch((again) => console.warn('keep what a letter carries', again))
  }
}

/** @param {string} address @param {Blob} body */
async function put(address, body) {
  const headers = { 'Content-Type': body.type, 'Content-Length': String(body.size), [LOADED]: String(Date.now()) }
  await (await caches.open(CACHE)).put(address, new Response(body, { headers }))
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
 * @param {string} path below /api/folje/v1/
 * @param {{locale: string, secret?: string}} question
 * @param {string} type its media type
 * @param {number} bytes how many it has
 * @param {(share: number) => void} progress is told how much of it has come, from 0 to 1
 * @returns {Promise<Blob>}
 */
async function fetchWhole(path, { locale, secret }, type, bytes, progress) {
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
