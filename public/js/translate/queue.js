/**
 * What waits for the translator: letters of her units, most urgent first, with
 * what is missing in each of her languages.
 *
 * @import {Person, QueueLetter, QueueLocale} from '../staff/types.js'
 * @import {Unsent} from './work.js'
 */
import { formatDate, langTag, localeDir, localeName, t, tn } from '../i18n/messages.js'
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { refresh } from '../router.js'
import * as api from '../staff/api.js'
import { draftsOf } from '../staff/drafts.js'
import { Problem } from '../staff/problem.js'
import { account, page, places } from '../staff/shell.js'

/**
 * @param {HTMLElement} root
 * @param {Person} person
 */
export async function view(root, person) {
  root.dataset.view = 'translate-queue'
  const unsent = (await draftsOf(person.id).all()).filter((d) => d.texts)
  try {
    const { letters } = await api.queue()
    render(template(person, letters, unsent), root)
  } catch (error) {
    // Without a network she still sees that her text is kept.
    if (!(error instanceof Problem) || !error.offline || unsent.length === 0) throw error
    render(offline(person, error, unsent), root)
  }
}

/** @param {Person} person @param {Problem} problem @param {Unsent[]} unsent */
const offline = (person, problem, unsent) => page({
  title: t('translate.queue.title'),
  body: html`
    ${places(person, 'translate')}
    <p class="notice late" role="status">${icon('wifi-off')}<span>${problem.message}</span></p>
    <section class="notice" data-part="unsent">${icon('cloud-off')}
      <div class="stack tight"><p>${t('translate.queue.unsent')}</p>
        ${unsent.map((u) => html`<p><bdi lang="sv">${u.title || t('staff.letter.untitled')}</bdi> · <bdi>${localeName(u.locale)}</bdi></p>`)}</div>
    </section>
    <div><button type="button" class="button primary" data-action="retry" @click=${refresh}>${icon('refresh-cw')}${t('staff.retry')}</button></div>
    ${account(person)}`,
})

/** @param {Person} person @param {QueueLetter[]} letters @param {Unsent[]} unsent */
const template = (person, letters, unsent) => page({
  title: t('translate.queue.title'),
  body: html`
    ${places(person, 'translate')}
    ${unsent.length ? html`
      <section class="notice late" data-part="unsent">${icon('cloud-off')}
        <div class="stack tight"><p>${t('translate.queue.unsent')}</p>
          ${unsent.map((u) => html`<a href="/translate/${u.letter}/${u.locale}">${u.title || t('staff.letter.untitled')} · ${localeName(u.locale)}</a>`)}</div>
      </section>` : nothing}
    ${letters.length === 0 ? html`<div class="empty">${icon('circle-check')}<p>${t('translate.queue.empty')}</p></div>` : html`
      <ul class="stack queue">${letters.map(letterCard)}</ul>`}
    ${account(person)}`,
})

/** @param {QueueLetter} letter */
const letterCard = (letter) => html`
  <li class="card stack tight" data-letter=${letter.id}>
    <h2 lang="sv" dir="auto">${letter.title || t('staff.letter.untitled')}</h2>
    <p class="quiet small"><span dir="auto">${letter.groups.join(' · ')}</span>${letter.groups.length ? ' · ' : ''}${when(letter)}</p>
    <ul class="rows">${letter.locales.map((l) => localeRow(letter, l))}</ul>
  </li>`

/** @param {QueueLetter} letter */
function when({ published, meeting }) {
  if (published) return t('translate.queue.published', { Date: formatDate(published, 'day') })
  return meeting ? t('translate.queue.meeting', { Date: formatDate(meeting, 'day') }) : t('translate.queue.draft')
}

/** @param {QueueLetter} letter @param {QueueLocale} count */
const localeRow = (letter, count) => html`
  <li><a class=${count.missing || count.machine ? 'rowlink waiting' : 'rowlink'} href="/translate/${letter.id}/${count.tag}" data-locale=${count.tag}>
    ${icon(count.missing ? 'circle-dashed' : count.machine ? 'bot' : count.reused ? 'refresh-cw' : 'circle-check')}
    <span class="grow"><span lang=${langTag(count.tag)} dir=${localeDir(count.tag)}>${localeName(count.tag)}</span><small class="quiet">${words(count)}</small></span>
    ${icon('chevron-right')}</a></li>`

/** @param {QueueLocale} count */
function words({ total, missing, machine, reused }) {
  const parts = [
    missing ? tn('translate.count.missing', missing, { Total: total }) : '',
    machine ? tn('translate.count.machine', machine) : '',
    reused ? tn('translate.count.reused', reused) : '',
  ].filter(Boolean)
  return parts.length ? parts.join(' · ') : t('translate.count.ready')
}
