/** All school words, with what they mean. */
import { listWords } from '../data/words.js'
import { locale, t } from '../i18n/messages.js'
import { html, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { loadStyles } from '../lib/styles.js'
import { explained } from './schoolwords.js'

/** @type {import('../routes.js').View} */
export async function view(_path, root) {
  const [words] = await Promise.all([listWords(locale()), loadStyles('/css/aids.css')])
  render(html`<div class="stack loose narrow">
    <header class="stack tight"><h1>${t('words.title')}</h1><p class="quiet">${t('words.what')}</p></header>
    ${words.length === 0 ? html`<div class="empty">${icon('book-open')}<p>${t('words.none')}</p></div>`
      : html`<ul class="stack" data-words>${words.map((word) => html`<li>${explained(word)}</li>`)}</ul>`}
  </div>`, root)
}
