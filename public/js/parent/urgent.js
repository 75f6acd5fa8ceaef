/**
 * Urgent help, one tap from every page: numbers that hold in all of Sweden,
 * and what the municipality says itself. It opens without a network and
 * without a group, and asks for nothing first, not even the language.
 *
 * @import {Contact, Entry} from '../data/guide.js'
 */
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
  const { entries } = await readGuide(locale()).catch((error) => {
    // A phone that can't open its database still shows the numbers.
    console.warn('read the guide', error)
    return { entries: [] }
  })
  const own = entries.filter((e) => e.urgent && !e.sensitive)
  render(html`<div class="stack loose narrow" data-urgent>
    <div class="stack tight"><h1>${t('urgent.title')}</h1><p>${t('urgent.intro')}</p></div>
    <section class="stack" aria-labelledby="sweden"><h2 id="sweden">${t('urgent.sweden')}</h2>${numbers('large')}</section>
    <section class="stack" aria-labelledby="here">
      <h2 id="here">${t('urgent.here')}</h2>
      ${own.map(local)}
      ${own.some((e) => ownNumbers(e).length > 0) ? nothing : html`<p>${linkify(t('urgent.social'))}</p>`}
    </section>
    <p class="quiet">${t('worry.staff')}</p>
  </div>`, root)
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
