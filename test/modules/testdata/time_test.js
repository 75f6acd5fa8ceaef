import { local, parse, stored } from '/js/staff/time.js'
import { same } from './assert.js'

export default {
  'winter and summer'() {
    same(stored('2026-11-26', '17:30'), '2026-11-26T16:30:00.000Z')
    same(stored('2026-07-01', '08:00'), '2026-07-01T06:00:00.000Z')
    same(stored('2026-01-01', '00:15'), '2025-12-31T23:15:00.000Z')
  },
  'an hour that does not exist is the next one'() {
    same(stored('2026-03-29', '02:30'), '2026-03-29T01:30:00.000Z')
  },
  'an hour that occurs twice is the first'() {
    same(stored('2026-10-25', '02:30'), '2026-10-25T00:30:00.000Z')
    same(stored('2026-10-25', '03:00'), '2026-10-25T02:00:00.000Z')
  },
  'what is no time is nothing'() {
    same([stored('', '17:30'), stored('2026-11-26', ''), stored('2026-02-31x', '17:30')], ['', '', ''])
  },
  'there and back'() {
    same(local(parse('2026-11-26 16:30:00.000Z')), { date: '2026-11-26', clock: '17:30' })
  },
}
