/**
 * Two pages of the municipality's that every phone has: its accessibility
 * statement, with a way to complain, and what is stored of whom. They say the
 * same in every language; the municipality's own names and numbers are put in.
 *
 * @import {Template} from '../lib/html.js'
 */
import { meta } from '../data/db.js'
import { SOURCE, formatDate, loadMore, t } from '../i18n/messages.js'
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/** Where complaints go that the municipality didn't answer well: the authorities that watch over the two laws. */
const DIGG = 'https://www.digg.se/tdosanmalan'
const IMY = 'https://www.imy.se/privatperson/utfora-arenden/lamna-ett-klagomal/'

/** @typedef {Partial<import('../data/types.js').Town>} Town */

/** @type {import('../routes.js').View} */
export async function view(path, root) {
  const [hello] = await Promise.all([meta('hello'), loadMore('later')])
  /** @type {Town} */
  const town = hello?.municipality ?? {}
  const fresh = !root.isConnected
  render(html`<div class="stack loose narrow">${path.endsWith('privacy') ? privacy(town) : accessibility(town)}</div>`, root)
  if (fresh && location.hash === '#tell') requestAnimationFrame(() => goTo(root.querySelector('#tell')))
}

/** Whoever has something to complain about need not look for how, once the page is in its place. @param {HTMLElement | null} heading */
function goTo(heading) {
  heading?.setAttribute('tabindex', '-1')
  heading?.focus()
}

/** @param {Town} town */
const accessibility = (town) => html`
  <h1>${t('town.access')}</h1>
  <p>${t('town.access.for_all')}</p>
  <p>${t('town.access.standard')} ${town.assessed ? t('town.access.assessed', { Date: formatDate(`${town.assessed}T12:00:00Z`, 'date') }) : t('town.access.own')}</p>
  <section class="stack" aria-labelledby="lacks"><h2 id="lacks">${t('town.access.lacks')}</h2>
    <ul class="plainlist">${['machine', 'pictures', 'aloud'].map((what) => html`<li>${t(`town.access.lacks_${what}`)}</li>`)}</ul></section>
  <section class="stack" aria-labelledby="tell"><h2 id="tell">${t('town.access.tell')}</h2>
    <p>${t('town.access.tell_text')}</p>
    ${reach(town, t('town.access'))}
    <p>${t('town.access.digg')} <a href=${DIGG} rel="noopener">Myndigheten för digital förvaltning</a></p></section>`

/** @param {Town} town */
const privacy = (town) => html`
  <h1>${t('town.privacy')}</h1>
  <p>${t('more.private')}</p>
  <section class="stack" aria-labelledby="kept"><h2 id="kept">${t('town.privacy.kept')}</h2>
    <ul class="plainlist">${['phone', 'answers', 'wishes', 'requests', 'nothing'].map((what) => html`<li>${t(`town.privacy.kept_${what}`)}</li>`)}</ul></section>
  <section class="stack" aria-labelledby="rights"><h2 id="rights">${t('town.privacy.rights')}</h2>
    <p>${t('town.privacy.rights_text')}</p>
    <a class="button choice" href="/more/erase">${icon('trash-2')}<span>${t('erase.title')}</span>${icon('chevron-right')}</a></section>
  <section class="stack" aria-labelledby="who"><h2 id="who">${t('town.privacy.who')}</h2>
    <p>${t('town.privacy.who_text')} ${town.name ? html`<bdi lang=${SOURCE}>${town.name}</bdi>` : nothing}</p>
    ${town.officer ? mailTo(town.officer, t('town.privacy')) : nothing}
    ${reach(town, t('town.privacy'))}
    <p>${t('town.privacy.imy')} <a href=${IMY} rel="noopener">Integritetsskyddsmyndigheten</a></p></section>`

/** How the municipality is reached. @param {Town} town @param {string} about @returns {(Template|typeof nothing)[]} */
const reach = ({ mail, phone, name }, about) => [
  mail ? mailTo(mail, about) : nothing,
  phone ? html`<a class="button choice" href=${`tel:${phone.replace(/[^\d+]/g, '')}`}>${icon('phone')}<strong dir="ltr">${phone}</strong></a>` : nothing,
  mail || phone || !name ? nothing : html`<p><bdi lang=${SOURCE}>${name}</bdi></p>`,
]

/** @param {string} mail @param {string} about */
const mailTo = (mail, about) => html`<a class="button choice" href=${`mailto:${mail}?subject=${encodeURIComponent(`Följe: ${about}`)}`}>${icon('mail')}<span dir="ltr">${mail}</span></a>`
