import { lastMoment, moved, suggested } from '/js/staff/meeting/deadlines.js'
import { bodyOf, empty, endDate, endsNextDay, faults, inputOf, isTwice } from '/js/staff/meeting/input.js'
import { merge, sameInput } from '/js/staff/meeting/merge.js'
import { joined, noNotes } from '/js/staff/meeting/dialogues.js'
import { wantedOf, wordsOf } from '/js/staff/meeting/spoken.js'
import { usualOf } from '/js/staff/meeting/usual.js'
import { bareHeadings } from '/js/staff/letter/check.js'
import { startBlocks } from '/js/staff/letter/start.js'
import { stepsOf } from '/js/staff/steps.js'
import { same } from './assert.js'

const input = (more) => ({ ...empty('g'), date: '2026-11-26', place: 'Matsalen', ...more })
const record = (more) => ({
  id: 'm', kind: 'qpm', unit: 'u', groups: ['g'], starts: '2026-11-26 16:30:00.000Z', ends: '2026-11-26 18:00:00.000Z', place: 'Matsalen',
  information: '', question: '', contact: '', childcare: false, answerBy: '', bookBy: '', cancelBy: '', base: 1, published: '', cancelled: '', updated: '', ...more,
})
const codes = (found) => Object.fromEntries(Object.entries(found).map(([name, { code }]) => [name, code]))

