/**
 * A translator's own page foot: what she translated this month, for those who
 * are paid by the hour, and whether she is written to when work arrives.
 *
 * @import {Person} from '../staff/types.js'
 */
import { t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import * as api from '../staff/api.js'
import { tell } from '../staff/dialog.js'
import { Problem } from '../staff/problem.js'
import { saveFile } from '../staff/savefile.js'
import { noteChange } from '../staff/session.js'

/** The month in Sweden, and the one before, as 2026-11. @param {Date} now */
export function months(now) {
  const [year, month] = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Stockholm', year: 'numeric', month: '2-digit' }).format(now).split('-').map(Number)
  const name = (/** @type {number} */ y, /** @type {number} */ m) => `${y}-${String(m).padStart(2, '0')}`
  return [name(year, month), month === 1 ? name(year - 1, 12) : name(year, month - 1)]
}

/**
 * @param {Person} person
 * @param {() => void} draw
 */
export function monthView(person, draw) {
  let error = ''
  let noMail = person.noMail ?? false

  /** @param {() => Promise<void>} work */
  async function run(work) {
    error = ''
    try {
      await work()
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      error = problem.message
    }
    draw()
  }

  /** @param {string} month */
  const save = (month) => run(async () => saveFile(await api.words(month), `${month}.csv`))

  const mail = () => run(async () => {
    await api.setNoMail(!noMail)
    noMail = !noMail
    noteChange({ noMail })
    tell(t(noMail ? 'translate.mail.off' : 'translate.mail.on'))
  })

  const template = () => {
    const [present, before] = months(new Date())
    return html`
      <section class="stack tight" data-part="month">
        <h2>${t('translate.month.title')}</h2>
        <p class="quiet small">${t('translate.month.text')}</p>
        <div class="row">
          <button type="button" class="button small" data-action="words" @click=${() => save(present)}>${icon('list')}${t('translate.month.this')}</button>
          <button type="button" class="button small" data-action="words-before" @click=${() => save(before)}>${icon('list')}${t('translate.month.before')}</button>
        </div>
        <label class="check"><input type="checkbox" name="mail" .checked=${!noMail} @change=${mail}><span>${t('translate.mail')}</span></label>
        ${error ? html`<p class="error" role="alert">${icon('triangle-alert')}<span>${error}</span></p>` : nothing}
      </section>`
  }
  return { template }
}
