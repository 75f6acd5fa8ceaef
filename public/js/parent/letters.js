/** All letters on this phone, newest first, below the meeting that comes next. */
import { withDB } from '../data/db.js'
import { listLetters } from '../data/letters.js'
import { SOURCE, formatDate, locale, t } from '../i18n/messages.js'
import { html, nothing, render, repeat } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { stateOf } from '../lib/state.js'
import { corrected, paragraphDir, run, summaryMarks } from './sentences.js'

/** @type {import('../routes.js').View} */
export async function view(path, root) {
  const state = stateOf(root, () => ({ next: /** @type {unknown} */ (nothing), answering: { body: null, note: null, asking: false, words: null } }))
  const [letters, groups] = await Promise.all([listLetters(locale()), withDB((db) => db.getAll('groups'))])
  const draw = () => render(html`<div class="stack">
    <h1>${t('letters.title')}</h1>
    ${state.next}
    ${letters.length > 0
      ? html`<ol class="letters">${repeat(letters, (l) => l.id, row)}</ol>`
      : groups.length > 0 ? nothingYet() : noGroup()}
  </div>`, root)
  draw()
  if (groups.length === 0) return
  state.next = await next(state.answering, () => view(path, root))
  draw()
}

/**
 * The next meeting, fetched after the letters are on the screen; without a network on a first visit there is none.
 * @param {import('./answer.js').Answering} answering
 * @param {() => Promise<void>} redraw
 */
async function next(answering, redraw) {
  try {
    return await (await import('./nextmeeting.js')).nextMeeting(answering, redraw)
  } catch (error) {
    console.warn('load next meeting', error)
    return nothing
  }
}

/** @param {import('../data/letters.js').Teaser} letter */
function row(letter) {
  return html`<li><a class=${letter.fresh ? 'letter-row fresh' : 'letter-row'} href=${`/letters/${letter.id}`} data-letter=${letter.id}>
    <h2 dir=${paragraphDir(letter.title)}>${run(letter.title)}</h2>
    <p class="quiet small sender"><bdi lang=${SOURCE}>${letter.groups.join(', ')}</bdi> · ${formatDate(letter.published, 'day')}
      ${letter.fresh ? html`<span class="state new">${icon('mail')}<span>${t('letters.new')}</span></span>` : nothing}</p>
    ${letter.question.length > 0 ? html`<p class="teaser" dir=${paragraphDir(letter.question)}>${run(letter.question)}</p>` : nothing}
    <p class="row small marks">${letter.corrected ? corrected(letter.corrected) : nothing}${summaryMarks(letter.count)}</p>
  </a></li>`
}

function nothingYet() {
  return html`<div class="empty">${icon('mail-open')}<p>${t('letters.none')}</p>
    <a class="button" href="/groups">${icon('users')}<span>${t('letters.see_groups')}</span></a></div>`
}

function noGroup() {
  return html`<div class="empty">${icon('mail-open')}<p>${t('letters.no_group')}</p>
    <a class="button primary" href="/join">${icon('qr-code')}<span>${t('welcome.code')}</span></a></div>`
}