export default {
  'last days are suggested by the calendar, and none that has been'() {
    same(suggested('2026-11-26', '2026-11-01'), { answerBy: '2026-11-23', bookBy: '2026-11-19', cancelBy: '2026-11-24' })
    // Over the night when the clocks change, where a day has 25 hours.
    same(suggested('2026-10-27', '2026-10-01'), { answerBy: '2026-10-24', bookBy: '2026-10-20', cancelBy: '2026-10-25' })
    same(suggested('2026-11-26', '2026-11-22'), { answerBy: '2026-11-23', bookBy: '2026-11-22', cancelBy: '2026-11-24' })
    same(suggested('', '2026-11-22'), { answerBy: '', bookBy: '', cancelBy: '' })
  },
  'last days follow a moved meeting unless she chose them'() {
    const chosen = { answerBy: '2026-11-23', bookBy: '2026-11-10', cancelBy: '' }
    same(moved(chosen, { from: '2026-11-26', to: '2026-12-03', today: '2026-11-01' }), { answerBy: '2026-11-30', bookBy: '2026-11-10', cancelBy: '' })
    const fresh = { answerBy: '', bookBy: '', cancelBy: '' }
    same(moved(fresh, { from: '', to: '2026-11-26', today: '2026-11-01' }).bookBy, '2026-11-19')
  },
  'a last day lasts until it ends, or until the meeting'() {
    const starts = '2026-11-26T16:30:00.000Z'
    same(lastMoment('2026-11-23', starts, ''), '2026-11-23T22:59:00.000Z')
    same(lastMoment('2026-11-26', starts, ''), starts)
    same(lastMoment('2026-11-23', starts, '2026-11-23 11:00:00.000Z'), '2026-11-23T11:00:00.000Z', 'another clock stays')
    same(lastMoment('', starts, '2026-11-23 11:00:00.000Z'), '')
  },
  'a record, the form and back'() {
    const meeting = record({ childcare: true, contact: 'Maria', answerBy: '2026-11-23 11:00:00.000Z', question: 'Hur?' })
    const body = bodyOf(inputOf(meeting), meeting)
    same([body.starts, body.ends, body.answerBy, body.bookBy], ['2026-11-26T16:30:00.000Z', '2026-11-26T18:00:00.000Z', '2026-11-23T11:00:00.000Z', ''])
    same([body.childcare, body.contact, body.place, body.question], [true, 'Maria', 'Matsalen', 'Hur?'])
  },
  'the second of two equal times stays the second'() {
    const meeting = record({ starts: '2026-10-25 01:30:00.000Z', ends: '2026-10-25 03:00:00.000Z' })
    const form = inputOf(meeting)
    same([form.from, form.fromLater, form.to, form.toLater], ['02:30', true, '04:00', null])
    same(bodyOf(form, meeting).starts, '2026-10-25T01:30:00.000Z')
  },
  'a time that does not exist is told at its field'() {
    same(codes(faults(input({ date: '2026-03-29', from: '02:30', to: '04:00' }))), { from: 'staff.meeting.no_such_time' })
    same(codes(faults(input({ date: '2026-03-29', from: '01:30', to: '02:15' }))), { to: 'staff.meeting.no_such_time' })
  },
  'a time that comes twice is asked about'() {
    const night = input({ date: '2026-10-25', from: '02:30', to: '04:00' })
    same([isTwice(night, 'from'), isTwice(night, 'to')], [true, false])
    same(codes(faults(night)), { from: 'staff.meeting.which_time' })
    same(codes(faults({ ...night, fromLater: false })), {})
    same(bodyOf({ ...night, fromLater: true }, null).starts, '2026-10-25T01:30:00.000Z')
    const backwards = input({ date: '2026-10-25', from: '02:30', fromLater: false, to: '02:15', toLater: true })
    same(codes(faults(backwards)), {}, 'the second 02:15 comes after the first 02:30')
    same(codes(faults({ ...backwards, toLater: false })), { to: 'staff.meeting.ends_before' })
  },
  'an end before the start is on the next day'() {
    const late = input({ from: '19:00', to: '01:30' })
    same([codes(faults(late)), endDate(late), endsNextDay(late)], [{}, '2026-11-27', true])
    const body = bodyOf(late, null)
    same([body.starts, body.ends], ['2026-11-26T18:00:00.000Z', '2026-11-27T00:30:00.000Z'])
    const again = inputOf(record(body))
    same([again.date, again.from, again.to, again.toLater], ['2026-11-26', '19:00', '01:30', null])
    same(bodyOf(again, null).ends, body.ends)
    same(codes(faults(input({ from: '18:00', to: '06:00' }))), {}, 'twelve hours')
    for (const to of ['06:01', '17:30', '18:00']) {
      const wrong = input({ from: '18:00', to })
      same([codes(faults(wrong)), endsNextDay(wrong)], [{ to: 'staff.meeting.ends_before' }, false], to)
    }
    same([endDate(input({ to: '' })), endDate(input({ from: '' })), endDate(input({ date: '' }))], ['2026-11-26', '2026-11-26', ''])
    same(endsNextDay(input({ from: '18:00', to: '' })), false)
  },
  'an end on the night when the clocks change is on its own day'() {
    const spring = input({ date: '2026-03-28', from: '22:00', to: '02:30' })
    same(codes(faults(spring)), { to: 'staff.meeting.no_such_time' })
    same(bodyOf({ ...spring, to: '03:30' }, null).ends, '2026-03-29T01:30:00.000Z')
    const autumn = input({ date: '2026-10-24', from: '22:00', to: '02:30' })
    same([isTwice(autumn, 'to'), isTwice(autumn, 'from'), codes(faults(autumn))], [true, false, { to: 'staff.meeting.which_time' }])
    same(bodyOf({ ...autumn, toLater: true }, null).ends, '2026-10-25T01:30:00.000Z')
    same(inputOf(record(bodyOf({ ...autumn, toLater: false }, null))).toLater, false)
    const day = input({ date: '2026-10-25', from: '22:00', to: '02:30' })
    same([isTwice(day, 'to'), endDate(day), codes(faults(day))], [false, '2026-10-26', {}])
  },
  'what is missing or wrong is told at its field'() {
    same(codes(faults({ ...empty('g'), groups: [], from: '' })), { groups: 'staff.meeting.need_group', date: 'staff.meeting.need_date', from: 'staff.meeting.need_time' })
    same(codes(faults(input({ from: '19:00', to: '19:00' }))), { to: 'staff.meeting.ends_before' })
    same(codes(faults(input({ answerBy: '2026-11-27', bookBy: '2026-11-26' }))), { answerBy: 'staff.meeting.deadline_after' })
    same(codes(faults(input({ question: 'x'.repeat(301) }))), { question: 'staff.meeting.long_question' })
  },
  'what only one of two changed is taken over, what both changed is shown'() {
    const before = input()
    const mine = input({ place: 'Biblioteket', question: 'Hur sover vi?' })
    const theirs = input({ place: 'Gympasalen', contact: 'Maria', date: '2026-11-27' })
    const { input: merged, differences } = merge(before, mine, theirs)
    same([merged.place, merged.contact, merged.date, merged.question], ['Biblioteket', 'Maria', '2026-11-27', 'Hur sover vi?'])
    same(differences.map(({ name, clash }) => [name, clash]), [['time', false], ['place', true], ['contact', false]])
    same(differences[1].theirs, { place: 'Gympasalen' })
    same([before.place, mine.contact], ['Matsalen', ''], 'what was given is as it was')
  },
  'without knowing where both began everything that differs is shown'() {
    const { differences } = merge(null, input({ place: 'A' }), input({ place: 'B' }))
    same(differences.map((d) => [d.name, d.clash]), [['place', true]])
  },
  'our own save whose answer was lost is no conflict'() {
    same(sameInput(input({ place: 'Matsalen ' }), inputOf(record())), true)
    same(sameInput(input({ groups: ['b', 'a'] }), input({ groups: ['a', 'b'] })), true)
    same(sameInput(input(), inputOf(record({ question: 'Hur?' }))), false)
  },
  'the steps of a meeting'() {
    const at = (time) => new Date(time)
    const line = (meeting, letters, now) => stepsOf(meeting, letters, at(now)).map((s) => `${s.name}${s.done ? '+' : s.next ? '>' : ''}`).join(' ')
    const before = '2026-11-20T12:00:00Z'
    const after = '2026-11-27T12:00:00Z'
    const plan = (more) => record({ place: 'Matsalen', question: 'Hur?', ...more })
    const letter = (more) => ({ number: 0, withdrawn: '', published: '', ...more })
    const invited = { published: before }
    const rest = ' letter translate publish reach'
    same(line(record({ place: '' }), [], before), `plan> question invite hold${rest}`)
    same(line(record({ place: 'Matsalen' }), [], before), `plan+ question> invite hold${rest}`)
    same(line(plan(), [], before), `plan+ question+ invite> hold${rest}`)
    same(line(plan(invited), [], before), `plan+ question+ invite+ hold>${rest}`)
    same(line(plan(invited), [], after), 'plan+ question+ invite+ hold+ letter> translate publish reach')
    same(line(record({ place: '' }), [], after), 'plan question invite hold+ letter> translate publish reach', 'what was not done before it is not asked for after it')
    same(line(plan(invited), [letter()], after), 'plan+ question+ invite+ hold+ letter+ translate publish> reach', 'others translate')
    const out = letter({ number: 1, published: after })
    same(line(plan(invited), [out], after), 'plan+ question+ invite+ hold+ letter+ translate+ publish+ reach>')
    same(line(plan(invited), [out], '2026-12-04T12:00:00Z'), 'plan+ question+ invite+ hold+ letter+ translate+ publish+ reach+')
    same(stepsOf(plan(invited), [out], at(after), { translated: false }).filter((s) => s.done).length, 6, 'that a language lacks it is known')
    same(line(plan({ ...invited, cancelled: before }), [], after), 'plan+ question+ invite+ hold letter translate publish reach')
  },
  'a new meeting is like the last ones, of its own group where that had any'() {
    const was = (more) => record({ contact: 'Maria', heldBy: 'Maria', childcare: true, ...more })
    same(usualOf([], 'g'), null)
    same(usualOf([was({ kind: 'thematic' }), was({ cancelled: '2026-11-20' })], 'g'), null)
    const others = [was({ groups: ['h'], place: 'Aulan', starts: '2026-11-26 17:00:00.000Z', ends: '' }), was({ groups: ['h'] }), was({ groups: ['h'], place: 'Aulan' })]
    same(usualOf(others, 'g'), { from: '17:30', to: '19:00', place: 'Aulan', contact: 'Maria', heldBy: 'Maria', childcare: true })
    same(usualOf([...others, was({ place: 'Biblioteket', childcare: false })], 'g'), { from: '17:30', to: '19:00', place: 'Biblioteket', contact: 'Maria', heldBy: 'Maria', childcare: false })
    // The clocks went back between the two: by the clock they began alike.
    same(usualOf([was({ starts: '2026-11-26 16:30:00.000Z' }), was({ starts: '2026-09-24 15:30:00.000Z' })], 'g').from, '17:30')
  },
  'two who take notes at once lose no word'() {
    const note = (emotional, more) => ({ ...noNotes(), emotional, ...more })
    same(joined(note('a'), note('a b'), note('a')).emotional, 'a b', 'only she')
    same(joined(note('a'), note('a'), note('a c', { meaning: 'm' })), note('a c', { meaning: 'm' }), 'only the other')
    same(joined(note('a'), note('a b'), note('a c')).emotional, 'a b\nc', 'both added')
    same(joined(note('a'), note('b'), note('c')).emotional, 'b\nc', 'both wrote anew')
    same(joined(note('a'), note('a b'), note('a b')).emotional, 'a b', 'her own save whose answer was lost')
    same(joined(note(''), note('a'), note('a b')).emotional, 'a b', 'what she kept is in it already')
  },
  'the room sees the languages of those who come'() {
    const ready = (tag, readers) => ({ tag, readers })
    same(wantedOf([ready('ar', 10), ready('so', 5), ready('ti', 0), ready('sv', 20)], null), ['ar', 'so'])
    const asked = { interpreters: [{ language: 'ti', families: 1 }, { language: 'ar', families: 0 }, { language: 'Bahdini', families: 2 }] }
    same(wantedOf([ready('so', 5)], asked), ['ti', 'so'])
    const place = (block, text, state = 'reviewed') => ({ block, text, state })
    same(wordsOf([place('question', 'A?'), place('question', 'B?'), place('a', 'c')], { question: 'x' }), 'A? B?')
    same(wordsOf([place('question', 'A?'), place('question', null, 'missing')], { question: 'x' }), '', 'half a question is none')
    same(wordsOf([place('title', 'T')], { question: '' }), 'T')
  },
  'a letter begins in the order of its meeting, and no heading stands alone'() {
    const words = { told: 'Berättade', talked: 'Pratade', thanks: 'Tack', warmth: 'Värme' }
    const kinds = (blocks) => blocks.map((b) => `${b.kind} ${b.text}`.trim())
    same(kinds(startBlocks('', words)), ['heading Pratade', 'paragraph', 'paragraph Tack', 'paragraph Värme'])
    same(kinds(startBlocks('Ute.\n\nInne.', words)).slice(0, 4), ['heading Berättade', 'paragraph Ute.', 'paragraph Inne.', 'heading Pratade'])
    same(bareHeadings(startBlocks('', words)).length, 1)
    const block = (kind, text) => ({ id: `${kind}${text}`, kind, text })
    same(bareHeadings([block('heading', 'A'), block('paragraph', 'b'), block('paragraph', ' '), block('heading', 'Hej då')]), [])
  },
}
