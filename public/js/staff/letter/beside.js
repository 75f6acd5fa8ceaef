/**
 * What helps while a letter is written: sentences of the bank, which are
 * translated already, and the notes of its meeting.
 *
 * @import {Writing} from './writing.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t } from '../../i18n/messages.js'
import { tell } from '../dialog.js'
import { DIALOGUES } from '../meeting/dialogues.js'
import { Problem } from '../problem.js'
import { change, insert, newBlock } from './blocks.js'

/** @typedef {import('../meeting/dialogues.js').Notes} Notes */

/**
 * Puts a text into the letter: into the block she is at, where that is empty,
 * otherwise as a paragraph of its own below it, or at the end.
 * @param {Writing} writing
 * @param {string} active the id of the block she is at, or ""
 * @param {string} text
 */
export function put(writing, active, text) {
  const { blocks } = writing.content
  const at = blocks.findIndex((b) => b.id === active)
  const here = blocks[at]
  if (here && here.kind === 'paragraph' && here.text.trim() === '') return writing.edit({ blocks: change(blocks, here.id, { text }) })
  writing.edit({ blocks: insert(blocks, at < 0 ? blocks.length : at + 1, newBlock('paragraph', text)) })
}

/** @param {(text: string) => void} add */
export const sentenceButton = (add) => html`
  <div><button type="button" class="button small" data-action="sentence-from-bank" @click=${() => fromBank(add)}>${icon('lightbulb')}<span>${t('staff.letter.from_bank')}</span></button></div>`

/** @param {(text: string) => void} add */
async function fromBank(add) {
  try {
    const { chooseSentence } = await import('../bank/choose.js')
    await chooseSentence(add)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    tell(error.message)
  }
}

/**
 * The notes, folded away, each with a button that takes it over: nothing of
 * them gets into the letter by itself.
 * @param {Notes|null} notes
 * @param {(text: string) => void} add
 */
export function notesPart(notes, add) {
  const written = notes ? DIALOGUES.filter((name) => notes[name].trim()) : []
  if (!notes || written.length === 0) return nothing
  return html`
    <details class="card" data-part="notes">
      <summary>${t('staff.notes.title')}</summary>
      <div class="stack">
        <p class="quiet small">${t('staff.notes.private')}</p>
        ${written.map((name) => html`<div class="stack tight" data-note=${name}>
          <h3 class="label">${t(`staff.notes.${name}`)}</h3>
          <p class="typed" lang="sv" dir="auto">${notes[name]}</p>
          <div><button type="button" class="button small" data-action="take-note" @click=${() => add(notes[name].trim())}>${icon('plus')}${t('staff.notes.take')}</button></div></div>`)}
      </div>
    </details>`
}
