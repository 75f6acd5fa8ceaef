import { setMeta } from '/js/data/db.js'
import { listenToPush } from '/js/push/receive.js'
import { same } from './assert.js'

/** What the worker did, in order. */
let done = []
/** Windows that are open, each with the address it is at and what it says when asked whether it is free. */
let windows = []
/** Notes that are shown now. */
let notes = []

const here = /** @type {any} */ (globalThis)
here.registration = {
  showNotification: async (title, options) => {
    done.push(`show ${title}|${options.tag}|${options.silent ? 'silent' : 'rings'}`)
    notes = notes.filter((n) => n.tag !== options.tag)
    notes.push({ title, ...options, close: () => { done.push(`close ${options.tag}`); notes = notes.filter((n) => n.tag !== options.tag) } })
  },
  getNotifications: async ({ tag }) => notes.filter((n) => n.tag === tag),
}
here.clients = {
  matchAll: async () => windows,
  openWindow: async (path) => { done.push(`open ${path}`) },
}
/** What the server answers: nothing. */
const nobody = async (address) => {
  if (String(address).endsWith('/hello')) done.push('sync')
  throw new TypeError('no network')
}
globalThis.fetch = nobody
listenToPush()

/** Wakes the worker and waits until it is done. */
async function wake(kind, fields) {
  const work = []
  dispatchEvent(Object.assign(new Event(kind), { waitUntil: (promise) => work.push(promise), ...fields }))
  await Promise.all(work)
}

const message = (notification) => ({ json: () => ({ web_push: 8030, notification }) })
const letter = (id, more = {}) => message({ title: 'Nytt brev', body: 'b', tag: 'letter-1', navigate: `${location.origin}/letters/1`, lang: 'sv', dir: 'ltr', data: { id }, ...more })

/** A window at a path; `free` is its answer, undefined for none. */
const open = (path, free) => ({
  url: location.origin + path,
  postMessage: (said, ports) => {
    if (said === 'free?') { if (free !== undefined) ports[0].postMessage(free) } else done.push(`${path} ${JSON.stringify(said)}`)
  },
  focus: async function () { done.push(`focus ${path}`); return this },
})

function fresh(...open) {
  done = []
  notes = []
  windows = open
}

export default {
  async 'it syncs, then shows'() {
    fresh()
    await wake('push', { data: letter('a') })
    same(done, ['sync', 'show Nytt brev|letter-1|rings'])
    const [note] = notes
    same([note.body, note.lang, note.dir, note.data, note.renotify], ['b', 'sv', 'ltr', { id: 'a', navigate: '/letters/1' }, true])
  },
  async 'a repeat takes its own place without a sound'() {
    fresh()
    await wake('push', { data: letter('b') })
    await wake('push', { data: letter('b') })
    same(done.filter((what) => what !== 'sync'), ['show Nytt brev|letter-1|rings', 'show Nytt brev|letter-1|silent'])
    same(notes.map((n) => n.tag), ['letter-1'])
  },
  async 'a repeat of what was replaced changes nothing'() {
    fresh()
    await wake('push', { data: letter('first') })
    await wake('push', { data: letter('second', { title: 'Rättat' }) })
    await wake('push', { data: letter('first') })
    same(notes.map((n) => [n.title, n.silent, n.data.id]), [['Rättat', true, 'second']])
  },
  async 'two of one delivery at the same moment ring once'() {
    fresh()
    await Promise.all([wake('push', { data: letter('c') }), wake('push', { data: letter('c') }), wake('push', { data: letter('c') })])
    same(done.filter((what) => what.endsWith('rings')).length, 1)
    same(notes.length, 1)
  },
  async 'a withdrawal replaces without ringing'() {
    fresh()
    await wake('push', { data: letter('d') })
    await wake('push', { data: letter('e', { title: 'Tillbakataget', silent: true }) })
    same(notes.map((n) => [n.title, n.silent, n.renotify]), [['Tillbakataget', true, false]])
  },
  async 'what can\'t be read is shown in the reader\'s words'() {
    await setMeta('words', { title: 'جديد', body: 'افتح', lang: 'ar', dir: 'rtl' })
    for (const data of [null, undefined, { json: () => { throw new SyntaxError('no JSON') } }, { json: () => null }, { json: () => ({ other: 1 }) }]) {
      fresh()
      await wake('push', { data })
      same(notes.map((n) => [n.title, n.body, n.lang, n.dir, n.data.navigate]), [['جديد', 'افتح', 'ar', 'rtl', '/']])
    }
  },
  async 'a message that the browser has read itself'() {
    fresh()
    await wake('push', { data: null, notification: { title: 'Nytt brev', body: 'b', lang: 'sv', dir: 'ltr', tag: 'letter-2', silent: null, navigate: `${location.origin}/letters/2`, data: { id: 'f' } } })
    same(notes.map((n) => [n.title, n.tag, n.data]), [['Nytt brev', 'letter-2', { id: 'f', navigate: '/letters/2' }]])
  },
  async 'a server that answers nonsense keeps nothing back'() {
    fresh()
    globalThis.fetch = async () => new Response('<h1>Välkommen</h1>', { headers: { 'Content-Type': 'text/html' } })
    await wake('push', { data: letter('g') })
    globalThis.fetch = nobody
    same(done, ['show Nytt brev|letter-1|rings'])
  },
  async 'a network that never answers keeps it back only so long'() {
    fresh()
    const [real, waiting] = [globalThis.setTimeout, []]
    const bounds = []
    globalThis.fetch = () => new Promise((_, reject) => waiting.push(reject))
    here.setTimeout = (work, ms) => { bounds.push(ms); return real(work, ms === 15_000 ? 1 : ms) }
    await wake('push', { data: letter('i') })
    here.setTimeout = real
    globalThis.fetch = nobody
    for (const reject of waiting) reject(new TypeError('given up'))
    same([done, bounds.includes(15_000)], [['show Nytt brev|letter-1|rings'], true])
  },
  async 'open pages hear that it rang'() {
    fresh(open('/more/notifications'))
    await wake('push', { data: message({ title: 't', tag: 'test', data: { id: 'h' } }) })
    same(done.slice(-1), ['/more/notifications {"rang":"test"}'])
  },
  async 'a tap uses a window that holds nobody\'s text'() {
    const tap = { notification: { close: () => done.push('close'), data: { navigate: `${location.origin}/letters/1` } } }
    const go = '{"go":"/letters/1"}'
    fresh(open('/staff/letters/9', false), open('/letters', true))
    await wake('notificationclick', tap)
    same(done, ['close', 'focus /letters', `/letters ${go}`])
    fresh(open('/staff'), open('/wishes', false))
    await wake('notificationclick', tap)
    same(done, ['close', 'open /letters/1'], 'both are taken')
    fresh(open('/staff'), open('/meetings'))
    await wake('notificationclick', tap)
    same(done, ['close', 'focus /meetings', `/meetings ${go}`], 'asleep')
    fresh()
    await wake('notificationclick', { notification: { close: () => {}, data: { navigate: 'https://evil.example/' } } })
    same(done, ['open /'])
  },
}
