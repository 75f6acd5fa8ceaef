import { addDays, local, moments, parse, stored } from '/js/staff/time.js'
import { same } from './assert.js'

export default {
  'winter and summer'() {
    same(stored('2026-11-26', '17:30'), '2026-11-26T16:30:00.000Z')
    same(stored('2026-07-01', '08:00'), '2026-07-01T06:00:00.000Z')
    same(stored('2026-01-01', '00:15'), '2025-12-31T23:15:00.000Z')
  },
  'an hour that the clocks leap over does not exist'() {
    same(moments('2026-03-29', '02:30'), [])
    same(stored('2026-03-29', '02:00'), '')
    same([stored('2026-03-29', '01:59'), stored('2026-03-29', '03:00')], ['2026-03-29T00:59:00.000Z', '2026-03-29T01:00:00.000Z'])
  },
  'an hour that comes twice is two moments'() {
    same(moments('2026-10-25', '02:30'), ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'])
    same(stored('2026-10-25', '02:30'), '2026-10-25T00:30:00.000Z')
    same(stored('2026-10-25', '02:30', true), '2026-10-25T01:30:00.000Z')
    same([moments('2026-10-25', '01:59').length, moments('2026-10-25', '03:00')], [1, ['2026-10-25T02:00:00.000Z']])
  },
  'the years round this one'() {
    for (const [date, count] of [['2025-03-30', 0], ['2025-10-26', 2], ['2027-03-28', 0], ['2027-10-31', 2], ['2026-03-28', 1]]) {
      same(moments(date, '02:15').length, count, date)
    }
  },
  'what is no time is nothing'() {
    same([stored('', '17:30'), stored('2026-11-26', ''), stored('2026-02-31x', '17:30'), stored('2026-02-31', '17:30')], ['', '', '', ''])
  },
  'there and back'() {
    same(local(parse('2026-11-26 16:30:00.000Z')), { date: '2026-11-26', clock: '17:30' })
  },
  'days are counted in the calendar'() {
    same(addDays('2026-03-30', -3), '2026-03-27')
    same(addDays('2026-10-26', -1), '2026-10-25')
    same([addDays('2026-03-01', -1), addDays('2024-03-01', -1), addDays('2026-12-31', 1)], ['2026-02-28', '2024-02-29', '2027-01-01'])
    same(addDays('', -3), '')
  },
}
