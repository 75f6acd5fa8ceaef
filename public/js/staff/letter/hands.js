/**
 * What her typing, pasting and tapping do to the letter's blocks.
 *
 * @import {Block} from '../types.js'
 * @import {Hands} from './blockfield.js'
 * @import {Writing} from './writing.js'
 */
import { t } from '../../i18n/messages.js'
import { tell } from '../dialog.js'
import { change, cut, insert, isAttached, move, newBlock, paragraphs, paste, plain, remove } from './blocks.js'

/** Where the caret goes after the next drawing. @typedef {(id: string, caret: number) => void} Place */

/**
 * @param {Writing} writing
 * @param {Place} place
 * @param {{activate: (id: string) => void, sentences: (id: string) => void}} view
 * @returns {Hands}
 */
export function handsOf(writing, place, view) {
  const blocks = () => writing.content.blocks
  const find = (/** @type {string} */ id) => /** @type {Block} */ (blocks().find((b) => b.id === id))

  /** @param {string} id @param {HTMLTextAreaElement} area */
  function type(id, area) {
    const end = paragraphEnd(find(id), area.value)
    if (!end) return writing.edit({ blocks: change(blocks(), id, { text: area.value }) })
    const { blocks: all, next } = cut(change(blocks(), id, { text: area.value }), id, end.before, end.after)
    place(next.id, 0)
    writing.edit({ blocks: all })
  }

  /** @param {string} id @param {ClipboardEvent} event */
  function pasted(id, event) {
    const text = event.clipboardData?.getData('text/plain') ?? ''
    const parts = isAttached(find(id)) ? whole(text) : find(id).kind === 'contact' ? contact(text) : paragraphs(text)
    if (parts.length === 0) return
    const area = /** @type {HTMLTextAreaElement} */ (event.target)
    event.preventDefault()
    const before = area.value.slice(0, area.selectionStart)
    const after = area.value.slice(area.selectionEnd)
    if (parts.length === 1 && parts[0].kind === 'paragraph') return pasteInto(id, area, before, plain(text).replace(/^\n+|\n+$/g, ''), after)
    const result = paste(blocks(), id, before, after, parts)
    place(result.last, result.caret)
    writing.edit({ blocks: result.blocks })
  }

  /** @param {string} id @param {HTMLTextAreaElement} area @param {string} before @param {string} text @param {string} after */
  function pasteInto(id, area, before, text, after) {
    place(id, before.length + text.length)
    area.value = before + text + after
    type(id, area)
  }

  /** Backspace at the beginning joins a block to the one above. @param {string} id @param {KeyboardEvent} event */
  function key(id, event) {
    const area = /** @type {HTMLTextAreaElement} */ (event.target)
    const at = blocks().findIndex((b) => b.id === id)
    if (event.key !== 'Backspace' || event.isComposing || area.selectionEnd !== 0 || at === 0) return
    const above = blocks()[at - 1]
    // A picture is not removed by joining its words to others.
    if (isAttached(find(id)) || isAttached(above)) return
    event.preventDefault()
    const space = above.text && area.value && !/\s$/.test(above.text) ? ' ' : ''
    place(above.id, above.text.length + space.length)
    writing.edit({ blocks: remove(change(blocks(), above.id, { text: above.text + space + area.value }), id) })
  }

  return {
    type, paste: pasted, key,
    activate: view.activate,
    sentences: view.sentences,
    add(at) {
      const block = newBlock()
      place(block.id, 0)
      writing.edit({ blocks: insert(blocks(), at, block) })
    },
    setKind: (id, kind) => writing.edit({ blocks: change(blocks(), id, { kind }) }),
    move(id, by) {
      place(id, -1)
      writing.edit({ blocks: move(blocks(), id, by) })
    },
    remove(id) {
      const at = blocks().findIndex((b) => b.id === id)
      const near = blocks()[at - 1] ?? blocks()[at + 1]
      if (near) place(near.id, near.text.length)
      writing.removeBlock(id)
      tell(t('staff.block.removed'))
    },
  }
}

/** What a picture shows, or a document says, stays one text. @param {string} text */
const whole = (text) => (/\S/.test(text) ? [{ kind: /** @type {const} */ ('paragraph'), text: plain(text).trim() }] : [])

/** The lines of an address belong together. @param {string} text */
const contact = (text) => /\S/.test(text) && !/\n\s*\n/.test(plain(text).trim())
  ? [{ kind: /** @type {const} */ ('paragraph'), text: plain(text).trim() }]
  : paragraphs(text)

/**
 * Where typing ended a paragraph: at an empty line, or at a line's end in a
 * heading or a list item, which have one line only.
 * @param {Block} block
 * @param {string} text
 */
function paragraphEnd({ kind }, text) {
  if (kind === 'file') return null
  const short = kind !== 'paragraph' && kind !== 'contact'
  const found = (short ? /\n/ : /\n[ \t]*\n/).exec(text)
  return found && { before: text.slice(0, found.index), after: text.slice(found.index + found[0].length) }
}
