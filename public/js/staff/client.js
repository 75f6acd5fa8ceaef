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
import { sendSlowly } from './slowly.js'
import { Store } from './store.js'

/** After this an unanswered request counts as not sent, and is sent again later. */
const PATIENCE = 20_000

/** A token is exchanged for a fresh one when it is older than this. */
const FRESH = 30 * 60_000

const store = new Store()
const pb = new PocketBase(window.location.origin, store)
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

// The SDK takes a body that is given for the whole of its own.

/** Whether the session is on a computer that others use too. */
export const isShared = () => store.shared

/**
 * @param {string} email
 * @param {string} password
 * @param {boolean} [shared] others use this computer too: the session is short, and ends with the window
 * @returns {Promise<string>} "" once she is in; otherwise what a code has to come with
 * @throws {Problem} status 400 where the two don't belong together
 */
export async function signIn(email, password, shared = false) {
  let half = ''
  await attempt(async (pb, options) => {
    store.shared = shared
    try {
      await pb.collection('staff').authWithPassword(email, password, { ...options, body: { identity: email, password, shared } })
    } catch (error) {
      half = error instanceof ClientResponseError ? error.response?.mfaId ?? '' : ''
      if (!half) throw error
    }
  })
  refreshed = Date.now()
  return half
}

/** Has a code sent to who gave her password. @param {string} half what that was answered with @returns {Promise<string>} what the code is tried with */
export const askCode = async (half) => (await open('POST', 'staff/code', { mfa: half })).id

/**
 * The second step of signing in.
 * @param {string} half
 * @param {string} id of the code
 * @param {string} code
 * @param {boolean} shared
 * @throws {Problem} status 400 where the code is wrong
 */
export async function enterCode(half, id, code, shared) {
  await attempt((pb, options) => {
    store.shared = shared
    return pb.collection('staff').authWithOTP(id, code, { ...options, body: { otpId: id, password: code, shared, mfaId: half } })
  })
  refreshed = Date.now()
}

/**
 * The municipality's own ways to sign in, each good for one try.
 * @returns {Promise<{name: string, displayName: string, state: string, codeVerifier: string, authURL: string}[]>}
 */
export async function providers() {
  const { oauth2 } = await attempt((pb, options) => pb.collection('staff').listAuthMethods(options))
  return oauth2.enabled ? oauth2.providers : []
}

/**
 * Signs in with what the municipality's provider answered.
 * @param {string} name
 * @param {string} code
 * @param {string} verifier
 * @param {string} back the address it answered to
 * @param {boolean} shared
 * @throws {Problem} status 403 where she has no account here
 */
export async function signInWith(name, code, verifier, back, shared) {
  await attempt((pb, options) => {
    store.shared = shared
    return pb.collection('staff').authWithOAuth2Code(name, code, verifier, back, {}, {
      ...options, body: { provider: name, code, codeVerifier: verifier, redirectURL: back, shared },
    })
  })
  refreshed = Date.now()
}

/** Whether the session is one on a unit's shared tablet. */
export const onTablet = () => store.onTablet

/** Somebody is in on this shared tablet. @param {string} token @param {number} life in seconds @param {Person} record */
export function enter(token, life, record) {
  store.shared = true
  store.until = Date.now() + life * 1000
  pb.authStore.save(token, /** @type {any} */ (record))
  refreshed = Date.now()
}

/**
 * Asks as a shared tablet, whoever is in on it.
 * @param {string} secret
 * @param {string} method
 * @param {string} path below the app's own routes
 * @param {object} [body]
 * @returns {Promise<any>}
 * @throws {Problem}
 */
export const asTablet = (secret, method, path, body) =>
  attempt((pb, options) => pb.send(`/api/folje/v1/${path}`, { ...options, method, body, headers: { Authorization: `Bearer ${secret}` } }))

/** Ends the session on the shared tablet. */
export async function leaveTablet() {
  await attempt((pb, options) => pb.send('/api/folje/v1/tablet/leave', { ...options, method: 'POST' }))
}

/** Every session of hers ends, this one too. */
export async function signOutEverywhere() {
  await call((pb, options) => pb.send('/api/folje/v1/staff/me/sign-out', { ...options, method: 'POST' }))
}

/**
 * Asks for what needs nobody to be signed in.
 * @param {string} method
 * @param {string} path below the app's own routes
 * @param {object} body
 * @returns {Promise<any>}
 * @throws {Problem}
 */
export const open = (method, path, body) => attempt((pb, options) => pb.send(`/api/folje/v1/${path}`, { ...options, method, body }))

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
  if (onTablet()) return false // what is refused there is closed to it
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
  if (onTablet() || Date.now() - refreshed < FRESH) return
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
