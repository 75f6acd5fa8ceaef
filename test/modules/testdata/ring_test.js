import { holdOf, latestOf, ringsAt } from '/js/staff/ring/when.js'
import { same } from './assert.js'

/** @param {string} from */
const rings = (from) => ringsAt(new Date(from)).toISOString()

export default {
  'in the day phones ring at once'() {
    same(rings('2026-11-26T06:00:00Z'), '2026-11-26T06:00:00.000Z')
    same(rings('2026-11-26T19:59:59Z'), '2026-11-26T19:59:59.000Z')
  },
  'in the night they wait for seven'() {
    same(rings('2026-11-26T20:00:00Z'), '2026-11-27T06:00:00.000Z')
    same(rings('2026-11-26T23:30:00Z'), '2026-11-27T06:00:00.000Z')
    same(rings('2026-11-27T05:59:59Z'), '2026-11-27T06:00:00.000Z')
    same(rings('2026-07-01T19:30:00Z'), '2026-07-02T05:00:00.000Z')
  },
  'seven is seven in the nights when the clocks change'() {
    same(rings('2026-03-28T22:00:00Z'), '2026-03-29T05:00:00.000Z')
    same(rings('2026-10-24T21:00:00Z'), '2026-10-25T06:00:00.000Z')
  },
  'what is typed is Stockholm time'() {
    const now = new Date('2026-11-26T12:00:00Z')
    same(holdOf('2026-11-27T08:00', now), { hold: '2026-11-27T07:00:00.000Z', fault: '' })
    same(holdOf('2026-12-10T13:00', now).fault, '')
    same(holdOf('2026-12-10T13:01', now).fault, 'staff.ring.time_far')
    same(holdOf('2026-11-26T13:00', now).fault, 'staff.ring.time_past')
  },
  'what is no time is told'() {
    const now = new Date('2026-03-27T12:00:00Z')
    same(holdOf('', now), { hold: '', fault: 'staff.ring.time_missing' })
    same(holdOf('2026-03-29T02:30', now), { hold: '', fault: 'staff.ring.time_none' })
  },
  'phones wait for languages until noon of the day before, or three days'() {
    const now = new Date('2026-11-26T12:00:00Z')
    same(latestOf('2026-12-03 16:30:00.000Z', now), '2026-12-02T12:00')
    same(latestOf('', now), '2026-11-29T12:00')
    same(latestOf('2026-11-25 16:30:00.000Z', now), '2026-11-29T12:00', 'it was held')
    same(latestOf('2026-12-24 16:30:00.000Z', now), '2026-11-29T12:00', 'it is too far away')
    same(latestOf('2026-11-27 07:00:00.000Z', now), '2026-11-26T15:00', 'it is tomorrow')
  },
}
