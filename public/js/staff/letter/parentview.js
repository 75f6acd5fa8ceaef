/**
 * A letter as a parent sees it, drawn by the parents' own views from what
 * staff have: the text under her hands, or its places in a language.
 *
 * @import {Block, Sentence} from '../../data/letters.js'
 * @import {Content, Meeting, Place} from '../types.js'
 */
import { count } from '../../data/letters.js'
import { dir, formatDate, localeDir, SOURCE, t } from '../../i18n/messages.js'
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { blocks, paragraph } from '../../parent/reading.js'
import { explainMarks, paragraphDir, run } from '../../parent/sentences.js'
import { unmarked } from './sentences.js'

/** @typedef {{language: string, title: Sentence[], question: Sentence[], blocks: Block[]}} Shown */

/** @param {string} text @returns {Sentence[]} */
function original(text) {
  const folded = unmarked(text).replace(/\s+/g, ' ').trim()
  return folded ? [{ text: folded, locale: SOURCE, state: 'source', source: folded }] : []
}

/** The original, as it stands in the editor. @param {Content} content @returns {Shown} */
export const fromContent = (content) => ({
  language: SOURCE,
  title: original(content.title),
  question: original(content.question),
  blocks: content.blocks.map((b) => ({ kind: b.kind, sentences: original(b.text), ...carried(b) })).filter((b) => b.sentences.length || b.attachment),
})

/** What a block stands for; its size is known where it is drawn. @param {Content['blocks'][number]|undefined} block */
const carried = (block) => (block?.attachment ? { attachment: { id: block.attachment, type: '', bytes: 0, width: 0, height: 0 } } : {})

/**
 * In another language, with the original where a text is missing.
 * @param {Place[]} places
 * @param {string} locale
 * @param {Content['blocks']} [blocks] with what they stand for
 * @returns {Shown}
 */
export function fromPlaces(places, locale, blocks = []) {
  /** @type {Shown} */
  const shown = { language: locale, title: [], question: [], blocks: [] }
  let last = ''
  for (const place of places) {
    if (place.kind === 'title' || place.kind === 'question') shown[place.kind].push(sentence(place, locale))
    else if (place.block === last) shown.blocks[shown.blocks.length - 1].sentences.push(sentence(place, locale))
    else shown.blocks.push({ kind: place.kind, sentences: [sentence(place, locale)], ...carried(blocks.find((b) => b.id === place.block)) })
    last = place.block
  }
  return shown
}

/** @param {Place} place @param {string} locale @returns {Sentence} */
const sentence = ({ text, source, state }, locale) => text === null
  ? { text: source, locale: SOURCE, state: 'missing', source }
  : { text, locale, state, source }

/**
 * Laid out as the letter's reader has it; what the app itself says is in the
 * language of the one who previews.
 * @param {Shown} letter
 * @param {{meeting: Meeting|null, published: string}} about
 * @param {import('../../parent/reading.js').Drawing} [attached] draws pictures and documents
 */
export function letterCard({ language, title, question, blocks: body }, { meeting, published }, attached) {
  const all = [...title, ...question, ...body.flatMap((b) => b.sentences)]
  const whole = count(all)
  /** @type {import('../../parent/reading.js').Reading} */
  const reading = { mode: 'translation', language, count: whole, open: new Set(), redraw: async () => {}, attached }
  return html`
    <article class="letter card stack loose" data-locale=${language} dir=${localeDir(language)}>
      <header class="stack tight">
        <h2 class="letter-title" dir=${paragraphDir(title)}>${title.length ? run(title) : html`<span class="quiet">${t('staff.letter.untitled')}</span>`}</h2>
        ${published ? html`<p class="quiet"><bdi>${formatDate(published, 'date')}</bdi></p>` : nothing}
        ${meeting ? html`<p class="quiet small">${icon('calendar')} <bdi>${t('letter.meeting')} ${formatDate(meeting.starts, 'datetime')}</bdi></p>` : nothing}
      </header>
      <div class="marked no-print" dir=${dir()}>${explainMarks(whole, language)}</div>
      ${question.length ? html`<section class="question"><h3 class="label">${icon('quote')}<bdi>${t('letter.question')}</bdi></h3>${paragraph(question, 'question', reading)}</section>` : nothing}
      <div class="letter-text stack">${blocks(body, reading)}</div>
    </article>`
}
