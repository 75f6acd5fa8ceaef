/**
 * Messages in the language that letters are written in, whatever language the
 * one who writes has chosen for the screen.
 */
import { locale, SOURCE, t } from '../i18n/messages.js'
import { sourceMessages } from './api.js'
import { parse } from './time.js'

/** @type {Promise<Record<string, any>>|null} */
let messages = null

/**
 * @param {string} id of a staff message without plural
 * @param {Record<string, string|number>} [params]
 */
export async function sourceText(id, params = {}) {
  if (locale() === SOURCE) return t(id, params)
  messages ??= sourceMessages(SOURCE).catch(() => {
    messages = null
    return {}
  })
  const text = (await messages)[id] ?? t(id)
  return String(text).replace(/\{\{\s*\.(\w+)\s*\}\}/g, (all, name) => String(params[name] ?? all))
}

/**
 * 26 november, or 26 november 2026.
 * @param {string} stored
 * @param {{year?: 'numeric'}} [more]
 */
export const sourceDate = (stored, more = {}) =>
  new Intl.DateTimeFormat(SOURCE, { timeZone: 'Europe/Stockholm', day: 'numeric', month: 'long', ...more }).format(parse(stored))
