/**
 * The poster that invites a group's parents: one A4 sheet, seen on the screen
 * as it will be printed.
 *
 * @import {PosterData} from './types.js'
 */
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { logoPicture } from '../lib/logo.js'
import { langTag, SOURCE, t } from '../i18n/messages.js'
import * as api from './api.js'
import { qrCode } from './qr.js'
import { sourceDate, sourceText } from './source.js'

/**
 * @param {HTMLElement} root
 * @param {string} group
 */
export async function view(root, group) {
  root.dataset.view = 'staff-poster'
  const poster = await api.poster(group, location.search.slice(1))
  const expires = await sourceText('poster.expires', { Date: sourceDate(poster.expires, { year: 'numeric' }) })
  render(html`
    <div class="stack loose poster-page">
      <div class="stack no-print">
        <a class="up" href="/staff/groups/${group}/invite">${icon('chevron-left')}<span>${t('staff.invite.title')}</span></a>
        <div class="row apart">
          <h1>${t('poster.page')}</h1>
          <button type="button" class="button primary" data-action="print" @click=${() => window.print()}>${icon('printer')}${t('poster.print')}</button>
        </div>
        <p class="quiet narrow">${t('poster.hint')}</p>
      </div>
      ${sheet(poster, expires)}
    </div>`, root)
}

/** The sheet is the same whoever prints it: in the language of the letters, and of those who read them. @param {PosterData} poster @param {string} expires */
export const sheet = (poster, expires) => html`
  <article class="sheet" lang=${SOURCE} dir="ltr" aria-label=${t('poster.page')}>
    <div class=${poster.lines.length > 6 ? 'paper many' : 'paper'}>
      <header>
        <p class="sheet-town">${poster.logo ? logoPicture(poster.logo, '') : nothing}<span>${poster.municipality}</span></p>
        <p class="sheet-place"><span>${poster.unit}</span><strong>${poster.group}</strong></p>
      </header>
      <ul class="sheet-lines">
        ${poster.lines.map((line) => html`<li lang=${langTag(line.locale)} dir=${line.dir}>${line.text}</li>`)}
      </ul>
      ${qrCode(poster.qr, t('poster.qr', { Name: poster.group }))}
      <p class="sheet-typed"><span class="sheet-address">${poster.address}</span> <span class="code">${poster.code}</span></p>
      <ul class="sheet-ways">
        ${poster.lines.map((line) => html`<li lang=${langTag(line.locale)} dir=${line.dir}>${line.typed}</li>`)}
      </ul>
      <p class="sheet-expires">${expires}</p>
    </div>
  </article>`
