/**
 * The desk by keyboard: which key does what, and the page that lists them.
 *
 * @typedef {object} Keys what the keys do
 * @property {() => void} done
 * @property {boolean} single one line: Enter alone is done, too
 * @property {(by: -1|1) => void} move
 * @property {(n: number) => void} suggest
 * @property {() => void} leave
 */
import { t } from '../i18n/messages.js'
import { html } from '../lib/html.js'
import { openDialog } from '../staff/dialog.js'

/**
 * Does what a key means. Nothing while an input method composes, which has
 * Enter and Escape for itself.
 * @param {KeyboardEvent} event
 * @param {Keys} keys
 */
export function press(event, keys) {
  if (event.isComposing) return
  const action = meaning(event, keys)
  if (!action) return
  event.preventDefault()
  action()
}

/** @param {KeyboardEvent} event @param {Keys} keys @returns {(() => void)|undefined} */
function meaning(event, { done, single, move, suggest, leave }) {
  const { key, code, target } = event
  const writing = target instanceof HTMLTextAreaElement
  const plain = !event.altKey && !event.ctrlKey && !event.metaKey
  if (key === 'Enter' && writing && (event.ctrlKey || event.metaKey || plain && single && !event.shiftKey)) return done
  if (event.altKey && key === 'ArrowDown') return () => move(1)
  if (event.altKey && key === 'ArrowUp') return () => move(-1)
  // By the key's place: with Alt some keyboards write other signs.
  if (event.altKey && /^Digit[1-4]$/.test(code)) return () => suggest(Number(code.slice(5)) - 1)
  if (key === 'Escape' && plain) return leave
  if (key === '?' && !writing && !(target instanceof HTMLInputElement) && !(target instanceof HTMLSelectElement)) return showKeys
}

/** @type {[string, string][]} what to press, and the message that says what happens */
const LIST = [
  ['Ctrl+Enter', 'translate.keys.done'],
  ['Enter', 'translate.keys.enter'],
  ['Alt+↓', 'translate.keys.down'],
  ['Alt+↑', 'translate.keys.up'],
  ['Alt+1 … 3', 'translate.keys.suggestion'],
  ['Esc', 'translate.keys.leave'],
  ['?', 'translate.keys.help'],
]

/** The list of keys. */
export function showKeys() {
  const dialog = openDialog('keys', () => html`
    <div class="stack">
      <h2 id="dialog-title">${t('translate.keys.title')}</h2>
      <dl class="keys">${LIST.map(([press, does]) => html`<div><dt><kbd dir="ltr">${press}</kbd></dt><dd>${t(does)}</dd></div>`)}</dl>
      <div class="row end"><button type="button" class="button" data-action="close" @click=${() => dialog.close()}>${t('staff.close')}</button></div>
    </div>`)
}
