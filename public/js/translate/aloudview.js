/**
 * How reading a letter aloud looks: why the microphone is asked for, one
 * sentence large, and what was recorded.
 *
 * @import {Acts, Reading} from './aloud.js'
 */
import { formatDate, langTag, localeDir, localeName, t, tn } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { clock, size } from '../lib/measure.js'
import { page } from '../staff/shell.js'

/** @param {Reading} reading @param {Acts} acts */
export function template(reading, acts) {
  const { script: { letter, locale, title }, error } = reading
  return page({
    title: title || t('staff.letter.untitled'),
    under: html`<bdi lang=${langTag(locale)}>${localeName(locale)}</bdi> · ${t('translate.aloud.title')}`,
    up: { href: `/translate/${letter}/${locale}`, label: t('translate.aloud.desk') },
    body: html`${error ? html`<p class="notice bad" role="alert">${icon('triangle-alert')}<span>${error}</span></p>` : nothing}${body(reading, acts)}`,
  })
}

/** @param {Reading} reading @param {Acts} acts */
function body(reading, acts) {
  const { recorder: { state, full }, unsent } = reading
  if (unsent) return made(reading, acts)
  if (state === 'recording' || state === 'paused') return underWay(reading, acts)
  if (state === 'done') return unfinished(full, acts)
  return beginning(reading, acts)
}

/** @param {Reading} reading @param {Acts} acts */
function beginning(reading, acts) {
  const { script, spoken, recorder: { state }, sent } = reading
  if (script.missing > 0) return html`<p class="notice late" data-part="missing">${icon('languages')}<span>${tn('translate.aloud.missing', script.missing)}</span></p>`
  if (spoken.length === 0) return html`<p>${t('translate.nothing')}</p>`
  return html`
    ${sent ? html`<p class="notice" role="status" data-part="sent">${icon('circle-check')}<span>${t('translate.aloud.sent')}</span></p>` : nothing}
    ${script.recording ? present(reading, acts) : nothing}
    <section class="card stack">
      <p>${tn('translate.aloud.how', spoken.length)}</p>
      <p class="quiet">${t('translate.aloud.microphone')}</p>
      <p class="quiet small">${t('translate.aloud.voice')}</p>
    </section>
    ${state === 'denied' ? html`<p class="notice bad" role="alert" data-part="denied">${icon('mic')}<span>${t('translate.aloud.denied')}</span></p>` : nothing}
    ${state === 'unable' ? html`<p class="notice bad" role="alert" data-part="unable">${icon('mic')}<span>${t('translate.aloud.unable')}</span></p>` : nothing}
    <div class="actionbar"><button type="button" class="button primary" data-action="record" ?disabled=${state === 'asking'} @click=${acts.start}
      >${icon('mic')}${t(script.recording ? 'translate.aloud.again' : 'translate.aloud.start')}</button></div>`
}

/** The recording that the letter has. @param {Reading} reading @param {Acts} acts */
function present({ script: { recording }, url }, acts) {
  if (!recording) return nothing
  return html`<section class="card stack tight" data-part="present" data-old=${recording.old ? 'true' : 'false'}>
    <p>${t('translate.aloud.present', { Date: formatDate(recording.made, 'datetime'), Length: clock(recording.milliseconds), Size: size(recording.bytes) })}</p>
    ${recording.old ? html`<p class="notice late">${icon('triangle-alert')}<span>${t('translate.aloud.old')}</span></p>` : nothing}
    ${url ? html`<audio controls src=${url}></audio>` : nothing}
    <div class="row">
      ${url ? nothing : html`<button type="button" class="button small" data-action="listen" @click=${acts.listen}>${icon('play')}${t('translate.aloud.listen')}</button>`}
      <button type="button" class="button small" data-action="remove" @click=${acts.remove}>${icon('trash-2')}${t('translate.aloud.remove')}</button>
    </div>
  </section>`
}

/** @param {Reading} reading @param {Acts} acts */
function underWay({ script: { locale }, spoken, recorder }, acts) {
  const { at, isLast, state, elapsed } = recorder
  const paused = state === 'paused'
  return html`
    <div class="progress stack tight">
      <progress max=${spoken.length} value=${at} aria-label=${t('translate.aloud.title')}></progress>
      <div class="row apart"><p class="quiet" data-part="count">${t('translate.progress', { Done: at, Total: spoken.length })}</p>
        <p class=${paused ? 'quiet' : 'live'} data-part="clock">${icon(paused ? 'pause' : 'mic')}<bdi dir="ltr">${clock(elapsed)}</bdi></p></div>
    </div>
    <p class="sentence-large" aria-live="polite" data-part="sentence" lang=${langTag(locale)} dir=${localeDir(locale)}>${spoken[at].text}</p>
    ${spoken[at + 1] ? html`<p class="sentence-next quiet" lang=${langTag(locale)} dir=${localeDir(locale)}>${spoken[at + 1].text}</p>` : nothing}
    <div class="actionbar">
      <button type="button" class="button" data-action="again" @click=${acts.again}>${icon('undo-2')}<span class="visually-hidden">${t('translate.aloud.redo')}</span></button>
      <button type="button" class="button" data-action="pause" aria-pressed=${paused ? 'true' : 'false'} @click=${acts.pause}>${icon(paused ? 'play' : 'pause')}<span>${t(paused ? 'translate.aloud.resume' : 'translate.aloud.pause')}</span></button>
      <button type="button" class="button primary" data-action="next" ?disabled=${paused} @click=${acts.next}>${icon(isLast ? 'check' : 'chevron-right')}<span>${t(isLast ? 'translate.aloud.done' : 'translate.aloud.next')}</span></button>
    </div>`
}

/** It ended before the last sentence. @param {boolean} full @param {Acts} acts */
const unfinished = (full, acts) => html`
  <p class="notice bad" role="alert" data-part="unfinished">${icon('triangle-alert')}<span>${t(full ? 'translate.aloud.full' : 'translate.aloud.broken')}</span></p>
  <div class="actionbar"><button type="button" class="button primary" data-action="again" @click=${acts.again}>${icon('undo-2')}${t('translate.aloud.redo')}</button></div>`

/** @param {Reading} reading @param {Acts} acts */
function made({ unsent, url, share, waits }, acts) {
  const take = /** @type {NonNullable<Reading['unsent']>} */ (unsent)
  return html`
    <section class="card stack" data-part="made">
      <h2>${t('translate.aloud.made')}</h2>
      <audio controls src=${url}></audio>
      <p class="quiet">${t('translate.aloud.cost', { Size: size(take.sound.size), Length: clock(take.milliseconds) })}</p>
    </section>
    ${share !== null ? html`<div class="progress stack tight" data-part="sending"><progress max="1" value=${share} aria-label=${t('translate.aloud.sending')}></progress>
      <p class="quiet" role="status">${t('translate.aloud.sending')}</p></div>` : nothing}
    ${waits && share === null ? html`<p class="notice late" role="status" data-part="waits">${icon('cloud-off')}<span>${t('translate.aloud.waits')}</span></p>` : nothing}
    <div class="actionbar">
      <button type="button" class="button" data-action="again" ?disabled=${share !== null} @click=${acts.again}>${icon('undo-2')}<span>${t('translate.aloud.redo')}</span></button>
      <button type="button" class="button primary" data-action="send" ?disabled=${share !== null} @click=${acts.send}>${icon('send')}<span>${t('translate.aloud.send')}</span></button>
    </div>`
}
