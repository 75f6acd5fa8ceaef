import { mayAsk } from '/js/push/asking.js'
import { pathOf, readNote, withShown } from '/js/push/note.js'
import { obstacle, platformOf } from '/js/push/platform.js'
import { same } from './assert.js'

const HERE = 'https://folje.example'
const DAY = 24 * 60 * 60_000
const WORDS = { title: 'جديد', body: 'افتح', lang: 'ar', dir: 'rtl' }
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1'
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Safari/605.1.15'
const CHROME = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36'
const FIREFOX = 'Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0'

/** @param {object} notification */
const declared = (notification) => ({ web_push: 8030, notification })

export default {
  'phones and browsers'() {
    same(platformOf(IPHONE, 5), { system: 'iphone', firefox: false, version: 1705 })
    same(platformOf(IPHONE.replace('Version/17.5 ', '').replace(' Safari/604.1', ''), 5), { system: 'iphone', firefox: false, version: 1705 })
    same(platformOf(MAC, 5), { system: 'ipad', firefox: false, version: 1606 })
    same(platformOf(MAC, 0), { system: 'computer', firefox: false, version: 0 })
    same(platformOf(CHROME, 5), { system: 'android', firefox: false, version: 0 })
    same(platformOf(FIREFOX, 5), { system: 'android', firefox: true, version: 0 })
  },
  'what stands in the way'() {
    const tab = { installed: false, inApp: false, able: false }
    const iphone = (major, minor) => platformOf(`iPhone OS ${major}_${minor} Version/${major}.${minor} Safari/`, 5)
    same(obstacle(iphone(16, 3), { ...tab, installed: true }), 'old')
    same(obstacle(iphone(16, 4), tab), 'install')
    same(obstacle(iphone(26, 0), tab), 'install')
    same(obstacle(iphone(16, 4), { ...tab, installed: true, able: true }), '')
    same(obstacle(iphone(17, 0), { ...tab, installed: true }), 'unsupported')
    same(obstacle(iphone(17, 0), { ...tab, inApp: true }), 'in_app')
    same(obstacle(platformOf(CHROME, 5), tab), 'unsupported')
    same(obstacle(platformOf(CHROME, 5), { ...tab, able: true }), '')
  },
  'a message in the reader\'s language'() {
    const note = readNote(declared({
      title: 'رسالة جديدة', body: 'من المدرسة', navigate: `${HERE}/letters/abc123`, lang: 'ar', dir: 'rtl', tag: 'letter-abc123', data: { id: 'd1' },
    }), WORDS, HERE)
    same(note, { id: 'd1', title: 'رسالة جديدة', body: 'من المدرسة', lang: 'ar', dir: 'rtl', tag: 'letter-abc123', silent: false, path: '/letters/abc123' })
    same(readNote(declared({ title: 'x', silent: true }), WORDS, HERE).silent, true)
  },
  'whatever comes, something is shown'() {
    const neutral = { id: '', ...WORDS, tag: 'note', silent: false, path: '/' }
    for (const broken of [null, undefined, 7, 'text', [], {}, { notification: null }, declared({}), declared({ title: 5 }), declared({ title: '' })]) {
      same(readNote(broken, WORDS, HERE), { id: '', title: WORDS.title, body: WORDS.body, lang: 'ar', dir: 'rtl', tag: 'note', silent: false, path: '/' }, JSON.stringify(broken))
    }
    same(readNote(null, undefined, HERE).title, 'Följe')
    same(readNote(declared({ tag: 'letter-1', navigate: '/letters/1', data: { id: 'd' } }), WORDS, HERE), { ...neutral, id: 'd', tag: 'letter-1', path: '/letters/1' })
    same(readNote(declared({ title: 'x', dir: 'up', lang: 4 }), WORDS, HERE).dir, 'auto')
  },
  'a tap leads only to the app\'s own places'() {
    for (const [address, path] of [
      [`${HERE}/letters/a_b-1`, '/letters/a_b-1'], [`${HERE}/meetings/m1?x=1#y`, '/meetings/m1'], ['/letters', '/letters'], ['/more/notifications', '/more/notifications'],
      ['https://evil.example/letters/1', '/'], ['//evil.example/letters/1', '/'], ['javascript:alert(1)', '/'], [`${HERE}/api/folje/v1/hello`, '/'], [`${HERE}/staff`, '/'],
      [`${HERE}/letters/../../staff`, '/'], [`${HERE}/join#ABC`, '/'], ['http://[', '/'], [undefined, '/'], [{}, '/'],
    ]) same(pathOf(address, HERE), path, String(address))
  },
  'deliveries are remembered for a month, and not without end'() {
    const now = 100 * DAY
    same(withShown({ old: now - 31 * DAY, kept: now - 29 * DAY }, 'new', now), { new: now, kept: now - 29 * DAY })
    let shown = {}
    for (let i = 0; i < 300; i++) shown = withShown(shown, `d${i}`, now + i)
    same([Object.keys(shown).length, shown.d299, shown.d99], [200, now + 299, undefined])
  },
  'a parent is asked twice at most'() {
    same([mayAsk(undefined, 0), mayAsk({ times: 1, last: 0 }, 29 * DAY), mayAsk({ times: 1, last: 0 }, 30 * DAY), mayAsk({ times: 2, last: 0 }, 900 * DAY)], [true, false, true, false])
  },
}
