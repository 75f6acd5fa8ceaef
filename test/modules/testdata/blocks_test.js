import { change, cut, insert, move, newID, paragraphs, paste, remove } from '/js/staff/letter/blocks.js'
import { same } from './assert.js'

const block = (id, text = id, kind = 'paragraph') => ({ id, kind, text })
const ids = (blocks) => blocks.map((b) => b.id).join('')

export default {
  'an id is one of PocketBase\'s'() {
    same(/^[a-z0-9]{15}$/.test(newID()), true)
    same(newID() === newID(), false)
  },
  'insert, remove and change leave the old list alone'() {
    const old = [block('a'), block('b')]
    same(ids(insert(old, 1, block('x'))), 'axb')
    same(ids(remove(old, 'a')), 'b')
    same(change(old, 'b', { text: 'z' })[1].text, 'z')
    same(ids(old), 'ab')
    same(old[1].text, 'b')
  },
  'move stops at the edges'() {
    const old = [block('a'), block('b'), block('c')]
    same(ids(move(old, 'a', 1)), 'bac')
    same(ids(move(old, 'c', -1)), 'acb')
    same(ids(move(old, 'a', -1)), 'abc')
    same(ids(move(old, 'c', 1)), 'abc')
    same(ids(move(old, 'x', 1)), 'abc')
  },
  'cut makes a paragraph, after a list item an item'() {
    const { blocks, next } = cut([block('a', 'ett två')], 'a', 'ett', 'två')
    same(blocks.map((b) => b.text), ['ett', 'två'])
    same(next.kind, 'paragraph')
    same(cut([block('a', '', 'item')], 'a', '', '').next.kind, 'item')
    same(cut([block('a', '', 'heading')], 'a', '', '').next.kind, 'paragraph')
  },
  'pasted paragraphs, lines and lists'() {
    same(paragraphs('Ett\r\nrad\r\n\r\n- a\n• b\n3) c\n\n\nslut\u00a0nu\u00ad\ufeff'), [
      { kind: 'paragraph', text: 'Ett\nrad' },
      { kind: 'item', text: 'a' }, { kind: 'item', text: 'b' }, { kind: 'item', text: 'c' },
      { kind: 'paragraph', text: 'slut nu' },
    ])
    same(paragraphs(' \n\n \n'), [])
    same(paragraphs('kl. 9.30 – 10.15'), [{ kind: 'paragraph', text: 'kl. 9.30 – 10.15' }])
    same(paragraphs('-inget mellanslag'), [{ kind: 'paragraph', text: '-inget mellanslag' }])
  },
  'a word processor gives one line to a paragraph'() {
    same(paragraphs('Hej!\r\nVi \u00e4r\u00a0glada.\r\n\uf0b7\tEtt\r\no\tTv\u00e5\r\nH\u00e4lsningar\r\n'), [
      { kind: 'paragraph', text: 'Hej!' }, { kind: 'paragraph', text: 'Vi \u00e4r glada.' },
      { kind: 'item', text: 'Ett' }, { kind: 'item', text: 'Tv\u00e5' },
      { kind: 'paragraph', text: 'H\u00e4lsningar' },
    ])
    same(paragraphs('En rad som bryts\nvid en bredd.'), [{ kind: 'paragraph', text: 'En rad som bryts\nvid en bredd.' }])
  },
  'what is pasted goes in at the caret'() {
    const parts = paragraphs('Ett\n\nTvå')
    const { blocks, last, caret } = paste([block('a', 'före efter'), block('b')], 'a', 'före ', 'efter', parts)
    same(blocks.map((b) => b.text), ['före Ett', 'Tvåefter', 'b'])
    same(blocks[1].id, last)
    same(caret, 3)
  },
  'an empty paragraph takes the kind of what is pasted'() {
    same(paste([block('a', '')], 'a', '', '', paragraphs('- x')).blocks[0].kind, 'item')
    same(paste([block('a', 'text')], 'a', 'text', '', paragraphs('- x')).blocks[0].kind, 'paragraph')
  },
}
