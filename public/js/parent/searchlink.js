/** The way to the search, above letters that are too many to look through. */
import { loadMore, t } from '../i18n/messages.js'
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/** So many letters are looked through as fast as searched. */
const FEW = 5

/**
 * The link, or its place while its word is on the way: the letters wait for neither.
 * @param {number} letters on this phone
 */
export function searchLink(letters) {
  if (letters <= FEW) return nothing
  const place = document.createElement('p')
  place.style.minBlockSize = 'var(--target)'
  loadMore('later').then(() => render(link(), place), () => {}) // without its word there is no link; More has one
  return place
}

const link = () => html`<a class="button small" href="/meetings/search" data-action="search">${icon('search')}<span>${t('search.title')}</span></a>`
