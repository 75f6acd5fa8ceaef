/**
 * One meeting: when and where, the answer, what it is about.
 *
 * @import {Meeting} from '../data/meetings.js'
 * @import {Theme} from '../data/themes.js'
 * @import {Mode, Reading} from './reading.js'
 */
import { meta } from '../data/db.js'
import { isOver, meeting as read } from '../data/meetings.js'
import { count } from '../data/shelf.js'
import { readTheme } from '../data/themes.js'
import { SOURCE, formatDate, locale, t } from '../i18n/messages.js'
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { linkify } from '../lib/linkify.js'
import { stateOf } from '../lib/state.js'
import { fillAids } from './aids.js'
import { answerSection, freshAnswering } from './answer.js'
import { calendarButton } from './calendarbutton.js'
import { leaf } from './leaf.js'
import { hours, isChanged, nameOf } from './occasion.js'
import { blocks, modes, paragraph } from './reading.js'
import { freshReporting, reportable } from './reporting.js'
import { explainMarks, paragraphDir } from './sentences.js'
import { themeBlocks, themeParts } from './themeparts.js'

/** @type {import('../routes.js').View} */
export async function view(path, root) {
  // Below the meetings' address, so that nothing more is fetched before a letter is read.
  if (path === '/meetings/search') return (await import('./search.js')).view(path, root)
  const state = stateOf(root, () => ({ mode: /** @type {Mode} */ (locale() === SOURCE ? 'source' : 'translation'), open: new Set(),
    answering: freshAnswering(), reporting: freshReporting(), aids: /** @type {import('./aids.js').Aids} */ ({ listen: nothing }) }))
  const second = await meta('second') ?? ''
  const language = state.mode === 'source' ? SOURCE : state.mode === 'second' ? second : locale()
  const meeting = await read(path.split('/')[2], language)
  if (!meeting) return void render(notHere(), root)
  const theme = meeting.theme ? await readTheme(meeting.theme, language) : null
  const redraw = () => view(path, root)
  const [blocks, sentences] = [[...theme ? themeBlocks(theme) : [], ...meeting.blocks.map((b, i) => ({ ...b, key: `b${i}` }))], sentencesOf(meeting, theme)]
  /** @type {Reading} */
  const reading = { mode: state.mode, language, open: state.open, count: count(sentences), redraw, report: state.reporting.tool, words: state.aids.words }
  const draw = () => render(page(meeting, theme, reading, state, modes(state, second, redraw)), root)
  draw()
  if (sentences.length === 0) return
  await fillAids(state.aids, { ...meeting, blocks }, language, root, redraw)
  reading.words = state.aids.words
  draw()
}

/**
 * @param {Meeting} meeting
 * @param {Theme | null} theme
 * @param {Reading} reading
 * @param {{answering: import('./answer.js').Answering, reporting: import('./reporting.js').Reporting, aids: import('./aids.js').Aids}} state
 * @param {unknown} switcher
 */
function page(meeting, theme, reading, state, switcher) {
  return html`<article class=${reading.mode === 'both' ? 'letter wide stack loose meeting' : 'letter stack loose meeting'} data-meeting=${meeting.id}>
    ${head(meeting)}
    ${answerSection(meeting, state.answering, reading.redraw)}
    ${about(meeting, theme, reading, [switcher, state.aids.listen], reportable(state.reporting, sentencesOf(meeting, theme), reading.redraw))}
    ${isOver(meeting) || meeting.cancelled ? nothing : calendarButton(meeting)}
    <a class="button choice" href="/wishes">${icon('lightbulb')}<span>${t('wish.title')}</span>${icon('chevron-right')}</a>
  </article>`
}

/** @param {Meeting} meeting @param {Theme | null} theme */
const sentencesOf = ({ title, question, blocks }, theme) =>
  [...title, ...question, ...[...theme ? themeBlocks(theme) : [], ...blocks].flatMap((b) => b.sentences)]

/** @param {Meeting} meeting */
function head(meeting) {
  const off = meeting.cancelled !== ''
  return html`<header class="stack">
    <div class="occasion">${leaf(meeting.starts, off || isOver(meeting))}<div class="stack tight">
      <h1 dir=${meeting.title.length > 0 ? paragraphDir(meeting.title) : nothing}>${nameOf(meeting)}</h1>
      <p class="when">${formatDate(meeting.starts, 'weekday')} <strong>${hours(meeting)}</strong></p>
    </div></div>
    ${off ? html`<div class="notice bad" data-cancelled>${icon('calendar-x')}<p><strong>${t('meeting.cancelled')}.</strong> ${t('meeting.cancelled_what')}</p></div>` : nothing}
    ${isChanged(meeting) ? html`<div class="notice late" data-changed>${icon('pencil')}<p><strong>${t('meeting.changed')}.</strong> ${t('meeting.changed_what')}</p></div>` : nothing}
    ${isOver(meeting) ? html`<p class="quiet" data-over>${t('meeting.was')}</p>` : nothing}
    <div class="stack tight">
      ${meeting.place ? html`<p class="fact">${icon('map-pin')}<span><bdi lang=${SOURCE}>${meeting.place}</bdi></span></p>` : nothing}
      ${meeting.groups.length > 0 ? html`<p class="fact">${icon('users')}<span><bdi lang=${SOURCE}>${meeting.groups.join(', ')}</bdi></span></p>` : nothing}
      ${meeting.heldBy ? html`<p class="fact">${icon('user-round')}<span>${t('meeting.held_by')} <bdi lang=${SOURCE}>${meeting.heldBy}</bdi></span></p>` : nothing}
      ${meeting.childcare ? html`<p class="fact">${icon('baby')}<span>${t('meeting.childcare')}</span></p>` : nothing}
      ${meeting.contact ? html`<p class="fact">${icon('contact')}<span>${t('meeting.contact')} <bdi lang=${SOURCE}>${linkify(meeting.contact)}</bdi></span></p>` : nothing}
    </div>
  </header>`
}

/**
 * What the meeting is about, in the reader's language.
 * @param {Meeting} meeting
 * @param {Theme | null} theme
 * @param {Reading} reading
 * @param {unknown} switcher
 * @param {unknown} report
 */
function about(meeting, theme, reading, switcher, report) {
  const all = reading.count ?? meeting.count
  if (all.total === 0) return nothing
  return html`${switcher}
    ${explainMarks(all, reading.language)}
    ${meeting.question.length > 0 ? html`<section class="question" aria-labelledby="question">
      <h2 id="question" class="label">${icon('quote')}<span>${t('meeting.question')}</span></h2>
      ${paragraph(meeting.question, 'question', reading)}
    </section>` : nothing}
    ${theme ? themeParts(theme, reading) : nothing}
    ${meeting.blocks.length > 0 ? html`${theme ? html`<h2 class="label own">${icon('school')}<span>${t('theme.from_school')}</span></h2>` : nothing}<div class="letter-text stack">${blocks(meeting.blocks, reading)}</div>` : nothing}
    ${report}`
}

function notHere() {
  return html`<div class="empty">${icon('calendar')}<h1>${t('meeting.gone')}</h1><p>${t('meeting.gone_why')}</p>
    <a class="button primary" href="/meetings">${t('meeting.all')}</a></div>`
}
