/** Everything else: languages, what this phone keeps, who stands behind it. */
import { announce } from '../data/changes.js'
import { meta, setMeta, withDB } from '../data/db.js'
import { onPhone, readIn } from '../data/languages.js'
import { syncNow } from '../data/schedule.js'
import { LOCALES, SOURCE, formatDate, langTag, loadMore, locale, localeName, t, tn } from '../i18n/messages.js'
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { live } from '../lib/live.js'
import { logoPicture } from '../lib/logo.js'

/** @type {import('../routes.js').View} */
export async function view(_path, root) {
  const [second, hello, logo, heard, records, groups, held] = await Promise.all([
    meta('second'), meta('hello'), meta('logo'), meta('heard'), withDB((db) => db.getAll('records')), withDB((db) => db.count('groups')), onPhone(), loadMore('later'),
  ])
  render(html`<div class="stack loose narrow">
    <h1>${t('more.title')}</h1>
    <nav class="stack" aria-label=${t('more.title')}>
      ${entry('/groups', 'users', 'groups.title')}
      ${entry('/meetings/search', 'search', 'search.title')}
      ${hello?.vapidKey ? entry('/more/notifications', 'bell', 'notify.title') : nothing}
      ${entry('/more/calendar', 'calendar-plus', 'more.calendar')}
      ${entry('/more/words', 'book-open', 'words.title')}
      ${entry('/more/outbox', 'send', 'outbox.title')}
    </nav>
    <section class="stack" aria-labelledby="languages">
      <h2 id="languages">${t('more.languages')}</h2>
      <a class="button choice" href="/language">${icon('languages')}<span class="stack tight"><span lang=${langTag(locale())}>${localeName(locale())}</span></span>${icon('chevron-right')}</a>
      ${secondField(second ?? '')}
    </section>
    <section class="stack" aria-labelledby="phone">
      <h2 id="phone">${t('more.phone')}</h2>
      <p class="fact" data-contact>${icon('refresh-cw')}<span>${heard ? t('more.heard', { Time: formatDate(heard, 'heard') }) : t('more.never_heard')}</span></p>
      <p>${tn('more.letters', records.filter((r) => r.kind === 'letter').length)} ${tn('more.groups', groups)} ${t('more.held')} ${held.map((tag, i) => html`${i > 0 ? ' · ' : ''}<bdi class="name" lang=${langTag(tag)}>${localeName(tag)}</bdi>`)}.</p>
      <p>${t('more.private')}</p>
      ${entry('/more/erase', 'trash-2', 'erase.title')}
    </section>
    <section class="stack" aria-labelledby="about">
      <h2 id="about">${t('more.about')}</h2>
      <p>${t('welcome.what')}</p>
      ${hello?.municipality?.logo && logo?.id === hello.municipality.logo.id ? logoPicture(hello.municipality.logo, hello.municipality.name, logo.url) : nothing}
      ${hello?.municipality?.name ? html`<p class="quiet"><bdi lang=${SOURCE}>${hello.municipality.name}</bdi><br><bdi lang=${SOURCE}>${hello.municipality.address}</bdi></p>` : nothing}
      ${entry('/more/accessibility', 'accessibility', 'town.access')}
      ${entry('/more/privacy', 'shield', 'town.privacy')}
      ${entry('/more/about', 'info', 'more.inside')}
      <a class="button choice" href="/staff">${icon('key-round')}<span>${t('more.staff')}</span>${icon('chevron-right')}</a>
    </section>
  </div>`, root)
}

/**
 * @param {string} path
 * @param {string} sign
 * @param {string} words
 */
const entry = (path, sign, words) => html`<a class="button choice" href=${path}>${icon(sign)}<span>${t(words)}</span>${icon('chevron-right')}</a>`

/** @param {string} second */
function secondField(second) {
  /** @param {Event} event */
  const chosen = async (event) => {
    await setMeta('second', /** @type {HTMLSelectElement} */ (event.target).value)
    await readIn(locale())
    announce()
    syncNow()
  }
  return html`<div class="field">
    <label for="second">${t('more.second')}</label>
    <select id="second" .value=${live(second)} @change=${chosen}>
      <option value="" ?selected=${second === ''}>${t('more.second_none')}</option>
      ${LOCALES.filter((l) => l.tag !== locale()).map((l) => html`<option value=${l.tag} lang=${langTag(l.tag)} ?selected=${second === l.tag}>${l.name}</option>`)}
    </select>
    <span class="hint">${t('more.second_hint')}</span>
  </div>`
}
