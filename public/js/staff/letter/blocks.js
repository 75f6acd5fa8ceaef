/**
 * A letter's blocks as plain values: every function gives a new list and
 * leaves the old one alone, so that undo is keeping the old list.
 *
 * @import {Block, Kind} from '../types.js'
 */

/** The kinds staff choose from, in the order of the menu. @type {Kind[]} */
export const KINDS = ['paragraph', 'heading', 'item', 'date', 'place', 'contact']

/** The server's limits (package text), told while she types. */
export const LIMITS = { title: 120, question: 300, block: 2000, file: 6000, blocks: 60 }

/** Whether a block stands for a picture or a document. @param {Block|undefined} block */
export const isAttached = (block) => block?.kind === 'picture' || block?.kind === 'file'

/** A new id in PocketBase's alphabet and length. */
export function newID() {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'
  return Array.from(crypto.getRandomValues(new Uint8Array(15)), (n) => letters[n % letters.length]).join('')
}

/**
 * @param {Kind} kind
 * @param {string} text
 * @returns {Block}
 */
export const newBlock = (kind = 'paragraph', text = '') => ({ id: newID(), kind, text })

/**
 * @param {Block[]} blocks
 * @param {number} at
 * @param {Block[]} added
 */
export const insert = (blocks, at, ...added) => [...blocks.slice(0, at), ...added, ...blocks.slice(at)]

/**
 * @param {Block[]} blocks
 * @param {string} id
 */
export const remove = (blocks, id) => blocks.filter((b) => b.id !== id)

/**
 * Moves a block by one place up (-1) or down (+1); at the edge nothing moves.
 * @param {Block[]} blocks
 * @param {string} id
 * @param {-1|1} by
 */
export function move(blocks, id, by) {
  const from = blocks.findIndex((b) => b.id === id)
  const to = from + by
  if (from < 0 || to < 0 || to >= blocks.length) return blocks
  const moved = remove(blocks, id)
  return insert(moved, to, blocks[from])
}

/**
 * @param {Block[]} blocks
 * @param {string} id
 * @param {Partial<Block>} change
 */
export const change = (blocks, id, change) => blocks.map((b) => (b.id === id ? { ...b, ...change } : b))

/**
 * Cuts a block in two at the caret. What comes after a list item is an item
 * again; everything else is followed by a paragraph.
 * @param {Block[]} blocks
 * @param {string} id
 * @param {string} before
 * @param {string} after
 * @returns {{blocks: Block[], next: Block}}
 */
export function cut(blocks, id, before, after) {
  const at = blocks.findIndex((b) => b.id === id)
  const next = newBlock(blocks[at].kind === 'item' ? 'item' : 'paragraph', after)
  return { blocks: insert(change(blocks, id, { text: before }), at + 1, next), next }
}

// U+F0A7, U+F0B7 and U+F0D8 are bullets of the fonts Symbol and Wingdings.
const ITEM = /^\s*(?:[-–—•*·▪◦‣●○■□►➢\uf0a7\uf0b7\uf0d8]|\d{1,2}[.)])\s+/

/** A word processor's bullet of the second level: the letter o and a tab. */
const RING = /^([ \t]*)o\t/gm

const EMPTY_LINE = /\n[ \t]*\n+/

/**
 * What was pasted, as paragraphs: an empty line ends one, a line that begins
 * like a list's is an item of its own. A word processor gives no empty lines:
 * then every line is a paragraph, unless it goes on with a small letter, as
 * lines do that were broken at a width.
 * @param {string} text
 * @returns {{kind: Kind, text: string}[]}
 */
export function paragraphs(text) {
  const whole = plain(text.replace(RING, '$1• ')).trim()
  const end = EMPTY_LINE.test(whole) ? EMPTY_LINE : /\n(?!\s*\p{Ll})/u
  /** @type {{kind: Kind, text: string}[]} */
  const out = []
  for (const part of whole.split(end)) {
    /** @type {string[]} */
    let lines = []
    const flush = () => {
      if (lines.join('').trim()) out.push({ kind: 'paragraph', text: lines.join('\n').trim() })
      lines = []
    }
    for (const line of part.split('\n')) {
      if (!ITEM.test(line)) lines.push(line)
      else {
        flush()
        out.push({ kind: 'item', text: line.replace(ITEM, '').trim() })
      }
    }
    flush()
  }
  return out
}

/**
 * Text without what a word processor leaves in it: soft hyphens, odd spaces,
 * carriage returns, zero-width signs.
 * @param {string} text
 */
export const plain = (text) =>
  text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, '')
    .replace(/[\u00a0\u202f\t]/g, ' ')

/**
 * Puts pasted paragraphs into a block at the caret: the first continues the
 * block, the last carries what stood after the caret.
 * @param {Block[]} blocks
 * @param {string} id
 * @param {string} before
 * @param {string} after
 * @param {{kind: Kind, text: string}[]} pasted at least one
 * @returns {{blocks: Block[], last: string, caret: number}}
 */
export function paste(blocks, id, before, after, pasted) {
  const at = blocks.findIndex((b) => b.id === id)
  const [first, ...rest] = pasted
  const added = rest.map((p) => newBlock(p.kind, p.text))
  const head = { ...blocks[at], text: before + first.text }
  if (!before.trim() && head.kind === 'paragraph') head.kind = first.kind
  const all = [head, ...added]
  const tail = all[all.length - 1]
  const caret = tail.text.length
  tail.text += after
  return { blocks: [...blocks.slice(0, at), ...all, ...blocks.slice(at + 1)], last: tail.id, caret }
}
