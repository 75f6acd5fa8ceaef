/** What the app is, which version, under which licences, and everything that it keeps in this browser. */
import { meta } from '../data/db.js'
import { INVENTORY } from '../data/inventory.js'
import { loadMore, t } from '../i18n/messages.js'
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/** @typedef {import('../data/inventory.js').Kept} Kept */

/** @type {import('../routes.js').View} */
export async function view(_path, root) {
  const body = await about()
  render(html`<div class="stack loose narrow"><h1>${t('more.about')}</h1>${body}</div>`, root)
}

/** What stands below the heading, the same for parents and staff. */
export async function about() {
  const [hello] = await Promise.all([meta('hello'), loadMore('later')])
  return html`
    <div class="stack" data-about>
      <p>${t('welcome.what')}</p>
      ${hello?.version
        ? html`<p><strong>${t('about.version', { Version: hello.version })}</strong><br><span class="quiet small">${t('about.build', { Build: hello.build })}</span></p>`
        : html`<p class="quiet">${t('about.no_version')}</p>`}
      <p>${t('about.free')}</p>
      <p><a href="/licences.txt" target="_blank" rel="noopener">${t('about.licences')}</a><br><span class="quiet small">${t('about.licences_hint')}</span></p>
    </div>
    <section class="stack" aria-labelledby="kept">
      <h2 id="kept">${t('about.kept')}</h2>
      <p>${t('about.kept_what')}</p>
      <p class="fact">${icon('circle-check')}<span>${t('about.no_cookies')}</span></p>
      <h3>${t('about.kept_all')}</h3>
      ${list(INVENTORY.filter((kept) => kept.who === 'all'))}
      <h3>${t('about.kept_staff')}</h3>
      ${list(INVENTORY.filter((kept) => kept.who === 'staff'))}
      ${'PushManager' in globalThis ? html`<p>${t('about.push')}</p>` : nothing}
      <a class="button choice" href="/more/erase">${icon('trash-2')}<span>${t('erase.title')}</span>${icon('chevron-right')}</a>
    </section>`
}

/** @param {Kept[]} all */
const list = (all) => html`<ul class="stack">${all.map(({ kind, name, why }) => html`<li class="stack tight" data-kept=${name}>
  <span>${t(why)}</span><span class="quiet small"><bdi>${t(`about.where.${kind}`, { Name: name })}</bdi></span></li>`)}</ul>`
