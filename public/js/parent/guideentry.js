/**
 * One entry of the guide: how to reach it first, then what it is, sentence by
 * sentence as a letter is read.
 *
 * @import {Entry, Guide, Section, SupportGroup} from '../data/guide.js'
 * @import {Level} from './guidelevel.js'
 * @import {Mode, Reading} from './reading.js'
 */
import { meta } from '../data/db.js'
import { calledOf, textOf } from '../data/guide.js'
import { count } from '../data/shelf.js'
import { SOURCE, formatDate, locale, t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { gone } from './guide.js'
import { contacts, placeOf } from './guidecontact.js'
import { leaveBar, leaveHint } from './guideleave.js'
import { showQuietly } from './guidelevel.js'
import { agesOf, entryRows } from './guiderows.js'
import { consentPage } from './guidesheet.js'
import { blocks, modes } from './reading.js'
import { explainMarks, paragraphDir, run } from './sentences.js'

/** @typedef {{mode: Mode, open: Set<string>, shared: string}} EntryState how it is being read; shared: what was said of its link */

/**
 * @param {Level} level
 * @param {Guide} guide
 * @param {EntryState} state
 * @param {Level[]} levels that lead here, where it has no address
 * @param {() => Promise<void>} redraw
 */
export async function entryPage(level, guide, state, levels, redraw) {
  const entry = guide.entries.find((e) => e.key === level.key)
  if (!entry) return gone()
  if (level.kind === 'consent') return consentPage(entry)
  const second = await meta('second') ?? ''
  /** @type {Reading} */
  const reading = {
    mode: state.mode, language: state.mode === 'source' ? SOURCE : locale(), open: state.open, redraw, count: count(sentencesOf(entry)),
  }
  return page(entry, guide, reading, levels, { switcher: modes(state, second, redraw), share: shareButton(entry, state, redraw) })
}

/** @param {Entry} entry */
const sentencesOf = (entry) => [...entry.title, ...entry.sections.flatMap((s) => s.blocks.flatMap((b) => b.sentences))]

/**
 * @param {Entry} entry
 * @param {Guide} guide
 * @param {Reading} reading
 * @param {Level[]} levels
 * @param {{switcher: unknown, share: unknown}} aids
 */
function page(entry, guide, reading, levels, { switcher, share }) {
  const said = (/** @type {string} */ part) => entry.sections.filter((s) => (s.part === 'summary') === (part === 'summary'))
  const shownCount = reading.count ?? count([])
  return html`<article class=${reading.mode === 'both' ? 'letter wide stack loose guide-entry' : 'letter stack loose guide-entry'} data-entry=${entry.key}>
    <header class="stack tight">
      ${heading(entry)}
      <p class="quiet">${agesOf(entry.ages)}</p>
    </header>
    ${switcher}
    ${reading.mode === 'source' ? nothing : explainMarks(shownCount, reading.language)}
    ${said('summary').map((s) => text(s, reading))}
    ${contacts(entry)}
    ${entry.ask ? request(entry, levels) : nothing}
    ${said('rest').map((s) => html`<section class="stack" data-part=${s.part}><h2>${t(`guide.part.${s.part}`)}</h2>${text(s, reading)}</section>`)}
    ${placeOf(entry)}
    ${guide.open.includes(entry.name) ? html`<a class="button choice no-print" href="/activities">${icon('calendar')}<span>${t('activities.title')}</span>${icon('chevron-right')}</a>` : nothing}
    ${support(guide.groups.filter((g) => g.entry === entry.key), reading)}
    ${consent(entry, levels)}
    ${related(entry, guide, levels)}
    <footer class="stack tight quiet small">
      ${entry.checked ? html`<p class="fact">${icon('calendar-check')}<span>${t('guide.checked', { Date: formatDate(entry.checked, 'date') })}</span></p>` : nothing}
      <p class="row no-print"><button type="button" class="button" @click=${() => print()}>${icon('printer')}<span>${t('guide.print')}</span></button>${entry.sensitive ? nothing : share}</p>
    </footer>
    ${entry.sensitive ? leaveHint() : nothing}
  </article>${entry.sensitive ? leaveBar() : nothing}`
}

/** @param {Entry} entry */
const heading = (entry) => (entry.name
  ? html`<h1><bdi lang=${SOURCE}>${entry.name}</bdi></h1><p class="guide-title" dir=${paragraphDir(entry.title)}>${run(entry.title)}</p>`
  : html`<h1 dir=${paragraphDir(entry.title)}>${run(entry.title)}</h1>`)

/**
 * @param {Section} section
 * @param {Reading} reading
 */
const text = ({ part, blocks: list }, reading) => html`<div class="letter-text stack">${blocks(list, reading, `${part}.`)}</div>`

/**
 * What only the one who reads it can open, on her phone.
 * @param {Entry} entry
 * @param {Level[]} levels
 */
const request = (entry, levels) => html`<section class="card stack tight no-print" data-request-way>
  <p class="fact">${icon('key-round')}<span>${t('guide.request_why')}</span></p>
  <button type="button" class="button" data-request @click=${() => showQuietly([...levels, { kind: 'request', key: entry.key }])}
    >${icon('message-circle')}<span>${t('guide.request')}</span></button></section>`

/**
 * The term's groups: nothing but what the municipality publishes.
 * @param {SupportGroup[]} groups
 * @param {Reading} reading
 */
function support(groups, reading) {
  if (groups.length === 0) return nothing
  return html`<section class="stack" data-groups><h2>${t('guide.groups')}</h2>
    ${groups.map((g, i) => html`<div class="card stack tight" data-group=${g.id}>
      <h3 dir=${paragraphDir(g.title)}>${run(g.title)}</h3>
      <p>${agesOf(g.ages)}${g.period.name ? html` · <bdi lang=${SOURCE}>${g.period.name}</bdi>` : nothing}</p>
      ${blocks(g.blocks, reading, `g${i}.`)}
      ${time(g)}
      ${g.places === undefined ? nothing : html`<p>${t('guide.group_places', { Count: g.places })}</p>`}
    </div>`)}
    ${groups.every((g) => g.weekday || g.starts) ? nothing : html`<p class="fact">${icon('info')}<span>${t('guide.group_when')}</span></p>`}
  </section>`
}

/** @param {SupportGroup} group */
function time({ weekday, starts, ends }) {
  if (!weekday && !starts) return nothing
  const hours = [starts, ends].filter(Boolean).join('\u2060–\u2060')
  return html`<p class="fact">${icon('clock')}<span>${weekday ? t(`date.weekday.${weekday}`) : ''} <bdi dir="ltr">${hours}</bdi></span></p>`
}

/**
 * @param {Entry} entry
 * @param {Level[]} levels
 */
const consent = (entry, levels) => (entry.sensitive && entry.sections.some((s) => s.part === 'consent')
  ? html`<p class="no-print"><button type="button" class="button" data-consent @click=${() => showQuietly([...levels, { kind: 'consent', key: entry.key }])}
    >${icon('file-text')}<span>${t('guide.consent_form')}</span></button></p>` : nothing)

/**
 * @param {Entry} entry
 * @param {Guide} guide
 * @param {Level[]} levels
 */
function related(entry, guide, levels) {
  const entries = entry.related.flatMap((key) => guide.entries.find((e) => e.key === key) ?? [])
  return entries.length > 0 ? html`<section class="stack no-print" data-related><h2>${t('guide.related')}</h2>${entryRows(entries, entry.sensitive ? levels : [])}</section>` : nothing
}

/**
 * @param {Entry} entry
 * @param {EntryState} state
 * @param {() => Promise<void>} redraw
 */
function shareButton(entry, state, redraw) {
  const url = `${location.origin}/guide/${entry.key}`
  const share = async () => {
    try {
      if (navigator.share) await navigator.share({ title: calledOf(entry), text: textOf(entry.title), url })
      else {
        await navigator.clipboard.writeText(url)
        state.shared = t('guide.copied')
      }
    } catch (error) {
      if (/** @type {any} */ (error)?.name === 'AbortError') return
      state.shared = url
    }
    redraw()
  }
  return html`<button type="button" class="button" data-share @click=${share}>${icon('share-2')}<span>${t('guide.share')}</span></button>
    <span role="status" dir="auto">${state.shared}</span>`
}
