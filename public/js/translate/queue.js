/**
 * What waits for the translator: letters and meetings of her units, most urgent
 * first, with what is missing in each of her languages.
 *
 * @import {Owner, Person, Queue, QueueLetter, QueueLocale, QueueMeeting} from '../staff/types.js'
 * @import {Template} from '../lib/html.js'
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
import { meetingTitle, pathOf } from './work.js'

/**
 * @param {HTMLElement} root
 * @param {Person} person
 */
export async function view(root, person) {
  root.dataset.view = 'translate-queue'
  const unsent = (await draftsOf(person.id).all()).filter((d) => d.texts)
  try {
    render(template(person, await api.queue(), unsent), root)
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

/** @param {Person} person @param {Queue} queue @param {Unsent[]} unsent */
const template = (person, { letters, meetings }, unsent) => page({
  title: t('translate.queue.title'),
  body: html`
    ${places(person, 'translate')}
    ${unsent.length ? html`
      <section class="notice late" data-part="unsent">${icon('cloud-off')}
        <div class="stack tight"><p>${t('translate.queue.unsent')}</p>
          ${unsent.map((u) => html`<a href="/${u.id}">${u.title || t('staff.letter.untitled')} · ${localeName(u.locale)}</a>`)}</div>
      </section>` : nothing}
    ${letters.length + meetings.length === 0 ? html`<div class="empty">${icon('circle-check')}<p>${t('translate.queue.empty')}</p></div>` : nothing}
    ${part('meetings', meetings.map(meetingCard))}
    ${part('letters', letters.map(letterCard))}
    ${account(person)}`,
})

/** @param {'meetings'|'letters'} name @param {Template[]} cards */
const part = (name, cards) => cards.length === 0 ? nothing : html`
  <section class="stack" data-part=${name}>
    <h2>${t(`translate.queue.${name}`)}</h2>
    <ul class="stack queue">${cards}</ul>
  </section>`

/** @param {QueueMeeting} meeting */
const meetingCard = ({ id, groups, starts, published, locales }) => html`
  <li class="card stack tight" data-meeting=${id}>
    <h3>${meetingTitle(starts)}</h3>
    ${under(groups, t(published ? 'translate.queue.invited' : 'translate.queue.not_invited'))}
    ${localeRows({ kind: 'meetings', id }, locales)}
  </li>`

/** @param {QueueLetter} letter */
const letterCard = (letter) => html`
  <li class="card stack tight" data-letter=${letter.id}>
    <h3 lang="sv" dir="auto">${letter.title || t('staff.letter.untitled')}</h3>
    ${under(letter.groups, when(letter))}
    ${localeRows({ kind: 'letters', id: letter.id }, letter.locales)}
  </li>`

/** @param {string[]} groups names @param {string} words */
const under = (groups, words) => html`
  <p class="quiet small"><span dir="auto">${groups.join(' · ')}</span>${groups.length ? ' · ' : ''}${words}</p>`

/** @param {QueueLetter} letter */
function when({ published, meeting }) {
  if (published) return t('translate.queue.published', { Date: formatDate(published, 'day') })
  return meeting ? t('translate.queue.meeting', { Date: formatDate(meeting, 'day') }) : t('translate.queue.draft')
}

/** @param {Owner} owner @param {QueueLocale[]} counts */
const localeRows = (owner, counts) => html`
  <ul class="rows">${counts.map((count) => html`
    <li><a class=${count.missing || count.machine || count.reports ? 'rowlink waiting' : 'rowlink'} href=${pathOf(owner, count.tag)} data-locale=${count.tag}>
      ${icon(signOf(count))}
      <span class="grow"><span lang=${langTag(count.tag)} dir=${localeDir(count.tag)}>${localeName(count.tag)}</span><small class="quiet">${words(count)}</small></span>
      ${icon('chevron-right')}</a></li>`)}</ul>`

/** @param {QueueLocale} count */
function signOf({ missing, machine, reused, reports = 0 }) {
  if (reports) return 'flag'
  return missing ? 'circle-dashed' : machine ? 'bot' : reused ? 'refresh-cw' : 'circle-check'
}

/** @param {QueueLocale} count */
function words({ total, missing, machine, reused, reports = 0 }) {
  const parts = [
    reports ? tn('translate.count.reports', reports) : '',
    missing ? tn('translate.count.missing', missing, { Total: total }) : '',
    machine ? tn('translate.count.machine', machine) : '',
    reused ? tn('translate.count.reused', reused) : '',
  ].filter(Boolean)
  return parts.length ? parts.join(' · ') : t('translate.count.ready')
}
