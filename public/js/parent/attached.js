/**
 * Pictures and documents of a letter, as its reader sees them: from this phone
 * where it has them, otherwise fetched. Without a network the words that stand
 * beside them are there all the same.
 *
 * @import {Letter} from '../data/letters.js'
 * @import {AttachmentRecord} from '../data/types.js'
 * @import {Drawing} from './reading.js'
 */
import { kept, load } from '../data/attachments.js'
import { Refused, Unheard } from '../data/net.js'
import { locale, t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { size } from '../lib/measure.js'
import { loadStyles } from '../lib/styles.js'
import { figure } from './figure.js'

/**
 * @typedef {object} Shown one attachment in one view
 * @property {'asked'|'loading'|'ready'|'failed'} phase `asked`: for a tap
 * @property {string} url
 * @property {number} share of it that has come, from 0 to 1
 */

/**
 * What draws a letter's pictures and documents in a view.
 * @param {{attached?: Attached}} state of the view
 * @param {Letter} letter
 * @param {HTMLElement} root
 * @param {() => unknown} redraw
 */
export async function drawing(state, letter, root, redraw) {
  state.attached ??= new Attached(root, redraw)
  await state.attached.open(letter)
  return state.attached.draw
}

/** What a view shows of a letter's attachments, for as long as it is open. */
export class Attached {
  /** @type {Map<string, Shown>} */ #shown = new Map()
  #placed = false
  #left = new MutationObserver(() => this.#follow())

  /** @param {HTMLElement} root @param {() => unknown} redraw */
  constructor(root, redraw) {
    this.root = root
    this.redraw = redraw
  }

  /** Finds out what this phone has, and fetches the pictures that it lacks. @param {Letter} letter */
  async open({ blocks }) {
    await loadStyles('/css/attached.css')
    await Promise.all(blocks.map(({ attachment }) => attachment && this.#find(attachment)))
    this.#follow()
    this.#left.observe(document.body, { childList: true })
  }

  /** A view is drawn before it is placed on the page. */
  #follow() {
    if (this.#placed && !this.root.isConnected) this.#end()
    this.#placed = this.root.isConnected
  }

  /** @param {AttachmentRecord} attachment */
  async #find(attachment) {
    if (this.#shown.has(attachment.id)) return
    const body = await kept(attachment.id)
    const shown = { phase: /** @type {Shown['phase']} */ (body ? 'ready' : 'asked'), url: body ? URL.createObjectURL(body) : '', share: 0 }
    this.#shown.set(attachment.id, shown)
    if (!body && attachment.type.startsWith('image/')) this.#load(attachment, shown)
  }

  /** @param {AttachmentRecord} attachment @param {Shown} shown */
  async #load(attachment, shown) {
    Object.assign(shown, { phase: 'loading', share: 0 })
    this.redraw()
    try {
      const body = await load(attachment, locale(), (share) => this.#progress(shown, share))
      Object.assign(shown, { phase: 'ready', url: URL.createObjectURL(body) })
    } catch (error) {
      if (!(error instanceof Unheard || error instanceof Refused)) throw error
      shown.phase = 'failed'
    }
    this.redraw()
  }

  /** @param {Shown} shown @param {number} share */
  #progress(shown, share) {
    if (Math.floor(share * 10) === Math.floor(shown.share * 10)) return
    shown.share = share
    this.redraw()
  }

  #end() {
    this.#left.disconnect()
    for (const { url } of this.#shown.values()) if (url) URL.revokeObjectURL(url)
    this.#shown.clear()
  }

  /** @type {Drawing} */
  draw = ({ attachment }, words, text) => {
    const shown = attachment && this.#shown.get(attachment.id)
    if (!attachment || !shown) return words
    const again = () => this.#load(attachment, shown)
    return attachment.type.startsWith('image/') ? picture(attachment, shown, again, words, text) : file(attachment, shown, again, words)
  }
}

/** @param {AttachmentRecord} attachment @param {Shown} shown @param {() => void} again @param {unknown} words @param {string} text */
function picture({ id, width, height }, { phase, url }, again, words, text) {
  const instead = phase === 'failed'
    ? html`<span>${t('attached.waits')}</span><button type="button" class="button small no-print" data-attached=${id} @click=${again}>${t('attached.again')}</button>`
    : html`<span role="status">${t('attached.loading')}</span>`
  return figure({ url, width, height }, text, words, instead)
}

/** @param {AttachmentRecord} attachment @param {Shown} shown @param {() => void} get @param {unknown} words */
function file({ id, bytes }, { phase, url, share }, get, words) {
  const percent = Math.floor(share * 100)
  return html`<div class="document">${icon('file-text')}<div class="stack tight">
    <div>${words}</div>
    ${phase === 'ready' ? html`<a class="button small no-print" href=${url} download="${t('attached.name')}.pdf" data-attached=${id}>${t('attached.open')}</a>`
      : phase === 'loading' ? html`<p class="quiet small" role="status">${t('attached.fetching', { Percent: percent })}</p><progress max="100" value=${percent} aria-label=${t('attached.open')}></progress>`
      : html`<button type="button" class="button small no-print" data-attached=${id} @click=${get}>${t('attached.save', { Size: size(bytes) })}</button>`}
    ${phase === 'failed' ? html`<p class="notice late" role="alert">${icon('wifi-off')}<span>${t('attached.failed')}</span></p>` : nothing}
  </div></div>`
}
