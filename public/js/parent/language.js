/**
 * Choosing the language: every name in its own script, the phone's own
 * languages on top. There are no flags: languages have none.
 */
import { announce } from '../data/changes.js'
import { onPhone, readIn } from '../data/languages.js'
import { syncSoon } from '../data/soon.js'
import { nearest } from '../i18n/locales.js'
import { LOCALES, SOURCE, chooseLocale, isChosen, langTag, locale, localeName, t } from '../i18n/messages.js'
import { html, nothing, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { stateOf } from '../lib/state.js'
import { back, refresh } from '../router.js'

/** @type {import('../routes.js').View} */
export async function view(path, root) {
  const state = stateOf(root, () => ({ failed: false }))
  const held = isChosen() ? await onPhone() : []
  /** @param {string} tag */
  const choose = async (tag) => {
    const first = !isChosen()
    try {
      await chooseLocale(tag)
    } catch {
      state.failed = true
      return view(path, root)
    }
    await readIn(tag)
    syncSoon()
    announce()
    if (first) refresh()
    else back('/letters')
  }
  render(html`<div class="stack narrow">
    <h1>${t('language.title')}</h1>
    ${state.failed ? html`<p class="error" role="alert">${icon('triangle-alert')}<span>${t('language.failed')}</span></p>` : nothing}
    <ul class="languages stack">${inOrder().map((l) => html`<li>
      <button class="button choice" lang=${langTag(l.tag)} dir=${l.dir} data-locale=${l.tag}
        aria-current=${isChosen() && l.tag === locale() ? 'true' : 'false'} @click=${() => choose(l.tag)}>
        <span>${l.name}</span>${isChosen() && l.tag === locale() ? icon('check') : icon('chevron-right')}</button></li>`)}
    </ul>
    ${held.length > 0 ? html`<p class="quiet small">${t('language.on_phone')} ${names(held)}</p>` : nothing}
  </div>`, root)
}

/** Our languages: those that the phone itself is set to, then by name, one script after the other. */
function inOrder() {
  const own = navigator.languages.map(nearest)
  const { compare } = new Intl.Collator(SOURCE)
  /** @param {string} tag */
  const rank = (tag) => (own.includes(tag) ? own.indexOf(tag) : own.length)
  return [...LOCALES].sort((a, b) => rank(a.tag) - rank(b.tag) || compare(a.name, b.name))
}

/** @param {string[]} tags */
const names = (tags) => tags.map((tag, i) => html`${i > 0 ? ' · ' : ''}<bdi class="name" lang=${langTag(tag)}>${localeName(tag)}</bdi>`)
