/**
 * One letter: the question of the day in its frame, the text sentence by
 * sentence, in translation, in the original or side by side.
 *
 * @import {Letter} from '../data/letters.js'
 * @import {Aids} from './aids.js'
 * @import {Mode, Reading} from './reading.js'
 * @import {Reporting} from './reporting.js'
 */
import { meta } from '../data/db.js'
import { markOpened, readLetter } from '../data/letters.js'
import { SOURCE, formatDate, formatSpan, locale, t } from '../i18n/messages.js'
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { stateOf } from '../lib/state.js'
import { blocks, modes, paragraph } from './reading.js'
import { corrected, explainMarks, paragraphDir, run } from './sentences.js'

/** @type {import('../routes.js').View} */
export async function view(path, root) {
  const state = stateOf(root, () => ({ mode: /** @type {Mode} */ (locale() === SOURCE ? 'source' : 'translation'), open: new Set(),
    reporting: /** @type {Reporting} */ ({ tool: undefined, failed: false }), button: /** @type {unknown} */ (nothing), bell: /** @type {unknown} */ (nothing),
    aids: /** @type {Aids} */ ({ listen: nothing }), attached: /** @type {import('./attached.js').Attached | undefined} */ (undefined) }))
  const second = await meta('second') ?? ''
  const language = state.mode === 'source' ? SOURCE : state.mode === 'second' ? second : locale()
  const letter = await readLetter(path.split('/')[2], language)
  // A printed letter's link brings a code.
  if (!letter) return location.hash[9] ? location.replace(`/join${location.hash}`) : void render(notHere(), root)
  const redraw = () => view(path, root)
  /** @type {Reading} */
  const reading = { mode: state.mode, language, open: state.open, count: letter.count, redraw, report: state.reporting.tool, words: state.aids.words }
  const drawing = letter.blocks.some((b) => b.attachment) ? late(async () => (await import('./attached.js')).drawing(state, letter, root, redraw)) : undefined
  // Pictures have their place from the start; a slow network doesn't hold the words back.
  reading.attached = await Promise.race([drawing, new Promise((resolve) => setTimeout(resolve, 400))])
  const draw = () => render(page(letter, reading, [modes(state, second, redraw), state.aids.listen], [state.button, state.bell]), root)
  draw()
  await markOpened(letter)
  await late(async () => (await import('./aids.js')).fillAids(state.aids, letter, language, root, redraw))
  reading.words = state.aids.words
  reading.attached = await drawing
  draw()
  state.button = await late(async () => (await import('./reporting.js')).reportable(state.reporting, sentencesOf(letter), redraw))
  draw()
  state.bell = await late(async () => (await import('./bellcard.js')).bellCard(letter.id, state, redraw))
  draw()
}

/**
 * What comes beside the letter, fetched as late as can be; without a network on a first visit there is none.
 * @template T
 * @param {() => Promise<T>} load
 * @returns {Promise<T | undefined>}
 */
const late = (load) => load().catch((error) => void console.warn('load late', error))

/** @param {Letter} letter */
const sentencesOf = ({ question, blocks }) => [...question, ...blocks.flatMap((b) => b.sentences)]

/**
 * @param {Letter} letter
 * @param {Reading} reading
 * @param {unknown} switcher
 * @param {unknown} below
 */
function page(letter, reading, switcher, below) {
  return html`<article class=${reading.mode === 'both' ? 'letter wide stack loose' : 'letter stack loose'} data-letter=${letter.id} data-revision=${letter.number}>
    <header class="stack tight">
      <h1 dir=${paragraphDir(letter.title)}>${run(letter.title)}</h1>
      <p class="quiet">${formatDate(letter.published, 'date')} · <bdi lang=${SOURCE}>${letter.groups.join(', ')}</bdi></p>
      ${letter.corrected ? html`<p>${corrected(letter.corrected)}</p>` : nothing}
      ${letter.meeting ? meeting(letter.meeting) : nothing}
    </header>
    ${switcher}
    ${reading.mode === 'translation' && reading.language !== SOURCE && letter.count.missing + letter.count.unfetched < letter.count.total
      ? html`<p class="quiet small tap-hint">${t('letter.tap')}</p>` : nothing}
    ${explainMarks(letter.count, reading.language)}
    ${letter.question.length > 0 ? html`<section class="question" aria-labelledby="question">
      <h2 id="question" class="label">${icon('quote')}<span>${t('letter.question')}</span></h2>
      ${paragraph(letter.question, 'question', reading)}
    </section>` : nothing}
    <div class="letter-text stack">${blocks(letter.blocks, reading)}</div>
    ${below}
  </article>`
}

/** @param {NonNullable<Letter['meeting']>} meeting */
function meeting({ id, starts, ends, place }) {
  const time = formatSpan(starts, ends)
  return html`<p class="fact quiet small">${icon('calendar')}<span>${id ? html`<a href=${`/meetings/${id}`} data-meeting=${id}>${t('letter.meeting')} ${time}</a>` : html`${t('letter.meeting')} ${time}`}</span></p>
    ${place ? html`<p class="fact quiet small">${icon('map-pin')}<span><bdi lang=${SOURCE}>${place}</bdi></span></p>` : nothing}`
}

function notHere() {
  return html`<div class="empty">${icon('mail')}<h1>${t('letter.gone')}</h1><p>${t('letter.gone_why')}</p>
    <a class="button primary" href="/letters">${t('letter.all')}</a></div>`
}
