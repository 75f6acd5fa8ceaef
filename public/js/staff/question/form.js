/**
 * How the page looks on which the helper's rules are changed.
 *
 * @import {Rule} from './rules.js'
 * @import {State} from './settings.js'
 *
 * @typedef {{change: (edit: () => void) => void, submit: (event: Event) => void}} Acts
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { t } from '../../i18n/messages.js'
import { field } from '../field.js'
import { page } from '../shell.js'
import { defaultsOf } from './data.js'
import { wordsOf } from './rules.js'

/** @param {State} state @param {Acts} acts */
export function template(state, { change, submit }) {
  const { help, own, fields, error, busy } = state
  const words = (/** @type {string} */ name) => fields[name]?.message
  const policy = help.rules.rules.filter(({ id }) => id.startsWith('policy.'))
  return page({
    title: t('staff.rules.title'),
    under: t('staff.rules.what'),
    up: { href: '/staff', label: t('staff.home.title') },
    body: html`
      <form class="stack loose narrow" novalidate @submit=${submit} data-form="question-rules">
        ${error ? html`<p class="notice bad" role="alert">${icon('triangle-alert')}<span>${error}</span></p>` : nothing}
        ${defaultsOf(help).map((rule) => ruleFields(state, rule, change))}
        <section class="stack" data-part="own">
          <h2>${t('staff.rules.own')}</h2>
          <p class="quiet small">${t('staff.rules.own_hint')} ${t('staff.rules.star')}</p>
          ${words('own') ? html`<p class="error">${icon('triangle-alert')}<span>${words('own')}</span></p>` : nothing}
          ${own.map((rule, i) => html`
            <div class="card stack" data-own=${i}>
              ${field({ name: `own-${i}-words`, label: t('staff.rules.words'), value: rule.words, lang: 'sv', long: true, error: words(`own.${i}.words`), input: (text) => change(() => { rule.words = text }) })}
              ${field({ name: `own-${i}-advice`, label: t('staff.rules.own_advice'), value: rule.advice, lang: 'sv', max: 200, error: words(`own.${i}.advice`), input: (text) => change(() => { rule.advice = text }) })}
              <div><button type="button" class="button small plain" data-action="remove-own" @click=${() => change(() => { own.splice(i, 1) })}>${icon('trash-2')}<span>${t('staff.rules.remove')}</span></button></div>
            </div>`)}
          <div><button type="button" class="button" data-action="add-own" @click=${() => change(() => { own.push({ words: '', advice: '' }) })}>${icon('plus')}<span>${t('staff.rules.add')}</span></button></div>
        </section>
        ${policy.length ? html`<section class="stack tight" data-part="policy"><h2>${t('staff.rules.policy')}</h2>
          <ul class="rows card">${policy.map((rule) => html`<li class="stack tight" lang="sv" dir="auto"><span>${rule.advice}</span><span class="quiet small">${rule.finds?.join(', ')}</span></li>`)}</ul></section>` : nothing}
        <section class="stack" data-part="allowed">
          <h2>${t('staff.rules.allowed')}</h2>
          ${field({ name: 'allowed', label: t('staff.rules.allowed'), hint: t('staff.rules.allowed_hint'), value: state.allowed, lang: 'sv', long: true, error: words('allowed'), input: (text) => change(() => { state.allowed = text }) })}
        </section>
        <button class="button primary" data-action="save-rules" aria-disabled=${busy}>${busy ? t('staff.saving') : t('staff.rules.save')}</button>
      </form>`,
  })
}

/** @param {State} state @param {Rule} rule @param {Acts['change']} change */
function ruleFields({ rules, fields }, rule, change) {
  const now = rules[rule.id]
  const error = fields[`rules.${rule.id}`]?.message
  const set = (/** @type {Partial<typeof now>} */ part) => change(() => { Object.assign(now, part) })
  const name = (/** @type {string} */ part) => `rule-${rule.id}-${part}`
  return html`
    <details class="card rule" data-rule=${rule.id} ?open=${error !== undefined}>
      <summary>${icon(now.off ? 'circle-dashed' : 'circle-check')}<span class="grow">${t(`staff.rules.${rule.id}`)}</span></summary>
      <div class="stack">
        <label class="check"><input type="checkbox" name=${name('on')} .checked=${!now.off} @change=${() => set({ off: !now.off })}><span>${t('staff.rules.on')}</span></label>
        ${wordsOf(rule) ? field({ name: name('words'), label: t(rule.begins ? 'staff.rules.begins' : 'staff.rules.words'), hint: t('staff.rules.star'), value: now.words, lang: 'sv', long: true, error, input: (words) => set({ words }) }) : nothing}
        ${rule.words ? field({ name: name('most'), label: t('staff.rules.most'), type: 'number', value: String(now.most), error, input: (most) => set({ most: Number(most) }) }) : nothing}
        ${field({ name: name('advice'), label: t('staff.rules.advice'), hint: t(`staff.question.advice.${rule.id}`), value: now.advice, lang: 'sv', max: 200, input: (advice) => set({ advice }) })}
      </div>
    </details>`
}
