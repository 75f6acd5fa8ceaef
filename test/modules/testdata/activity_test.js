import ICAL from '/vendor/ical/ical.js'
import { chooseLocale, loadMore } from '/js/i18n/messages.js'
import { dayOf, monthFrom, plusDays, weekdayOf, weeksOf } from '/js/lib/days.js'
import { activityFile } from '/js/parent/calendarfile.js'
import { firstOf, inWords, repeatOf, ruleOf } from '/js/staff/activity/rule.js'
import { same } from './assert.js'

const NOW = new Date('2026-09-01T12:00:00Z')
const ACTIVITY = {
  id: 'activity0000001', unit: { id: 'u', name: 'Familjecentralen' }, title: [], blocks: [], place: 'Pilgården', ages: [0, 5], times: [], until: '2027-12-17',
  first: ['2026-08-18T09:00', '2026-08-18T11:30'], rule: 'FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20271217T225959Z', sequence: 2,
  exceptions: [{ on: '2026-10-27', cancelled: true }, { on: '2026-10-29', starts: '2026-10-30T13:00', ends: '2026-10-30T15:00' }],
}

/** The file, as a calendar's program reads it. */
async function read(activity) {
  const { name, blob } = activityFile(activity, { title: 'Öppen förskola' }, NOW)
  const text = await blob.text()
  const root = new ICAL.Component(ICAL.parse(text))
  return { name, text, events: root.getAllSubcomponents('vevent') }
}

export default {
  'months are whole weeks': () => {
    const weeks = weeksOf('2026-11-26')
    same([weeks.length, weeks[0][0], weeks[4][6]], [6, '2026-10-26', '2026-11-29'])
    same(weeks.every((week) => week.length === 7 && weekdayOf(week[0]) === 1), true)
    same([plusDays('2026-10-25', 1), plusDays('2027-03-01', -1), monthFrom('2026-12-31', 1), monthFrom('2027-03-31', -1)], ['2026-10-26', '2027-02-28', '2027-01-01', '2027-02-01'])
    same([dayOf('2026-11-25T23:30:00Z'), dayOf('2026-06-25T21:59:00Z'), dayOf('2026-06-25T22:00:00Z')], ['2026-11-26', '2026-06-25', '2026-06-26'])
  },

  'a rule and the screen say the same': () => {
    for (const [rule, first, how, days, until] of [
      ['', '2026-08-18', 'once', [], ''],
      ['FREQ=WEEKLY;BYDAY=TU,TH', '2026-08-18', 'weekly', [2, 4], ''],
      ['FREQ=WEEKLY;BYDAY=TU;UNTIL=20261218T225900Z', '2026-08-18', 'weekly', [2], '2026-12-18'],
      ['FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;UNTIL=20270618T215900Z', '2026-08-21', 'biweekly', [5], '2027-06-18'],
      ['FREQ=MONTHLY;BYDAY=1TU', '2026-09-01', 'monthly', [2], ''],
    ]) {
      const repeat = repeatOf(rule, first)
      same(repeat, { how, days, until }, rule)
      same(ruleOf(repeat, first, ''), rule, `${rule} again`)
    }
    same(repeatOf('FREQ=DAILY;COUNT=3', '2026-09-01').how, 'other')
    same(ruleOf({ how: 'other', days: [], until: '' }, '2026-09-01', 'FREQ=DAILY;COUNT=3'), 'FREQ=DAILY;COUNT=3', 'what the screen cannot show stays')
    same([firstOf('2026-08-17', [2, 4]), firstOf('2026-08-18', [2, 4]), firstOf('2026-08-21', [2, 4]), firstOf('', [2])], ['2026-08-18', '2026-08-18', '2026-08-25', ''])
  },

  'it is said as somebody would': async () => {
    await chooseLocale('sv')
    await loadMore('later', 'staff')
    const year = new Date().getUTCFullYear()
    const times = { starts: `${year}-08-18T09:00`, ends: `${year}-08-18T11:30`, exceptions: [{ on: `${year}-11-24`, cancelled: true }] }
    same(inWords({ how: 'weekly', days: [4, 2], until: `${year}-12-18` }, times), 'Varje tisdag och torsdag kl. 09:00\u2060–\u206011:30, till och med 18 december, inte 24 november')
    same(inWords({ how: 'weekly', days: [2], until: '' }, { starts: 'T', ends: 'T', exceptions: [] }), '')
  },

  'a calendar gets the rule and its exceptions': async () => {
    const { name, text, events } = await read(ACTIVITY)
    same(name, 'folje-2026-08-18.ics')
    same(events.length, 2)
    const [whole, moved] = events.map((e) => new ICAL.Event(e))
    same([whole.uid, whole.summary, whole.location], ['activity0000001@folje', 'Öppen förskola', 'Pilgården'])
    same(text.includes('RRULE:FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20271217T225959Z'), true, text)
    same(text.includes('EXDATE;TZID=Europe/Stockholm:20261027T090000'), true, text)
    same([moved.recurrenceId.toString(), moved.startDate.toString(), moved.endDate.toString()], ['2026-10-29T09:00:00', '2026-10-30T13:00:00', '2026-10-30T15:00:00'])
    whole.relateException(moved)
    const found = []
    const iterator = whole.iterator()
    for (let next = iterator.next(); next && found.length < 22; next = iterator.next()) found.push(whole.getOccurrenceDetails(next).startDate.toString())
    same(found.filter((at) => at > '2026-10-20' && at < '2026-11-04'), ['2026-10-20T09:00:00', '2026-10-22T09:00:00', '2026-10-30T13:00:00', '2026-11-03T09:00:00'])
  },

  'once is one event': async () => {
    const { text, events } = await read({ ...ACTIVITY, rule: '', exceptions: [], place: '' })
    same([events.length, text.includes('BYDAY=TU'), text.includes('LOCATION')], [1, false, false])
  },
}
