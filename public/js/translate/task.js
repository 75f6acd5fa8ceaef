/**
 * One task in the queue: what it is, in which language, when it is needed, how
 * far it has come, and who has taken it.
 *
 * @import {Claim, Task} from '../staff/types.js'
 */
import { formatDate, langTag, localeDir, localeName, SOURCE, t, tn } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { ownerOf, pathOf } from './owner.js'

/**
 * @typedef {object} Taking
 * @property {(task: Task) => void} claim
 * @property {(task: Task) => void} giveBack
 * @property {boolean} offline neither can be done now
 */

/** @param {Task} task @param {Taking} taking @param {Date} [now] */
export const taskView = (task, taking, now = new Date()) => html`
  <li class="card task" data-task=${`${task.collection}/${task.id}/${task.locale}`} data-letter=${task.collection === 'letters' ? task.id : nothing} data-meeting=${task.collection === 'meetings' ? task.id : nothing}>
    <a class="rowlink ${task.open ? 'waiting' : ''}" href=${pathOf(ownerOf(task), task.locale)} data-locale=${task.locale}>
      ${icon(signOf(task))}
      <span class="grow">
        <strong class="title" lang=${task.collection === 'messages' ? nothing : SOURCE} dir="auto">${nameOf(task)}</strong>
        <small><bdi class="language" lang=${langTag(task.locale)} dir=${localeDir(task.locale)}>${localeName(task.locale)}</bdi> · ${words(task)}</small>
        <small class="quiet">${under(task)}</small>
        ${task.open ? html`<small class="quiet">${[neededWords(task, now), readers(task)].filter(Boolean).join(' · ')}</small>` : nothing}
      </span>
      ${icon('chevron-right')}</a>
    ${task.open ? claimRow(task, taking) : nothing}
  </li>`

/** @param {Task} task */
const nameOf = ({ collection, title }) => (collection === 'messages' ? t(title) : title) || t('staff.letter.untitled')

/** What it is, and whose. @param {Task} task */
function under({ collection, groups, published }) {
  const kind = t(`translate.queue.kind.${collection}`)
  const draft = published || !['letters', 'meetings'].includes(collection) ? '' : t(collection === 'letters' ? 'translate.queue.draft' : 'translate.queue.not_invited')
  return html`${kind}${groups.length ? html` · <span dir="auto">${groups.join(' · ')}</span>` : nothing}${draft ? ` · ${draft}` : nothing}`
}

/** @param {Task} task */
const readers = ({ readers }) => (readers > 0 ? tn('translate.queue.readers', readers) : t('translate.queue.few_readers'))

/**
 * When it is needed, by the calendar in Sweden: today, tomorrow, on Thursday
 * the 26th; of what parents have already, since when.
 * @param {Task} task
 * @param {Date} now
 */
export function neededWords({ needed, published }, now) {
  if (!needed) return published ? t('translate.queue.published', { Date: formatDate(published, 'day', now) }) : ''
  const days = daysUntil(needed, now)
  if (days < 0 && published) return t('translate.queue.published', { Date: formatDate(published, 'day', now) })
  if (days < 0) return t('translate.needed.past', { Date: formatDate(needed, 'date', now) })
  if (days < 2) return t(days === 0 ? 'translate.needed.today' : 'translate.needed.tomorrow')
  return t('translate.needed.on', { Date: formatDate(needed, days < 8 ? 'weekday' : 'date', now) })
}

/** @param {string} when @param {Date} now */
const daysUntil = (when, now) => Math.round((midnight(new Date(when)) - midnight(now)) / 86_400_000)

/** The calendar day in Sweden, as a moment that days can be counted by. @param {Date} moment */
const midnight = (moment) => Date.parse(`${new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Stockholm', year: 'numeric', month: '2-digit', day: '2-digit' }).format(moment)}T00:00:00Z`)

/** @param {Task} task */
function signOf({ open, reports, missing, machine, draft, reused }) {
  if (!open) return 'circle-check'
  if (reports) return 'flag'
  return missing ? 'circle-dashed' : machine ? 'bot' : draft ? 'users' : reused ? 'refresh-cw' : 'circle-check'
}

/** @param {Task} task */
function words({ open, total, missing, machine, draft, reused, reports }) {
  const parts = [
    reports ? tn('translate.count.reports', reports) : '',
    missing ? tn('translate.count.missing', missing, { Total: total }) : '',
    machine ? tn('translate.count.machine', machine) : '',
    draft ? tn('translate.count.draft', draft) : '',
    reused ? tn('translate.count.reused', reused) : '',
  ].filter(Boolean)
  return open && parts.length ? parts.join(' · ') : t('translate.count.ready')
}

/** @param {Task} task @param {Taking} taking */
const claimRow = (task, { claim, giveBack, offline }) => html`
  <div class="row apart claim">
    <p class="small ${task.claim?.mine ? '' : 'quiet'}" data-part="claim">${task.claim ? html`${icon(task.claim.mine ? 'hand-helping' : 'user-round')} ${claimWords(task.claim)}` : t('translate.claim.nobody')}</p>
    ${offline || (task.claim && !task.claim.mine) ? nothing
      : task.claim
        ? html`<button type="button" class="button small" data-action="give-back" @click=${() => giveBack(task)}>${t('translate.claim.give_back')}</button>`
        : html`<button type="button" class="button small" data-action="claim" @click=${() => claim(task)}>${t('translate.claim.take')}</button>`}
  </div>`

/** @param {Claim} claim */
const claimWords = ({ name, mine, until }) => (mine
  ? t('translate.claim.mine', { Date: formatDate(until, 'day') })
  : t('translate.claim.theirs', { Name: name, Date: formatDate(until, 'day') }))
