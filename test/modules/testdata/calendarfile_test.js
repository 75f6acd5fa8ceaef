import { meetingFile } from '/js/parent/calendarfile.js'
import ICAL from '/vendor/ical/ical.js'
import { same } from './assert.js'

const NOW = new Date('2026-09-01T12:00:00Z')
const WORDS = { title: 'Föräldramöte', description: 'Läs mer och svara i appen Följe.' }
const MEETING = {
  id: 'meeting00000001', starts: '2026-10-22T16:00:00Z', ends: '2026-10-22T17:30:00Z', place: 'Stora rummet', cancelled: '', sequence: 3,
}

const bytes = (text) => new TextEncoder().encode(text).length

/** The file's lines, read strictly: CRLF everywhere, at most 75 bytes, no control characters; then unfolded. */
async function lines(meeting, words = WORDS) {
  const { blob } = meetingFile(meeting, words, NOW)
  same(blob.type, 'text/calendar;charset=utf-8')
  const folded = (await blob.text()).split('\r\n')
  same(folded.pop(), '', 'the end')
  for (const line of folded) {
    if (bytes(line) > 75 || /\p{Cc}|\uFFFD/u.test(line)) throw new Error(`a line of ${bytes(line)} bytes: ${line}`)
  }
  return folded.join('\r\n').replaceAll('\r\n ', '').split('\r\n')
}

const line = (all, name) => all.find((l) => l.startsWith(name))

export default {
  async 'says what the subscribed calendar says'() {
    const served = (await (await fetch('/calendar/one.ics')).text()).trimEnd().split('\r\n')
      .map((l) => l.replace('https://folje.example', location.origin))
    const own = ['X-WR-', 'REFRESH-', 'X-PUBLISHED', 'LAST-MODIFIED'] // a feed's, not an event's
    same(await lines(MEETING), served.filter((l) => !own.some((name) => l.startsWith(name))))
  },
  'has a name that tells the day only'() {
    same(meetingFile(MEETING, WORDS, NOW).name, 'folje-2026-10-22.ics')
    same(meetingFile({ ...MEETING, starts: '2026-10-22T22:30:00Z' }, WORDS, NOW).name, 'folje-2026-10-23.ics')
  },
  async 'a cancelled meeting'() {
    const all = await lines({ ...MEETING, cancelled: '2026-10-01T08:00:00Z', sequence: 4 }, { ...WORDS, title: 'Inställt: föräldramöte' })
    same([line(all, 'STATUS'), line(all, 'SEQUENCE'), line(all, 'SUMMARY')],
      ['STATUS:CANCELLED', 'SEQUENCE:4', 'SUMMARY:Inställt: föräldramöte'])
  },
  async 'a meeting without end or place'() {
    const all = await lines({ ...MEETING, ends: '', place: '' })
    same([line(all, 'DTEND'), line(all, 'LOCATION')], ['DTEND;TZID=Europe/Stockholm:20261022T193000', undefined])
  },
  async 'keeps the hour across the change of clocks'() {
    for (const [starts, clock] of [
      ['2026-10-24T16:00:00Z', '20261024T180000'], ['2026-10-25T17:00:00Z', '20261025T180000'],
      ['2027-03-27T17:00:00Z', '20270327T180000'], ['2027-03-28T16:00:00Z', '20270328T180000'],
    ]) {
      const { blob } = meetingFile({ ...MEETING, starts, ends: '' }, WORDS, NOW)
      const text = await blob.text()
      same(line(text.split('\r\n'), 'DTSTART;'), `DTSTART;TZID=Europe/Stockholm:${clock}`)
      same(startOf(text), starts)
    }
  },
  async 'the hour that comes twice'() {
    const all = await lines({ ...MEETING, starts: '2026-10-25T00:30:00Z', ends: '2026-10-25T01:30:00Z' })
    same([line(all, 'DTSTART;'), line(all, 'DTEND')], ['DTSTART;TZID=Europe/Stockholm:20261025T023000', 'DTEND:20261025T013000Z'])
  },
  async 'nothing that staff write breaks it'() {
    const places = [`Rum; "kök", a\\nb \\ B: 1`, 'END:VEVENT', ...['a', 'ö', 'ش', '🌲'].flatMap((c) =>
      Array.from({ length: 160 }, (_, n) => c.repeat(n + 1)))]
    for (const place of places) {
      const written = line(await lines({ ...MEETING, place }), 'LOCATION:').slice('LOCATION:'.length)
      same(written.replace(/\\([\\;,])/g, '$1'), place)
    }
    same(line(await lines({ ...MEETING, place: 'Rum 1\r\nATTENDEE:x\tB\u0000C' }), 'LOCATION:'), 'LOCATION:Rum 1 ATTENDEE:x B C')
  },
  async 'the server\'s calendar is read by another library'() {
    same(startOf(await (await fetch('/calendar/one.ics')).text()), '2026-10-22T16:00:00Z')
  },
}

/** When the file's event starts, by its own VTIMEZONE. */
function startOf(text) {
  const calendar = new ICAL.Component(ICAL.parse(text))
  const timezone = new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone'))
  const start = calendar.getFirstSubcomponent('vevent').getFirstPropertyValue('dtstart')
  start.zone = timezone
  return start.toJSDate().toISOString().replace('.000', '')
}
