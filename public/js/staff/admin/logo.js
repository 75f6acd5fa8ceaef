/**
 * The municipality's logo on the administrator's page. Whatever file she
 * chooses is drawn anew in her browser, small and as PNG: nothing of the file
 * but its picture leaves her computer, and no drawing that could run code.
 *
 * @import {Logo} from '../../data/types.js'
 */
import { html, nothing, render } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t } from '../../i18n/messages.js'
import { logoPicture } from '../../lib/logo.js'
import { errorLine } from '../field.js'
import { Problem } from '../problem.js'
import * as api from './api.js'

/** How wide and how high it is at most, in pixels: sharp on paper at 60 × 30 mm. */
const BOX = [640, 320]
/** What the server takes at most, in bytes. */
const MOST = 64 * 1024

/** Shows the logo and what can be done with it, in a place of its own. @param {HTMLElement} root @param {Logo|undefined} logo */
export function logoField(root, logo) {
  let error = ''
  let busy = false
  const draw = () => render(template(logo, error, busy, { choose, remove }), root)
  /** @param {() => Promise<Logo|undefined>} work */
  const run = async (work) => {
    if (busy) return
    busy = true
    error = ''
    draw()
    try {
      logo = await work()
    } catch (fault) {
      if (!(fault instanceof Problem)) throw fault
      error = fault.fields.logo?.message ?? fault.message
    } finally {
      busy = false
      draw()
    }
  }
  /** @param {Event} event */
  const choose = (event) => run(async () => {
    const input = /** @type {HTMLInputElement} */ (event.target)
    const file = input.files?.[0]
    input.value = ''
    if (!file) return logo
    const body = await redrawn(file)
    if (body) return await api.saveLogo(body)
    throw new Problem(0, '', t('staff.attach.unreadable'))
  })
  const remove = () => run(async () => void await api.removeLogo())
  draw()
}

/**
 * @param {Logo|undefined} logo
 * @param {string} error
 * @param {boolean} busy
 * @param {{choose: (event: Event) => void, remove: () => void}} acts
 */
const template = (logo, error, busy, { choose, remove }) => html`<div class="field" data-logo=${logo?.id ?? ''}>
  <span class="label" id="logo-label">${t('staff.town.logo')}</span>
  <p class="hint" id="logo-hint">${t('staff.town.hint.logo')}</p>
  ${logo ? logoPicture(logo, t('staff.town.logo')) : nothing}
  <div class="row">
    <label class="button chooser" aria-disabled=${busy}>${icon('image')}<span>${t('staff.town.logo_choose')}</span><input class="visually-hidden" type="file" name="logo" accept="image/*" aria-describedby="logo-hint" @change=${choose}></label>
    ${logo ? html`<button type="button" class="button" data-action="logo-remove" @click=${remove}>${icon('trash-2')}${t('staff.guide.row_remove')}</button>` : nothing}
  </div>
  <div role="status">${errorLine('logo', error)}</div>
</div>`

/** The picture as PNG, as large as it can be within the bounds; null where this browser can't read it. @param {File} file @returns {Promise<Blob|null>} */
async function redrawn(file) {
  const url = URL.createObjectURL(file)
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const { naturalWidth: width, naturalHeight: height } = image
    if (!width || !height) return null
    for (let scale = Math.min(1, BOX[0] / width, BOX[1] / height); width * scale >= 16; scale *= 0.8) {
      const body = await asPNG(image, Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)))
      if (!body || body.size <= MOST) return body
    }
    return null
  } catch {
    return null
  } finally {
    URL.revokeObjectURL(url)
  }
}

/** @param {HTMLImageElement} image @param {number} width @param {number} height @returns {Promise<Blob|null>} */
function asPNG(image, width, height) {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const paper = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
  paper.imageSmoothingQuality = 'high'
  paper.drawImage(image, 0, 0, width, height)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}
