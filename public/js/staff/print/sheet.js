/**
 * A letter on paper: one language, or one beside the original. A sheet in a
 * language that is read from the right is mirrored as a whole.
 *
 * @import {Block, Sentence} from '../../data/letters.js'
 * @import {PosterData} from '../types.js'
 * @import {Shown} from '../letter/parentview.js'
 * @import {Words} from './words.js'
 * @import {Template} from '../../lib/html.js'
 *
 * @typedef {{url: string, width: number, height: number}} Picture
 *
 * @typedef {object} About what stands round the letter, the same in all languages
 * @property {string} town the municipality
 * @property {import('../../data/types.js').Logo} [logo] its logo
 * @property {string} unit
 * @property {string} groups
 * @property {string} published "" for a draft
 * @property {{starts: string, ends: string, place: string}|null} meeting
 * @property {PosterData|null} poster of the group whose code is on it; null where there is none
 * @property {Map<string, Picture>} pictures that are here, by what a block stands for
 * @property {string[]} languages that are read there
 * @property {boolean} known that they are; otherwise they are all there are, which only the original's sheet has room for
 */
import { langTag, localeDir, SOURCE, t } from '../../i18n/messages.js'
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { linkify } from '../../lib/linkify.js'
import { logoPicture } from '../../lib/logo.js'
import { qrCode } from '../qr.js'

/** Kinds that stand on a line of their own with a sign. @type {Record<string, string>} */
const SIGNS = { date: 'calendar', place: 'map-pin', contact: 'phone', picture: 'image', file: 'file-text' }

/**
 * @param {Shown} letter
 * @param {Words} words in the letter's language
 * @param {About} about
 * @param {Words|null} beside in the original's language, where that stands beside it
 */
export function sheet(letter, words, about, beside) {
  const { language } = letter
  const twice = language === SOURCE ? null : beside
  const pair = (/** @type {Sentence[]} */ sentences, /** @type {(some: Sentence[]) => Template} */ draw) => (sentences.length === 0 ? nothing
    : twice ? html`<div class="beside-row"><div>${draw(sentences)}</div><div lang=${SOURCE} dir="ltr">${draw(sentences.map(original))}</div></div>` : draw(sentences))
  return html`
    <article class=${twice ? 'letter-sheet two' : 'letter-sheet'} data-locale=${language} lang=${langTag(language)} dir=${localeDir(language)}>
      <header class="top">
        <p>${about.logo ? html`${logoPicture(about.logo, '')} ` : nothing}${about.town} · <bdi>${about.unit}</bdi></p>
        ${pair(letter.title, (title) => html`<h2>${run(title)}</h2>`)}
        <p class="when">${about.published ? html`<bdi>${words.date(about.published)}</bdi> · ` : nothing}<bdi lang=${SOURCE}>${about.groups}</bdi></p>
        ${about.meeting ? html`<p class="when">${icon('calendar')}<span>${words.say('letter.meeting')} <bdi>${words.span(about.meeting.starts, about.meeting.ends)}</bdi>${about.meeting.place ? html` · <bdi lang=${SOURCE}>${about.meeting.place}</bdi>` : nothing}</span></p>` : nothing}
        ${remarks(letter, words)}
      </header>
      ${letter.question.length ? html`<section class="asked">
        <p class="label">${icon('quote')}<span>${words.say('letter.question')}</span></p>
        ${pair(letter.question, (question) => html`<p>${run(question)}</p>`)}
      </section>` : nothing}
      <div class="text">${letter.blocks.map((whole) => attached(whole, about, pair(whole.sentences, (some) => block(whole.kind, some))))}</div>
      ${foot(about, language)}
    </article>`
}

/** @param {Sentence} sentence @returns {Sentence} */
const original = ({ source }) => ({ text: source, locale: SOURCE, state: 'source', source })

/** Sentences one after another, each in its own direction, and numbers in theirs. @param {Sentence[]} sentences */
const run = (sentences) => sentences.map(({ text, locale }) => html`<span lang=${langTag(locale)} dir=${localeDir(locale)}>${linkify(text)}</span> `)

/** @param {Block['kind']} kind @param {Sentence[]} sentences */
function block(kind, sentences) {
  if (kind === 'heading') return html`<h3>${run(sentences)}</h3>`
  if (kind === 'item') return html`<p class="item"><span>${run(sentences)}</span></p>`
  return SIGNS[kind] ? html`<p class="sign">${icon(SIGNS[kind])}<span>${run(sentences)}</span></p>` : html`<p>${run(sentences)}</p>`
}

/** A picture over what it shows; beside what a document says the way to it. @param {Block} block @param {About} about @param {Template|typeof nothing} words */
function attached({ kind, attachment }, { pictures, poster }, words) {
  const picture = attachment && pictures.get(attachment.id)
  if (picture) return html`<figure class="printed-picture"><img src=${picture.url} width=${picture.width || nothing} height=${picture.height || nothing} alt="">${words}</figure>`
  if (kind === 'file' && poster) return html`<div class="printed-file"><div>${words}<p class="when" dir="ltr">PDF · <bdi>${poster.address}</bdi></p></div>${qrCode(poster.qr, t('staff.print.qr'))}</div>`
  return words
}

/** What its reader is to know of the text: that no person has checked it, or that some of it is in the original. @param {Shown} letter @param {Words} words */
function remarks({ title, question, blocks }, words) {
  const all = [...title, ...question, ...blocks.flatMap((b) => b.sentences)]
  const said = [
    all.some((s) => s.state === 'machine') ? words.say('state.machine') : '',
    all.some((s) => s.state === 'missing') ? words.say('state.partial') : '',
  ].filter(Boolean)
  return said.length ? html`<p class="when remark">${icon('languages')}<span>${said.join(' · ')}</span></p>` : nothing
}

/** The way to the digital letter. @param {About} about @param {string} language */
function foot({ poster, languages, known }, language) {
  if (!poster) return nothing
  const lines = poster.lines.filter((line) => line.locale === language || line.locale === SOURCE || (known || language === SOURCE) && languages.includes(line.locale))
  const first = [...lines.filter((l) => l.locale === language), ...lines.filter((l) => l.locale !== language)]
  return html`
    <footer class="foot">
      ${qrCode(poster.qr, t('staff.print.qr'))}
      <div>
        <ul class=${first.length > 4 ? 'many' : ''}>${first.map((line) => html`<li lang=${langTag(line.locale)} dir=${line.dir}>${line.text}</li>`)}</ul>
        <p dir="ltr"><bdi>${poster.address}</bdi> <bdi class="code">${poster.code}</bdi></p>
      </div>
    </footer>`
}
