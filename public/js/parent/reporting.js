/**
 * The way to say that a sentence can't be understood: a button under the text,
 * and then each sentence is one. What comes after it is fetched when somebody
 * wants it.
 *
 * @import {Sentence} from '../data/shelf.js'
 * @import {Tool} from './report.js'
 */
import { t } from '../i18n/messages.js'
import { html } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/** @typedef {{tool: Tool | undefined, failed: boolean}} Reporting */

/** @returns {Reporting} */
export const freshReporting = () => ({ tool: undefined, failed: false })

/**
 * @param {Reporting} state
 * @param {Sentence[]} sentences that can be pointed at
 * @param {() => Promise<void>} redraw
 */
export function reportable(state, sentences, redraw) {
  const toggle = async () => {
    state.failed = false
    try {
      state.tool = state.tool ? undefined : (await import('./report.js')).startReport(redraw)
    } catch {
      // Not on the phone yet, and no network.
      state.failed = true
    }
    await redraw()
  }
  state.tool?.look(sentences)
  return html`<div class="stack tight no-print"><button type="button" class="button plain report" aria-pressed=${state.tool ? 'true' : 'false'} @click=${toggle}
    >${icon('flag')}<span>${t(state.tool ? 'report.stop' : 'report.start')}</span></button>
    <p role="status" class="small">${state.failed ? t('problem.why') : state.tool ? t('report.pick') : ''}</p></div>`
}
