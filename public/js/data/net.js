/**
 * Requests to the server. An answer counts only when it is ours: JSON of the
 * shape agreed on. A captive portal's page, an empty body, a proxy's error or
 * a lost connection are all Unheard, and change nothing.
 */

export const ROOT = '/api/folje/v1/'
export const PATIENCE = 20_000

/** Nobody we know answered: try again later. `status` is 0 when nobody did at all; `wait` is the time asked for, in ms. */
export class Unheard extends Error {
  name = 'Unheard'

  /**
   * @param {string} message
   * @param {number} [status]
   * @param {number} [wait]
   */
  constructor(message, status = 0, wait = 0) {
    super(message)
    this.status = status
    this.wait = wait
  }
}

/** The server said no. `code` is a message id, `message` its text in the reader's language; `wait` as for Unheard. */
export class Refused extends Error {
  name = 'Refused'

  /**
   * @param {number} status
   * @param {string} code
   * @param {string} message
   * @param {number} [wait]
   */
  constructor(status, code, message, wait = 0) {
    super(message)
    this.status = status
    this.code = code
    this.wait = wait
  }
}

/**
 * @typedef {object} Question
 * @property {string} locale that the answer's messages are wanted in
 * @property {string} [secret] the device's
 * @property {string} [etag] of the answer the phone has; an unchanged one gives status 304 and no data
 * @property {unknown} [body]
 * @property {boolean} [bare] an answer may have no body
 */

/**
 * Asks the server. It fails with Unheard or Refused, never otherwise.
 * @param {string} method
 * @param {string} path below /api/folje/v1/
 * @param {Question} question
 * @returns {Promise<{status: number, data: any, etag: string}>} data is an object, or null for 204 and 304
 */
export async function ask(method, path, { locale, secret, etag, body, bare }) {
  /** @type {Record<string, string>} */
  const headers = { Accept: 'application/json', 'Accept-Language': locale }
  if (secret) headers.Authorization = `Bearer ${secret}`
  if (etag) headers['If-None-Match'] = etag
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  const answer = await send(ROOT + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) })
  if (answer.status === 304 && etag) return { status: 304, data: null, etag }
  if (answer.status === 204 && (bare || method === 'DELETE')) return { status: 204, data: null, etag: '' }
  if (answer.data === null) throw new Unheard(`${method} ${path}: ${answer.status} without our JSON`, answer.status, answer.wait)
  if (answer.ok) return { status: answer.status, data: answer.data, etag: answer.etag }
  if (typeof answer.data.code !== 'string') throw new Unheard(`${method} ${path}: ${answer.status} without a code`, answer.status, answer.wait)
  throw new Refused(answer.status, answer.data.code, String(answer.data.message ?? ''), answer.wait)
}

/**
 * @param {string} url
 * @param {RequestInit} init
 */
async function send(url, init) {
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(), PATIENCE)
  try {
    const answer = await fetch(url, { ...init, signal: giveUp.signal, cache: 'no-store', credentials: 'omit', redirect: 'error' })
    const { status, ok, headers } = answer
    return { status, ok, etag: headers.get('ETag') ?? '', wait: patience(headers.get('Retry-After')), data: await readJSON(answer) }
  } catch (error) {
    throw new Unheard(`${url}: ${error}`)
  } finally {
    clearTimeout(timer)
  }
}

/**
 * The time that Retry-After asks for, in ms: seconds or a date, at most an hour.
 * @param {string | null} header
 */
function patience(header) {
  if (!header) return 0
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Math.min(Math.max(ms || 0, 0), 3_600_000)
}

/**
 * @param {Response} answer
 * @returns {Promise<any>} an object, or null when the body is not one
 */
export async function readJSON(answer) {
  if (!answer.headers.get('Content-Type')?.includes('json')) return null
  const text = await answer.text()
  try {
    const data = JSON.parse(text)
    return typeof data === 'object' && !Array.isArray(data) ? data : null
  } catch {
    return null
  }
}
