/** All letters on this phone, newest first. */
import { withDB } from '../data/db.js'
import { listLetters } from '../data/letters.js'
import { formatDate, locale, t } from '../i18n/messages.js'
import { html, nothing, render, repeat } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { corrected, paragraphDir, run, summaryMarks } from './sentences.js'

/** @type {import('../routes.js').View} */
export async function view(_path, root) {
  const [letters, groups] = await Promise.all([listLetters(locale()), withDB((db) => db.getAll('groups'))])
  render(html`<div class="stack">
    <h1>${t('letters.title')}</h1>
    ${letters.length > 0
      ? html`<ol class="letters">${repeat(letters, (l) => l.id, row)}</ol>`
      : groups.length > 0 ? nothingYet() : noGroup()}
  </div>`, root)
}

/** @param {import('../data/letters.js').Teaser} letter */
function row(letter) {
  return html`<li><a class=${letter.fresh ? 'letter-row fresh' : 'letter-row'} href=${`/letters/${letter.id}`} data-letter=${letter.id}>
    <h2 dir=${paragraphDir(letter.title)}>${run(letter.title)}</h2>
    <p class="quiet small sender"><bdi>${letter.groups.join(', ')}</bdi> · ${formatDate(letter.published, 'day')}
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
