/**
 * One letter: the question of the day in its frame, the text sentence by
 * sentence, in translation, in the original or side by side.
 *
 * @import {Letter} from '../data/letters.js'
 * @import {Mode, Reading} from './reading.js'
 */
import { meta } from '../data/db.js'
import { markOpened, readLetter } from '../data/letters.js'
import { SOURCE, formatDate, langTag, locale, localeName, t } from '../i18n/messages.js'
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { stateOf } from '../lib/state.js'
import { blocks, paragraph } from './reading.js'
import { corrected, explainMarks, paragraphDir, run } from './sentences.js'

/** @type {import('../routes.js').View} */
export async function view(path, root) {
  const state = stateOf(root, () => ({ mode: /** @type {Mode} */ (locale() === SOURCE ? 'source' : 'translation'), open: new Set() }))
  const second = await meta('second') ?? ''
  const language = state.mode === 'source' ? SOURCE : state.mode === 'second' ? second : locale()
  const letter = await readLetter(path.split('/')[2], language)
  if (!letter) return void render(notHere(), root)
  const redraw = () => view(path, root)
  /** @type {Reading} */
  const reading = { mode: state.mode, language, open: state.open, count: letter.count, redraw }
  render(page(letter, reading, modes(state, second, redraw)), root)
  await markOpened(letter)
}

/**
 * @param {Letter} letter
 * @param {Reading} reading
 * @param {unknown} switcher
 */
function page(letter, reading, switcher) {
  return html`<article class=${reading.mode === 'both' ? 'letter wide stack loose' : 'letter stack loose'} data-letter=${letter.id} data-revision=${letter.number}>
    <header class="stack tight">
      <h1 dir=${paragraphDir(letter.title)}>${run(letter.title)}</h1>
      <p class="quiet">${formatDate(letter.published, 'date')} · <bdi>${letter.groups.join(', ')}</bdi></p>
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
  </article>`
}

/** @param {NonNullable<Letter['meeting']>} meeting */
function meeting({ starts, ends, place }) {
  const time = ends ? `${formatDate(starts, 'datetime')}–${formatDate(ends, 'time')}` : formatDate(starts, 'datetime')
  return html`<p class="fact quiet small">${icon('calendar')}<span>${t('letter.meeting')} ${time}</span></p>
    ${place ? html`<p class="fact quiet small">${icon('map-pin')}<span><bdi lang=${SOURCE}>${place}</bdi></span></p>` : nothing}`
}

/**
 * @param {{mode: Mode, open: Set<string>}} state
 * @param {string} second
 * @param {() => Promise<void>} redraw
 */
function modes(state, second, redraw) {
  if (locale() === SOURCE && !second) return nothing
  /** @param {Mode} mode */
  const choose = (mode) => () => {
    state.mode = mode
    state.open.clear()
    redraw()
  }
  /** @param {Mode} mode @param {unknown} words */
  const choice = (mode, words) => html`<button type="button" data-mode=${mode} aria-pressed=${state.mode === mode ? 'true' : 'false'}
    @click=${choose(mode)}>${words}</button>`
  /** @param {string} tag */
  const name = (tag) => html`<bdi lang=${langTag(tag)}>${localeName(tag)}</bdi>`
  const languages = locale() === SOURCE ? [choice('source', name(SOURCE))] : [choice('translation', name(locale())), choice('source', name(SOURCE))]
  if (second && second !== locale() && second !== SOURCE) languages.splice(1, 0, choice('second', name(second)))
  return html`<div class="modes" role="group" aria-label=${t('letter.modes')}>${languages}${locale() === SOURCE ? nothing
    : choice('both', html`${icon('columns-2')}<span>${t('letter.both')}</span>`)}</div>`
}

function notHere() {
  return html`<div class="empty">${icon('mail')}<h1>${t('letter.gone')}</h1><p>${t('letter.gone_why')}</p>
    <a class="button primary" href="/letters">${t('letter.all')}</a></div>`
}
