/**
 * The form of consent, to be printed and signed on paper: what a phone that
 * nobody is known by could say would bind nobody. Its text is the
 * municipality's own, in Swedish and in the reader's language. Where the
 * municipality has an e-identification service, the way there stands here.
 *
 * @import {Entry} from '../data/guide.js'
 */
import { meta } from '../data/db.js'
import { SOURCE, fetchMessages, locale, t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { sourceOf, textOf } from '../data/guide.js'
import { leaveBar } from './guideleave.js'
import { paragraphDir } from './sentences.js'

/** @type {Promise<Record<string, any>> | null} */
let swedish = null

/**
 * Gets the form's Swedish, which those read who file it. Every phone that opens the guide in another language does so: to
 * ask for it with the form would tell that the form was opened.
 */
export function prepareSheet() {
  if (locale() !== SOURCE) swedish ??= fetchMessages('later', SOURCE).catch(() => ({}))
}

/** @param {Entry} entry */
export async function consentPage(entry) {
  const [{ municipality, guide } = {}, source] = await Promise.all([meta('hello'), swedish ?? {}])
  const text = entry.sections.filter((s) => s.part === 'consent').flatMap((s) => s.blocks.map((b) => b.sentences))
  const link = guide?.consentLink ?? ''
  return html`<article class="letter stack loose consent-sheet" data-consent-sheet>
    <header class="stack tight">
      <p class="quiet"><bdi lang=${SOURCE}>${municipality?.name ?? ''}</bdi></p>
      <h1>${both('guide.consent_title', source)}</h1>
      <p><bdi lang=${SOURCE}>${entry.name || sourceOf(entry.title)}</bdi></p>
    </header>
    <p class="no-print">${t('guide.consent_how')}</p>
    <div class="stack">${text.map((sentences) => html`<div class="stack tight"><p lang=${SOURCE} dir="ltr">${sourceOf(sentences)}</p>${
      locale() === SOURCE ? nothing : html`<p class="quiet" dir=${paragraphDir(sentences)}>${textOf(sentences)}</p>`}</div>`)}</div>
    <dl class="signing">${['child', 'guardian', 'guardian2', 'date'].map((line) => html`<div><dt>${both(`guide.consent_${line}`, source)}</dt><dd></dd></div>`)}</dl>
    <p class="row no-print"><button type="button" class="button primary" @click=${() => print()}>${icon('printer')}<span>${t('guide.print')}</span></button>
      ${/^https:\/\//.test(link) ? html`<a class="button" href=${link} target="_blank" rel="noopener noreferrer">${icon('external-link')}<span>${t('guide.consent_link')}</span></a>` : nothing}</p>
  </article>${leaveBar()}`
}

/**
 * A message in the reader's language and in Swedish.
 * @param {string} id
 * @param {Record<string, any>} source
 */
const both = (id, source) => (source[id] && source[id] !== t(id) ? html`${t(id)} · <bdi lang=${SOURCE}>${source[id]}</bdi>` : t(id))
