/**
 * What else there is on an evening, which a family with several children may
 * have to choose between.
 *
 * @import {Same} from './types.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatDate, t } from '../../i18n/messages.js'
import { yearsWords } from './years.js'

/** @param {Same[]} same */
export const sameEvening = (same) => (same.length === 0 ? nothing : html`<div class="notice late" data-part="same">${icon('users')}<div class="stack tight">
  <p>${t('staff.plan.same')}</p>
  <ul class="bullets">${same.map((s) => html`<li dir="auto">${[s.unit, s.theme, s.years && yearsWords(s.years), s.starts && formatDate(s.starts, 'time')].filter(Boolean).join(' · ')}</li>`)}</ul></div></div>`)
