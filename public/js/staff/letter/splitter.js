/**
 * A block's sentences, as they will be translated: each can be joined to the
 * next or split after a word.
 *
 * @import {Block, Segment} from '../types.js'
 * @import {Writing} from './writing.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t } from '../../i18n/messages.js'
import { change } from './blocks.js'
import { locate, mark, unmarked, words } from './sentences.js'

/**
 * @param {Writing} writing
 * @param {() => void} draw
 */
export function splitterOf(writing, draw) {
  /** The sentence being split: its words can be tapped. */
  let splitting = -1

  /** @param {Block} block @param {string} text @param {Segment[]} segments */
  function apply(block, text, segments) {
    splitting = -1
    const next = { ...block, text }
    writing.expect(next, segments)
    writing.edit({ blocks: change(writing.content.blocks, block.id, { text }) })
  }

  /** @param {Block} block @param {Segment[]} segments @param {number} end @param {number} i */
  const join = (block, segments, end, i) => apply(block, mark(block.text, end, 'join'), [
    ...segments.slice(0, i),
    { id: '', text: `${segments[i].text} ${segments[i + 1].text}` },
    ...segments.slice(i + 2),
  ])

  /** @param {Block} block @param {Segment[]} segments @param {{start: number, end: number}} at @param {number} i @param {number} end */
  const split = (block, segments, at, i, end) => apply(block, mark(block.text, end, 'split'), [
    ...segments.slice(0, i),
    { id: '', text: unmarked(block.text.slice(at.start, end)).trim() },
    { id: '', text: unmarked(block.text.slice(end, at.end)).trim() },
    ...segments.slice(i + 1),
  ])

  /** @param {Block} block */
  function template(block) {
    const segments = writing.sentences(block)
    const places = segments && locate(block.text, segments)
    if (!segments || !places) return html`<p class="sentences quiet" role="status">${t('staff.sentences.waiting')}</p>`
    return html`
      <section class="sentences" aria-label=${t('staff.sentences.title')} data-part="sentences">
        <p class="quiet small">${t('staff.sentences.intro')}</p>
        <ol>
          ${segments.map((segment, i) => html`
            <li data-sentence=${i}>
              ${splitting === i
                ? wordButtons(words(block.text, places[i]), (end) => split(block, segments, places[i], i, end))
                : html`<p lang="sv" dir="auto">${segment.text}</p>`}
              <div class="row">
                <button type="button" class="button small" data-action="split" aria-expanded=${splitting === i} ?disabled=${!segment.text.includes(' ')}
                  @click=${() => { splitting = splitting === i ? -1 : i; draw() }}>${icon('split')}${t('staff.sentences.split')}</button>
                ${i + 1 < segments.length ? html`<button type="button" class="button small" data-action="join"
                  @click=${() => join(block, segments, places[i].end, i)}>${icon('merge')}${t('staff.sentences.join')}</button>` : nothing}
              </div>
            </li>`)}
        </ol>
      </section>`
  }
  return { template }
}

/** @param {{word: string, end: number}[]} found @param {(end: number) => void} choose */
const wordButtons = (found, choose) => html`
  <p class="small">${t('staff.sentences.after')}</p>
  <p class="words" lang="sv" dir="auto">
    ${found.map(({ word, end }, i) => i + 1 < found.length
      ? html`<button type="button" data-word=${i} @click=${() => choose(end)}>${word}</button> `
      : html`<span>${word}</span>`)}
  </p>`
