/**
 * What is open to everybody, with its next times. It needs neither a code nor a
 * network.
 *
 * @import {Activity} from '../data/themes.js'
 */
import { count } from '../data/shelf.js'
import { openActivities } from '../data/themes.js'
import { SOURCE, formatDate, loadMore, locale, t, tn } from '../i18n/messages.js'
import { noonOf } from '../lib/days.js'
import { html, nothing, render, repeat } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { stateOf } from '../lib/state.js'
import { fileButton } from './calendarbutton.js'
import { leaf } from './leaf.js'
import { hours } from './occasion.js'
import { explainMarks, paragraphDir, plain, run } from './sentences.js'

/** How many times are shown before somebody asks for more. */
const FEW = 3

/** @type {import('../routes.js').View} */
export async function view(path, root) {
  const state = stateOf(root, () => ({ open: /** @type {Set<string>} */ (new Set()) }))
  const [all] = await Promise.all([openActivities(locale()), loadMore('later')])
  const redraw = () => view(path, root)
  const whole = count(all.flatMap((a) => [...a.title, ...a.blocks.flatMap((b) => b.sentences)]))
  render(html`<div class="stack loose narrow">
    <header class="stack tight"><h1>${t('activities.title')}</h1><p class="quiet">${t('activities.what')}</p></header>
    ${explainMarks(whole, locale())}
    ${all.length === 0 ? html`<div class="empty">${icon('calendar')}<p>${t('activities.none')}</p></div>`
      : html`<ul class="stack loose" data-activities>${repeat(all, (a) => a.id, (a) => card(a, state.open, redraw))}</ul>`}
  </div>`, root)
}

/**
 * @param {Activity} activity
 * @param {Set<string>} open those whose times are all shown
 * @param {() => Promise<void>} redraw
 */
function card(activity, open, redraw) {
  const { id, unit, title, blocks, place, ages, times, until } = activity
  const shown = open.has(id) ? times : times.slice(0, FEW)
  const more = () => {
    open.add(id)
    redraw()
  }
  return html`<li class="card stack" data-activity=${id}>
    <div class="stack tight">
      <h2 dir=${paragraphDir(title)}>${run(title)}</h2>
      ${blocks.map((b) => html`<p dir=${paragraphDir(b.sentences)}>${run(b.sentences)}</p>`)}
    </div>
    <div class="stack tight">
      <p class="fact">${icon('house')}<span><bdi lang=${SOURCE}>${unit.name}</bdi></span></p>
      ${place ? html`<p class="fact">${icon('map-pin')}<span><bdi lang=${SOURCE}>${place}</bdi></span></p>` : nothing}
      ${ages[1] > 0 ? html`<p class="fact">${icon('baby')}<span>${t('activities.ages', { From: ages[0], To: ages[1] })}</span></p>` : nothing}
      ${activity.rule && until ? html`<p class="fact">${icon('calendar')}<span>${t('activities.until', { Date: formatDate(noonOf(until), 'date') })}</span></p>` : nothing}
    </div>
    <section class="stack tight"><h3>${t('activities.next')}</h3>
      <ol class="stack tight" data-times>${shown.map((time) => html`<li class=${time.cancelled ? 'occasion off' : 'occasion'} data-starts=${time.starts}>${leaf(time.starts, time.cancelled)}
        <span class="stack tight"><span>${formatDate(time.starts, 'weekday')}</span> <strong>${time.cancelled ? nothing : hours(time)}</strong>
        ${time.cancelled ? html`<span class="state failed" data-cancelled>${icon('calendar-x')}<span>${t('activities.cancelled')}</span></span>` : nothing}</span></li>`)}</ol>
      ${times.length > shown.length ? html`<button type="button" class="button plain" data-action="more" @click=${more}>${icon('plus')}<span>${tn('activities.more', times.length - shown.length)}</span></button>` : nothing}
    </section>
    ${fileButton((files) => files.activityFile(activity, { title: plain(title) }))}
  </li>`
}
