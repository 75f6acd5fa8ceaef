/**
 * What a printed letter has and a shown one hasn't: whom it comes from, and at
 * the bottom the way to read it in another language.
 *
 * @import {PosterData} from '../types.js'
 */
import { langTag, localeDir, t } from '../../i18n/messages.js'
import { html, nothing } from '../../lib/html.js'
import { qrCode } from '../qr.js'

/** @param {PosterData|null} poster @param {string} locale the sheet's, which is mirrored as a whole */
export const printHead = (poster, locale) => poster
  ? html`<p class="print-only print-head" dir=${localeDir(locale)}>${poster.municipality} · <bdi>${poster.unit}</bdi></p>`
  : nothing

/** @param {PosterData|null} poster @param {string} locale */
export const printFoot = (poster, locale) => poster
  ? html`
    <footer class="print-only print-foot" dir=${localeDir(locale)}>
      ${qrCode(poster.qr, t('poster.qr', { Name: poster.group }))}
      <ul>${poster.lines.map((line) => html`<li lang=${langTag(line.locale)} dir=${line.dir}>${line.text}</li>`)}</ul>
    </footer>`
  : nothing
