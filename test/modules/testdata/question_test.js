import { advice } from '/js/staff/question.js'
import { same } from './assert.js'

export default {
  'a good question needs no advice'() {
    for (const question of ['Hur kan vi hjälpas åt så att barnen får sova?', 'Vad ger oss glädje på morgonen?', 'Hur blir vår hall lugn?']) same(advice(question), '', question)
  },
  'we form, then positive, then a question mark'() {
    same(advice('Varför sover barnen dåligt?'), 'staff.question.we')
    same(advice('Varför kan vi inte sova?'), 'staff.question.positive')
    same(advice('Hur kan vi hjälpas åt'), 'staff.question.mark')
  },
  'words inside words don\'t count'() {
    same(advice('Hur ordnas vilan bäst?'), 'staff.question.we')
    same(advice('Hur kan vi glädjas åt felfria intervjuer?'), '')
  },
  'nothing is said of a few letters'() {
    same([advice(''), advice('Varför')], ['', ''])
  },
}
