/** Erasing everything that is stored of this phone, here and at the server: what goes, what can't, and then the doing. */
import { withDB } from '../data/db.js'
import { eraseEverything } from '../data/own.js'
import { loadMore, t } from '../i18n/messages.js'
import { html, render } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { stateOf } from '../lib/state.js'

/** @type {import('../routes.js').View} */
export async function view(path, root) {
  await loadMore('later')
  const state = stateOf(root, () => ({ sure: false, busy: false, done: '' }))
  const redraw = () => view(path, root)
  if (state.done) return void render(done(state.done), root)
  if (await isWaiting()) return void render(done('waiting'), root)
  const ask = async () => {
    state.sure = true
    await redraw()
    const no = root.querySelector('[data-action=keep]')
    if (no instanceof HTMLElement) no.focus()
  }
  const keep = () => {
    state.sure = false
    redraw()
  }
  const erase = async () => {
    if (state.busy) return
    state.busy = true
    await redraw()
    forgetChoices()
    ;[state.done] = await Promise.all([eraseEverything(), endPush()])
    await redraw()
    root.querySelector('h1')?.focus()
  }
  render(html`<div class="stack loose narrow">
    <h1>${t('erase.title')}</h1>
    <div class="stack tight"><h2>${t('erase.goes')}</h2><ul class="plainlist">${['letters', 'answers', 'phone', 'calendar'].map((what) => html`<li>${t(`erase.goes_${what}`)}</li>`)}</ul></div>
    <div class="stack tight"><h2>${t('erase.stays')}</h2><ul class="plainlist">${['wishes', 'others'].map((what) => html`<li>${t(`erase.stays_${what}`)}</li>`)}</ul></div>
    <div class="notice">${icon('info')}<p>${t('erase.offline')}</p></div>
    ${state.sure ? html`<div class="card stack" role="group" aria-labelledby="sure"><p id="sure"><strong>${t('erase.sure')}</strong></p>
        <div class="row"><button type="button" class="button danger primary" data-action="erase" aria-disabled=${state.busy ? 'true' : 'false'} @click=${erase}
          >${icon('trash-2')}<span>${t(state.busy ? 'erase.busy' : 'erase.yes')}</span></button>
          <button type="button" class="button" data-action="keep" @click=${keep}>${t('erase.no')}</button></div></div>`
      : html`<button type="button" class="button danger" data-action="ask" @click=${ask}>${icon('trash-2')}<span>${t('erase.title')}</span></button>`}
  </div>`, root)
}

/** @param {string} how */
function done(how) {
  const waits = how === 'waiting'
  return html`<div class="stack loose narrow" data-erased=${how}>
    <h1 tabindex="-1">${icon(waits ? 'clock' : 'circle-check')} ${t(waits ? 'erase.waiting' : 'erase.done')}</h1>
    <p>${t(waits ? 'erase.waiting_what' : 'erase.done_what')}</p>
    <a class="button primary" href="/" target="_self">${icon('footprints')}<span>${t('erase.first')}</span></a>
  </div>`
}

/** Whether an erasure of this phone still waits for a network. */
async function isWaiting() {
  return (await withDB((db) => db.getAll('outbox'))).some((row) => row.kind === 'erase')
}

/** The browser's own subscription is no data of ours, so it is not in the database. */
async function endPush() {
  try {
    await (await import('../push/phone.js')).forgetPush()
  } catch (error) {
    console.warn('end subscription', error)
  }
}

/** The language chosen here is kept apart, where it can be read before the first paint. */
function forgetChoices() {
  try {
    localStorage.removeItem('folje.locale')
  } catch {
    // Storage that is forbidden holds no choice.
  }
}
