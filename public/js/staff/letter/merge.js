/**
 * Two people changed one letter. Their two texts are laid side by side, with
 * the text both started from beside them where it is known: what only one of
 * them changed chooses itself, what both changed is asked. No text is dropped
 * without being shown.
 *
 * @import {Block, Content} from '../types.js'
 *
 * @typedef {'mine'|'theirs'|'both'|''} Choice "" is not chosen yet
 *
 * @typedef {object} Row one thing that differs
 * @property {string} id block id, or "title" or "question"
 * @property {Block|null} mine null: she deleted it, or never had it
 * @property {Block|null} theirs
 * @property {Choice} choice
 * @property {boolean} same both texts are the same; nothing to ask
 */

/** @param {string} id @param {string} text @returns {Block} */
const whole = (id, text) => ({ id, kind: 'paragraph', text })

/** @param {Block|null|undefined} a @param {Block|null|undefined} b */
const equal = (a, b) => (!a && !b) || (!!a && !!b && a.text === b.text && a.kind === b.kind && a.attachment === b.attachment)

/**
 * @param {Block|null} mine
 * @param {Block|null} theirs
 * @param {Block|null|undefined} base undefined: not known
 * @returns {Row}
 */
function row(mine, theirs, base) {
  const id = (mine ?? theirs)?.id ?? ''
  const same = equal(mine, theirs)
  /** @type {Choice} */
  let choice = ''
  if (same || (base !== undefined && equal(theirs, base))) choice = 'mine'
  else if (base !== undefined && equal(mine, base)) choice = 'theirs'
  return { id, mine, theirs, choice, same }
}

/**
 * The rows of title, question and blocks: in her order, with the other's new
 * blocks where the other put them.
 * @param {Content} mine
 * @param {Content} theirs
 * @param {Content|null} base what both started from, if known
 * @returns {Row[]}
 */
export function compare(mine, theirs, base) {
  const was = base && new Map(base.blocks.map((b) => [b.id, b]))
  const baseOf = (/** @type {string} */ id) => (was ? (was.get(id) ?? null) : undefined)
  const hers = new Map(theirs.blocks.map((b) => [b.id, b]))
  const rows = mine.blocks.map((b) => row(b, hers.get(b.id) ?? null, baseOf(b.id)))
  const known = new Set(mine.blocks.map((b) => b.id))
  theirs.blocks.forEach((b, i) => {
    if (known.has(b.id)) return
    const before = theirs.blocks[i - 1]?.id
    const at = rows.findIndex((r) => r.id === before) + 1
    rows.splice(before ? at || rows.length : 0, 0, row(null, b, baseOf(b.id)))
  })
  for (const name of /** @type {const} */ (['question', 'title'])) {
    rows.unshift(row(whole(name, mine[name]), whole(name, theirs[name]), base ? whole(name, base[name]) : undefined))
  }
  return rows
}

/** @param {Row[]} rows */
export const undecided = (rows) => rows.filter((r) => !r.choice)

/**
 * The letter that the choices make. "both" keeps her block and puts the
 * other's after it under a new id; title and question take one side.
 * @param {Row[]} rows every row chosen
 * @param {Content} mine
 * @param {Content} theirs
 * @param {() => string} newID
 * @returns {Content}
 */
export function resolve(rows, mine, theirs, newID) {
  const field = (/** @type {'title'|'question'} */ name) =>
    rows.find((r) => r.id === name)?.choice === 'theirs' ? theirs[name] : mine[name]
  const blocks = rows
    .filter((r) => r.id !== 'title' && r.id !== 'question')
    .flatMap((r) => {
      if (r.choice === 'both') return [r.mine, r.theirs && { ...r.theirs, id: newID() }]
      return [r.choice === 'theirs' ? r.theirs : r.mine]
    })
    .filter((b) => b !== null)
  const groups = [...new Set([...mine.groups, ...theirs.groups])]
  return { ...mine, title: field('title'), question: field('question'), groups, blocks }
}
