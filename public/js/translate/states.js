/**
 * The states of a translation: a picture and a word for each, and how much
 * they need somebody.
 *
 * @import {State} from '../staff/types.js'
 */
import { t } from '../i18n/messages.js'
import { html } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/**
 * typed: a text that parents don't get yet; sending: finished, and waits for a network; second: finished, and waits for
 * a second person.
 * @typedef {State|'typed'|'sending'|'second'} Shown
 */

/** @type {Record<Shown, string>} */
const ICONS = { missing: 'circle-dashed', typed: 'pencil', sending: 'cloud-off', second: 'users', machine: 'bot', draft: 'pencil', reused: 'refresh-cw', reviewed: 'circle-check', source: 'file-text' }

/** @type {Record<Shown, number>} */
const NEED = { missing: 0, typed: 0, draft: 1, second: 1, sending: 3, machine: 1, reused: 2, reviewed: 3, source: 3 }

/** How much a place needs somebody, 0 the most. @param {Shown} state */
export const need = (state) => NEED[state]

/** Whether a person still has to look at it. @param {Shown} state */
export const isOpen = (state) => NEED[state] < 3

/** @param {Shown} state */
export const stateMark = (state) => html`<span class="state ${state}" data-state=${state}>${icon(ICONS[state])}<span>${t(`translate.state.${state}`)}</span></span>`
