/**
 * The switch between translation, original and both beside each other.
 *
 * @import {Mode} from './reading.js'
 */
import { SOURCE, langTag, locale, localeName, t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/**
 * @param {{mode: Mode, open: Set<string>}} state
 * @param {string} second language that the reader reads too, or ""
 * @param {() => Promise<void>} redraw
 */
export function modes(state, second, redraw) {
  if (locale() === SOURCE && !second) return nothing
  /** @param {Mode} mode */
  const choose = (mode) => () => {
    state.mode = mode
    state.open.clear()
    redraw()
  }
  /** @param {Mode} mode @param {unknown} words */
  const choice = (mode, words) => html`<button type="button" data-mode=${mode} aria-pressed=${state.mode === mode ? 'true' : 'false'}
    @click=${choose(mode)}>${words}</button>`
  /** @param {string} tag */
  const name = (tag) => html`<bdi lang=${langTag(tag)}>${localeName(tag)}</bdi>`
  const languages = locale() === SOURCE ? [choice('source', name(SOURCE))] : [choice('translation', name(locale())), choice('source', name(SOURCE))]
  if (second && second !== locale() && second !== SOURCE) languages.splice(1, 0, choice('second', name(second)))
  return html`<div class="modes" role="group" aria-label=${t('letter.modes')}>${languages}${locale() === SOURCE ? nothing
    : choice('both', html`${icon('columns-2')}<span>${t('letter.both')}</span>`)}</div>`
}
