import { compare, resolve, undecided } from '/js/staff/letter/merge.js'
import { same } from './assert.js'

const content = (title, ...blocks) => ({
  title, question: 'Q', groups: ['g'], sensitive: false,
  blocks: blocks.map(([id, text]) => ({ id, kind: 'paragraph', text })),
})
const base = content('T', ['a', 'A'], ['b', 'B'], ['c', 'C'])
const texts = (c) => c.blocks.map((b) => b.text).join(' ')
const settled = (mine, theirs, choice = 'both') => {
  const rows = compare(mine, theirs, base)
  for (const row of undecided(rows)) row.choice = choice
  return resolve(rows, mine, theirs, () => 'new')
}

export default {
  'what only one changed chooses itself'() {
    const merged = settled(content('T', ['a', 'A1'], ['b', 'B'], ['c', 'C']), content('T2', ['a', 'A'], ['b', 'B2'], ['c', 'C']))
    same(merged.title, 'T2')
    same(texts(merged), 'A1 B2 C')
  },
  'what both changed is asked, and both can be kept'() {
    const mine = content('T', ['a', 'A'], ['b', 'mine'], ['c', 'C'])
    const theirs = content('T', ['a', 'A'], ['b', 'theirs'], ['c', 'C'])
    same(undecided(compare(mine, theirs, base)).map((r) => r.id), ['b'])
    same(texts(settled(mine, theirs)), 'A mine theirs C')
    same(settled(mine, theirs).blocks.map((b) => b.id), ['a', 'b', 'new', 'c'])
    same(texts(settled(mine, theirs, 'mine')), 'A mine C')
    same(texts(settled(mine, theirs, 'theirs')), 'A theirs C')
  },
  'new blocks of both are kept, the other\'s where it stood'() {
    const mine = content('T', ['a', 'A'], ['m', 'M'], ['b', 'B'], ['c', 'C'])
    const theirs = content('T', ['t', 'T'], ['a', 'A'], ['b', 'B'], ['u', 'U'], ['c', 'C'])
    const merged = settled(mine, theirs)
    same([...texts(merged)].filter((c) => c !== ' ').sort().join(''), 'ABCMTU')
    same(texts(merged).indexOf('U') > texts(merged).indexOf('B'), true)
  },
  'a removed block stays away unless the other changed it'() {
    same(texts(settled(content('T', ['b', 'B'], ['c', 'C']), content('T', ['a', 'A'], ['b', 'B2'], ['c', 'C']))), 'B2 C')
    same(undecided(compare(content('T', ['b', 'B'], ['c', 'C']), content('T', ['a', 'A2'], ['b', 'B'], ['c', 'C']), base)).map((r) => r.id), ['a'])
    same(texts(settled(content('T', ['a', 'A'], ['b', 'B'], ['c', 'C1']), content('T', ['b', 'B'], ['c', 'C']))), 'B C1')
  },
  'without a known beginning every difference is asked'() {
    const rows = compare(content('T', ['a', 'A']), content('T2', ['a', 'A2'], ['x', 'X']), null)
    same(undecided(rows).map((r) => r.id).sort(), ['a', 'title', 'x'])
  },
  'groups of both are kept'() {
    same(resolve([], { ...base, groups: ['g', 'h'] }, { ...base, groups: ['g', 'i'] }, () => '').groups, ['g', 'h', 'i'])
  },
}
