/**
 * The one door to the network on staff's and translators' pages: PocketBase's
 * SDK, the signed-in person, and what happens when the session ends. Only
 * api.js uses `call`.
 *
 * @import {Person} from './types.js'
 */
import PocketBase, { ClientResponseError } from '../../vendor/pocketbase/pocketbase.js'
import { locale } from '../i18n/messages.js'
import { heard } from './clock.js'
import { fromAnswer, offline, Problem, signedOut } from './problem.js'

/** After this an unanswered request counts as not sent, and is sent again later. */
const PATIENCE = 20_000

/** A token is exchanged for a fresh one when it is older than this. */
const FRESH = 30 * 60_000

const pb = new PocketBase(window.location.origin)
pb.autoCancellation(false)
pb.afterSend = (/** @type {Response} */ answer, /** @type {any} */ data) => {
  heard(answer)
  return data
}

let refreshed = 0

/** @type {() => Promise<boolean>} */
let askAgain = async () => false

/** @type {Promise<boolean>|null} */
let asking = null

/** The one signed in, or null. @returns {Person|null} */
export const person = () => (pb.authStore.isValid ? /** @type {any} */ (pb.authStore.record) : null)

/** The one who was signed in last, even if the session has ended. @returns {Person|null} */
export const lastPerson = () => /** @type {any} */ (pb.authStore.record)

/**
 * Says what is shown when a session ends in the middle of work. `ask` answers
 * whether the same person is signed in again.
 * @param {() => Promise<boolean>} ask
 */
export function onSessionEnd(ask) {
  askAgain = ask
}

/**
 * Tells when somebody else is signed in than before, or nobody any more, here
 * or in another tab.
 * @param {(before: string) => void} changed gets the id of the one who was, or ""
 */
export function onPersonChange(changed) {
  let id = pb.authStore.record?.id ?? ''
  pb.authStore.onChange((/** @type {string} */ _, /** @type {{id: string}|null} */ record) => {
    const before = id
    id = record?.id ?? ''
    if (id !== before) changed(before)
  })
}

/**
 * @param {string} email
 * @param {string} password
 * @throws {Problem} status 400 where the two don't belong together
 */
export async function signIn(email, password) {
  await attempt((pb, options) => pb.collection('staff').authWithPassword(email, password, options))
  refreshed = Date.now()
}

export function signOut() {
  pb.authStore.clear()
}

/** Something about her changed on the server: this computer knows it too, also after a reload. @param {Partial<Person>} changes */
export function noteChange(changes) {
  if (pb.authStore.record) pb.authStore.save(pb.authStore.token, { ...pb.authStore.record, ...changes })
}

/**
 * Runs a request. Where the session has ended, the person is asked to sign in
 * again and the request is repeated.
 * @template T
 * @param {(pb: PocketBase, options: object) => Promise<T>} request
 * @returns {Promise<T>}
 * @throws {Problem}
 */
export async function call(request) {
  if (!person() && !(await signInAgain())) throw signedOut()
  try {
    await refresh()
    return await attempt(request)
  } catch (error) {
    if (!(error instanceof Problem) || !(await ended(error))) throw error
    if (!(await signInAgain())) throw signedOut()
    return attempt(request)
  }
}

/**
 * A file of the server's that only the signed-in person may have.
 * @param {string} path
 * @returns {Promise<Blob>}
 * @throws {Problem}
 */
export function download(path) {
  return call(async (pb, options) => {
    /** @type {Promise<Blob>|undefined} */
    let file
    /** @param {RequestInfo|URL} url @param {RequestInit} [config] */
    const keeping = async (url, config) => {
      const answer = await fetch(url, config)
      if (answer.ok) file = answer.clone().blob()
      return answer
    }
    await pb.send(path, { ...options, fetch: keeping })
    return /** @type {Promise<Blob>} */ (file)
  })
}

/** A sending of which nothing more has left within this time counts as not sent. */
const STALLED = 60_000

/**
 * Sends a form with files. It may take as long as it goes on.
 * @param {string} path
 * @param {FormData} form
 * @param {(share: number) => void} progress is told how much of it is sent, from 0 to 1
 * @returns {Promise<any>}
 * @throws {Problem}
 */
export function upload(path, form, progress) {
  return call((pb, options) => pb.send(path, {
    ...options, method: 'PUT', body: form, fetch: whole((/** @type {any} */ url, /** @type {any} */ config) => sendSlowly(String(url), config, progress)),
  }))
}

/**
 * Does what fetch does, and tells how far it is, which fetch can't.
 * @param {string} url
 * @param {{method: string, headers: Record<string, string>, body: FormData}} config
 * @param {(share: number) => void} progress
 * @returns {Promise<Response>}
 */
function sendSlowly(url, { method, headers, body }, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    let timer = setTimeout(() => request.abort(), STALLED)
    request.open(method, url)
    for (const [name, value] of Object.entries(headers)) if (name.toLowerCase() !== 'content-type') request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded, total }) => {
      clearTimeout(timer)
      timer = setTimeout(() => request.abort(), STALLED)
      progress(total ? loaded / total : 0)
    }
    request.onloadend = () => {
      clearTimeout(timer)
      if (request.status === 0) return reject(new TypeError('the network failed'))
      const known = ['Content-Type', 'Date'].flatMap((name) => { const value = request.getResponseHeader(name); return value ? [[name, value]] : [] })
      resolve(new Response(request.status === 204 ? null : request.responseText, { status: request.status, headers: Object.fromEntries(known) }))
    }
    request.send(body)
  })
}

/** Asks once, however many requests wait for the answer. */
export function signInAgain() {
  asking ??= askAgain().finally(() => {
    asking = null
  })
  return asking
}

/**
 * Whether a refusal means that the session is over. PocketBase treats an ended
 * session as a stranger's, so that it answers 403 or 404 as well as 401.
 * @param {Problem} problem
 */
async function ended(problem) {
  if (!person() || problem.status === 401) return true
  if (problem.status !== 403 && problem.status !== 404) return false
  try {
    await attempt((pb, options) => pb.collection('staff').authRefresh(options))
    refreshed = Date.now()
    return false
  } catch (error) {
    return error instanceof Problem && (error.status === 401 || error.status === 403 || error.status === 404)
  }
}

/** Keeps somebody who writes for long from being signed out. */
async function refresh() {
  if (Date.now() - refreshed < FRESH) return
  await attempt((pb, options) => pb.collection('staff').authRefresh(options))
  refreshed = Date.now()
}

/**
 * @template T
 * @param {(pb: PocketBase, options: object) => Promise<T>} request
 * @returns {Promise<T>}
 */
async function attempt(request) {
  pb.lang = locale()
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), PATIENCE)
  try {
    return await request(pb, { signal: patience.signal, fetch: whole(fetch) })
  } catch (error) {
    if (!(error instanceof ClientResponseError)) throw error
    throw error.status === 0 ? offline() : fromAnswer(error.status, error.response)
  } finally {
    clearTimeout(timer)
  }
}

/** The statuses that may say that a session has ended. */
const ENDING = [401, 403, 404]

/**
 * Does what ask does, and fails where the answer broke off or is a portal's page. PocketBase's SDK takes such an answer
 * for an empty object, and would keep that as the session where a fresh token was to come.
 * @param {typeof fetch} ask
 * @returns {typeof fetch}
 */
const whole = (ask) => async (url, config) => {
  const answer = await ask(url, config)
  if (answer.status !== 204 && (answer.ok || ENDING.includes(answer.status))) await answer.clone().json()
  return answer
}
