/**
 * Urgent help, one tap from every page: numbers that hold in all of Sweden,
 * and what the municipality says itself. It opens without a network and
 * without a group, and asks for nothing first, not even the language.
 *
 * @import {Contact, Entry} from '../data/guide.js'
 * @import {TownNumber} from '../data/types.js'
 */
import { meta } from '../data/db.js'
import { calledOf, readGuide } from '../data/guide.js'
import { count } from '../data/shelf.js'
import { SOURCE, locale, t } from '../i18n/messages.js'
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { linkify } from '../lib/linkify.js'
import { marks, paragraphDir, run } from './sentences.js'
import { isNational, numbers } from './worry.js'

/** @type {import('../routes.js').View} */
export async function view(_path, root) {
  const [entries, numbersHere] = await Promise.all([guideEntries(), townNumbers()])
  const own = entries.filter((e) => e.urgent && !e.sensitive)
  render(html`<div class="stack loose narrow" data-urgent>
    <div class="stack tight"><h1>${t('urgent.title')}</h1><p>${t('urgent.intro')}</p></div>
    <section class="stack" aria-labelledby="sweden"><h2 id="sweden">${t('urgent.sweden')}</h2>${numbers('large')}</section>
    <section class="stack" aria-labelledby="here">
      <h2 id="here">${t('urgent.here')}</h2>
      ${numbersHere.length > 0 ? html`<ul class="stack" data-numbers>${numbersHere.map(townNumber)}</ul>` : nothing}
      ${own.map(local)}
      ${numbersHere.length > 0 || own.some((e) => ownNumbers(e).length > 0) ? nothing : html`<p>${linkify(t('urgent.social'))}</p>`}
    </section>
    <p class="quiet">${t('worry.staff')}</p>
  </div>`, root)
}

/** What the guide says. A phone that can't open its database still shows the numbers. @returns {Promise<Entry[]>} */
async function guideEntries() {
  try {
    return (await readGuide(locale())).entries
  } catch (error) {
    console.warn('read the guide', error)
    return []
  }
}

/** The municipality's own, as they were last heard. @returns {Promise<TownNumber[]>} */
async function townNumbers() {
  const hello = await meta('hello').catch(() => undefined)
  return hello?.municipality?.numbers?.filter(({ number }) => !isNational(number)) ?? []
}

/** Whose it is, in the reader's language, and what it is called here. @param {TownNumber} number */
function townNumber({ kind, name, number }) {
  const whose = ['social', 'care', 'shelter'].includes(kind) ? t(`urgent.kind.${kind}`) : ''
  const other = name === whose ? '' : name
  return html`<li><a class="button choice large" href=${`tel:${number.replace(/[^\d+]/g, '')}`}>${icon('phone')}<span><strong dir="ltr">${number}</strong> ${whose}${
    whose && other ? ' · ' : nothing}${other ? html`<bdi lang=${SOURCE}>${other}</bdi>` : nothing}</span></a></li>`
}

/** The numbers that are not shown already. @param {Entry} entry */
const ownNumbers = ({ contacts }) => contacts.filter((c) => c.kind === 'phone' && !isNational(c.value))

/** @param {Entry} entry */
function local(entry) {
  const said = entry.sections.filter((s) => ['summary', 'happens', 'hours'].includes(s.part)).flatMap((s) => s.blocks.map((b) => b.sentences))
  return html`<article class="card stack" data-entry=${entry.key}>
    <h3 dir=${paragraphDir(entry.title)}>${run(entry.title)}</h3>
    ${said.map((sentences) => html`<p dir=${paragraphDir(sentences)}>${run(sentences)}</p>`)}
    <p class="row small marks">${marks(count([...entry.title, ...said.flat()]))}</p>
    ${ownNumbers(entry).map(call)}
    <a href=${`/guide/${entry.key}`}>${t('urgent.more', { Name: calledOf(entry) })}</a>
  </article>`
}

/** @param {Contact} contact */
const call = ({ value, label }) => html`<a class="button choice large" href=${`tel:${value.replace(/[^\d+]/g, '')}`}>${icon('phone')}<span><strong dir="ltr">${value}</strong>${
  label ? html` <bdi lang=${SOURCE}>${label}</bdi>` : nothing}</span></a>`
