/**
 * What changed between two sentences, word by word.
 *
 * @import {Change} from '../staff/types.js'
 */

/** Sentences of more words than this are shown as changed whole. */
const MOST = 400

/** Words with the white space behind them. @param {string} text @returns {string[]} */
const split = (text) => text.match(/\S+\s*/g) ?? []

/** @param {string} word */
const bare = (word) => word.trim()

/**
 * The fewest words that are gone (-1) or new (1), with those that stay (0), in
 * reading order; neighbours of one kind are one piece.
 * @param {string} before
 * @param {string} after
 * @returns {Change[]}
 */
export function wordDiff(before, after) {
  const [a, b] = [split(before), split(after)]
  if (a.length > MOST || b.length > MOST) return joined([...a.map((w) => change(-1, w)), ...b.map((w) => change(1, w))])
  const common = lengths(a, b)
  /** @type {Change[]} */
  const out = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && bare(a[i]) === bare(b[j])) {
      out.push(change(0, b[j]))
      i++
      j++
    } else if (j >= b.length || i < a.length && common[i + 1][j] >= common[i][j + 1]) out.push(change(-1, a[i++]))
    else out.push(change(1, b[j++]))
  }
  return joined(out)
}

/** @param {-1|0|1} op @param {string} word @returns {Change} */
const change = (op, word) => [op, /\s$/.test(word) ? `${word.trimEnd()} ` : word]

/** How many words the rest of both have in common. @param {string[]} a @param {string[]} b */
function lengths(a, b) {
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i][j] = bare(a[i]) === bare(b[j]) ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1])
    }
  }
  return table
}

/** @param {Change[]} changes @returns {Change[]} */
function joined(changes) {
  /** @type {Change[]} */
  const out = []
  for (const [op, text] of changes) {
    const last = out.at(-1)
    if (last?.[0] === op) last[1] = spaced(last[1]) + text
    else out.push([op, text])
  }
  return out.map(([op, text], i) => (i < out.length - 1 ? [op, spaced(text)] : [op, text.trimEnd()]))
}

/** @param {string} text */
const spaced = (text) => (/\s$/.test(text) ? text : `${text} `)
