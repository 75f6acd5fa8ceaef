import { locate, mark, unmarked, words } from '/js/staff/letter/sentences.js'
import { same } from './assert.js'

const segments = (...texts) => texts.map((text) => ({ id: text, text }))
const found = (text, ...texts) => locate(text, segments(...texts))?.map(({ start, end }) => text.slice(start, end)) ?? null

export default {
  'sentences are found whatever white space and signs stand between them'() {
    same(found('Vi ses  kl. 9.30.\nKom  gärna!  ', 'Vi ses kl. 9.30.', 'Kom gärna!'), ['Vi ses  kl. 9.30.', 'Kom  gärna!'])
    same(found('Ett.\u2060 Två\u200b tre', 'Ett. Två', 'tre'), ['Ett.\u2060 Två', 'tre'])
    same(found('Bra 👍🏽. Ja.', 'Bra 👍🏽.', 'Ja.'), ['Bra 👍🏽.', 'Ja.'])
  },
  'another text has no places'() {
    same(found('Vi ses.', 'Vi går.'), null)
    same(found('Vi ses. Mer.', 'Vi ses.'), null)
    same(found('Vi', 'Vi ses.'), null)
    same(found('', ...[]), [])
  },
  'one sign stands between two words, the last one chosen'() {
    const joined = mark('Ett. Två', 4, 'join')
    same(joined, 'Ett.\u2060 Två')
    same(mark(joined, 4, 'split'), 'Ett.\u200b Två')
    same(mark(mark(joined, 4, 'split'), 4, 'join'), joined)
  },
  'joining over a line break takes the line break away'() {
    same(mark('Ett\n  två', 3, 'join'), 'Ett\u2060 två')
    same(mark('Ett\ntvå', 3, 'split'), 'Ett\u200b\ntvå')
  },
  'the words of a sentence end where it can be split'() {
    const text = 'Hej du där. Mer.'
    const ends = words(text, { start: 0, end: 11 })
    same(ends.map((w) => w.word), ['Hej', 'du', 'där.'])
    same(text.slice(0, ends[1].end), 'Hej du')
  },
  'parents see no signs'() {
    same(unmarked('a\u2060 b\u200b c'), 'a b c')
  },
}
