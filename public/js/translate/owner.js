/**
 * What is translated, where it is found, and what it is called.
 *
 * @import {Task, TextOwner} from '../staff/types.js'
 */
import { formatDate, t } from '../i18n/messages.js'

const DESK = /^\/translate\/(?:([a-z_]+)\/)?(\w+)\/([\w-]+)$/

/** Where an owner is translated. @param {TextOwner} owner @param {string} locale */
export const pathOf = ({ kind, id }, locale) => (kind === 'letters' ? `/translate/${id}/${locale}` : `/translate/${kind}/${id}/${locale}`)

/** Its id among what is kept on this computer. @param {TextOwner} owner @param {string} locale */
export const idOf = (owner, locale) => pathOf(owner, locale).slice(1)

/**
 * The owner and locale of a path, or null for another page's.
 * @param {string} path
 * @returns {{owner: TextOwner, locale: string}|null}
 */
export function ownerAt(path) {
  const found = DESK.exec(path)
  return found && { owner: { kind: /** @type {any} */ (found[1] ?? 'letters'), id: found[2] }, locale: found[3] }
}

/** @param {Task} task @returns {TextOwner} */
export const ownerOf = ({ collection, id }) => ({ kind: collection, id })

/**
 * What the owner is called, as the places' answer tells it.
 * @param {TextOwner} owner
 * @param {{title?: string, starts?: string}} answer
 */
export function titleOf({ kind, id }, { title, starts }) {
  if (kind === 'messages') return t(`translate.messages.${id}`)
  if (kind === 'meetings' && !title) return t('staff.meeting.title', { Date: formatDate(starts ?? '', 'date') })
  return title || t('staff.letter.untitled')
}
