/**
 * Dialogs over the page: the browser's own modal dialog, which holds the focus
 * inside and gives it back afterwards.
 *
 * @import {Template} from '../lib/html.js'
 */
import { html, nothing, render } from '../lib/html.js'
import { t } from '../i18n/messages.js'

/**
 * Opens a dialog and draws it. The template is drawn again by `draw`.
 * @param {string} name its data-dialog
 * @param {() => Template} template has a heading with the id "dialog-title"
 * @param {() => void} [closed] is told when it closes, also by Escape
 * @returns {{draw: () => void, close: () => void, element: HTMLDialogElement}}
 */
export function openDialog(name, template, closed = () => {}) {
  const element = document.createElement('dialog')
  element.className = 'dialog'
  element.dataset.dialog = name
  element.setAttribute('aria-labelledby', 'dialog-title')
  const draw = () => render(template(), element)
  draw()
  document.body.append(element)
  element.addEventListener('close', () => {
    element.remove()
    closed()
  })
  element.showModal()
  return { draw, close: () => element.close(), element }
}

/**
 * Asks before something that can't simply be undone.
 * @param {object} question
 * @param {string} question.name
 * @param {string} question.title
 * @param {string|Template|(string|Template)[]} question.text
 * @param {string} question.yes what the button says that does it
 * @param {string} [question.no] what the other one says, where "cancel" could be taken for what is asked
 * @param {string} [question.action] its data-action
 * @param {boolean} [question.danger]
 * @returns {Promise<boolean>}
 */
export function ask({ name, title, text, yes, no = t('staff.cancel'), action = 'confirm', danger = false }) {
  return new Promise((resolve) => {
    let answer = false
    const decide = (/** @type {boolean} */ yes) => {
      answer = yes
      dialog.close()
    }
    const dialog = openDialog(name, () => html`
      <div class="stack">
        <h2 id="dialog-title">${title}</h2>
        ${[text].flat().map((part) => (typeof part === 'string' ? html`<p>${part}</p>` : part))}
        <div class="row end">
          <button type="button" class="button" data-action="cancel" @click=${() => decide(false)}>${no}</button>
          <button type="button" class="button primary ${danger ? 'danger' : ''}" data-action=${action} @click=${() => decide(true)}>${yes}</button>
        </div>
      </div>`, () => resolve(answer))
  })
}

const live = () => document.querySelector('#announcer') ?? document.body.appendChild(announcer())

function announcer() {
  const element = document.createElement('p')
  element.id = 'announcer'
  element.className = 'toast'
  element.setAttribute('role', 'status')
  return element
}

/** @type {ReturnType<typeof setTimeout>|undefined} */
let clearing

/** Says for some seconds, seen and heard, that something was done. @param {string} text */
export function tell(text) {
  const element = /** @type {HTMLElement} */ (live())
  clearTimeout(clearing)
  render(text || nothing, element)
  clearing = setTimeout(() => render(nothing, element), 6000)
}
