import { call, person, signIn } from '/js/staff/client.js'
import { Problem } from '/js/staff/problem.js'
import { same } from './assert.js'

const HOUR = 3600

/** A token as PocketBase makes them, of which a browser reads when it ends. @param {string} of */
const token = (of) => ['{}', JSON.stringify({ exp: Date.now() / 1000 + HOUR }), of].map((part) => btoa(part)).join('.')

const json = (body, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

/** An answer whose connection is lost in the middle. */
const broken = () => new Response(new ReadableStream({
  start(controller) {
    controller.enqueue(new TextEncoder().encode('{"token":"'))
    controller.error(new TypeError('network error'))
  },
}), { headers: { 'Content-Type': 'application/json' } })

const portal = (status) => new Response('<h1>Välkommen till vårt nät</h1>', { status, headers: { 'Content-Type': 'text/html' } })

/** Runs a request of Huda's, who is signed in, whose fresh token is answered so. @param {() => Response} answer */
async function asks(answer) {
  const real = globalThis.fetch
  const asked = []
  const reply = { token: token('old'), record: { id: 'huda', roles: ['translator'] } }
  globalThis.fetch = async (url) => {
    const path = new URL(url).pathname
    if (path.endsWith('auth-with-password')) return json(reply)
    asked.push(path.split('/').pop())
    return path.endsWith('auth-refresh') ? answer() : json({ tasks: [] })
  }
  const now = Date.now
  try {
    await signIn('huda@example.invalid', 'x')
    Date.now = () => now() + 31 * 60_000 // her token is to be exchanged
    const end = await call((pb, options) => pb.send('/api/queue', options)).then(() => 'ok', (error) => (error instanceof Problem ? `problem ${error.status}` : String(error)))
    return `${end}: ${asked.join(' ')}: ${person()?.id ?? 'nobody'}`
  } finally {
    globalThis.fetch = real
    Date.now = now
  }
}

export default {
  'a fresh token is kept': async () => same(await asks(() => json({ token: token('new'), record: { id: 'huda', roles: [] } })), 'ok: auth-refresh queue: huda'),
  'an answer that breaks off signs nobody out': async () => same(await asks(broken), 'problem 0: auth-refresh: huda'),
  "nor does a portal's page": async () => same(await asks(() => portal(200)), 'problem 0: auth-refresh: huda'),
  "nor does a proxy's refusal": async () => {
    for (const status of [401, 403, 404]) same(await asks(() => portal(status)), 'problem 0: auth-refresh: huda')
  },
  "the server's refusal ends the session": async () => same(await asks(() => json({ status: 401, message: 'no', data: {} }, 401)), 'problem 401: auth-refresh: huda'),
}
