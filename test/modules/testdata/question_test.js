import { isForeign, signsOf } from '/js/staff/question/rules.js'
import { nearIn } from '/js/staff/question/near.js'
import { same } from './assert.js'

/** @param {string} question @param {object} rule */
const fault = (question, rule) => {
  const [sign] = signsOf(question, { least: 5, rules: [{ id: 'x', ...rule }] }) ?? []
  return sign && [sign.well, sign.found]
}

export default {
  'a star stands for letters, and alone for a word'() {
    same(fault('Vad är problemet?', { finds: ['problem*'] }), [false, ['problemet']])
    same(fault('Vad är felfritt?', { finds: ['fel'] }), [true, []])
    same(fault('Leker vi nog?', { begins: ['*r vi'] }), [false, ['Leker vi']])
    same(fault('Hur leker vi nog?', { begins: ['*r vi'] }), [true, []])
    same(fault('När vi leker, hur går det?', { begins: ['*r vi'], except: ['när vi'] }), [true, []])
    same(fault('Så att ingen inte ler', { finds: ['inte'], except: ['så att * inte'] }), [true, []])
  },
  'what must be there'() {
    same(fault('Hur blir det bra?', { lacks: ['vi', 'vår'] }), [false, []])
    same(fault('Hur blir vår hall bra?', { lacks: ['vi', 'vår'] }), [true, []])
    same(fault('Barnens sömn', { ends: ['?'] }), [false, []])
    same(fault('”Hur sover vi?”', { ends: ['?'] }), [true, []])
  },
  'how much is too much'() {
    same(fault('Hur gör vi? Och sedan?', { marks: 1 }), [false, []])
    same(fault('ett två tre fyra', { words: 3 }), [false, []])
    same(fault('ett, två, tre?', { words: 3 }), [true, []])
    same(fault('Hur gör vi, hur, och hur?', { often: [', hur', 'och hur'], most: 1 }), [false, [', hur', 'och hur']])
  },
  'somebody is named'() {
    const [sign] = signsOf('Hur kan vi hjälpa Alva?', { least: 5, rules: [{ id: 'all', names: true }] }, () => ['Alva']) ?? []
    same([sign.well, sign.found], [false, ['Alva']])
  },
  'nothing is said of a few letters, and of another script only that'() {
    same(signsOf('Varför', { least: 12, rules: [] }), null)
    same([isForeign('كيف نساعد أطفالنا؟'), isForeign('Як ми допоможемо?'), isForeign('Hur kan vi?'), isForeign('')], [true, true, false, false])
  },
  'a near question is about the same, whatever form its words have'() {
    const bank = ['Hur får barnen sova gott?', 'Hur gör vi måltiden trevlig?', 'Hur kan vi läsa mer?', 'Gömd om sömn?'].map((text, i) => ({
      id: String(i), kind: 'question', topic: ['sömn', 'mat', 'läsning', 'sömn'][i], ageFrom: 0, ageTo: 0, text, from: 'bank', hidden: i === 3, order: i, author: '',
    }))
    const near = nearIn(/** @type {any} */ (bank))
    same(near('Varför sover barnen så dåligt?', 2).map((p) => p.id), ['0'])
    same(near('Läser vi för barnen?', 2).map((p) => p.id), ['2'])
    same(near('Hur kan vi?', 2), [])
    same(near('Hur får barnen sova gott?', 2), [])
  },
}
