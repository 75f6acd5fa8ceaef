/**
 * How far something that was written here has come, always with a sign, a word
 * and a colour, and with what happens next.
 *
 * @typedef {'pending' | 'applied' | 'late' | 'refused'} Stage
 */
import { again, dismiss } from '../data/outbox.js'
import { sendSoon } from '../data/schedule.js'
import { t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/** @type {Record<Stage, {sign: string, look: string}>} */
const LOOKS = {
  pending: { sign: 'clock', look: 'pending' },
  applied: { sign: 'circle-check', look: 'reviewed' },
  late: { sign: 'hourglass', look: 'pending' },
  refused: { sign: 'triangle-alert', look: 'failed' },
}

/**
 * The stage of a wish or a report.
 * @param {import('../data/own.js').Way} way
 * @returns {Stage}
 */
export const stageOf = (way) => (way === 'waiting' ? 'pending' : way === 'sent' ? 'applied' : 'refused')

/**
 * The mark alone, for lists.
 * @param {Stage} stage
 */
export const stageMark = (stage) => html`<span class="state ${LOOKS[stage].look}" data-stage=${stage}
  >${icon(LOOKS[stage].sign)}<span>${t(`sending.${stage}`)}</span></span>`

/**
 * The mark and what happens next, in a sentence.
 * @param {Stage} stage
 * @param {unknown} next
 */
export const stageLine = (stage, next) => html`<p class="stage" role="status" data-stage=${stage}
  ><span class="state ${LOOKS[stage].look}">${icon(LOOKS[stage].sign)}<span>${t(`sending.${stage}`)}</span></span
  > <span class="small">${next}</span></p>`

/**
 * What the server refused, why, and the ways on.
 * @param {string} op
 * @param {string} message
 * @param {boolean} [final] another try would be refused too
 */
export function refusal(op, message, final = false) {
  const retry = async () => {
    await again(op)
    await sendSoon()
  }
  return html`<div class="notice bad" role="status" data-stage="refused">${icon('triangle-alert')}<div class="stack tight">
    <p><strong>${t('sending.refused')}.</strong> ${message}</p>
    <div class="row">${final ? nothing : html`<button type="button" class="button" data-action="again" @click=${retry}>${icon('refresh-cw')}<span>${t('sending.again')}</span></button>`}
      <button type="button" class="button plain" data-action="dismiss" @click=${() => dismiss(op)}>${icon('trash-2')}<span>${t('sending.dismiss')}</span></button></div>
  </div></div>`
}
