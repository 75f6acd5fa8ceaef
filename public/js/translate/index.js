/**
 * Translators' pages by address. Loaded only by those who open one.
 */
import { enter } from '../staff/gate.js'
import { t } from '../i18n/messages.js'
import { Problem } from '../staff/problem.js'
import { translates, writes } from '../staff/session.js'
import { loadStyles } from '../staff/styles.js'
import { readingAt, view as aloud } from './aloud.js'
import { view as desk } from './desk.js'
import { ownerAt } from './owner.js'
import { view as queue } from './queue.js'
import { startSending } from './sender.js'

let begun = false

/**
 * @param {string} path
 * @param {HTMLElement} root
 */
export async function view(path, root) {
  const reading = readingAt(path)
  if (reading) {
    // An editor reads her own letter aloud, in Swedish.
    return enter(path, root, (person) => translates(person) || writes(person), async (person) => {
      await Promise.all([loadStyles('staff-translate'), loadStyles('staff-aloud')])
      await aloud(root, reading, person)
    })
  }
  await enter(path, root, translates, async (person) => {
    await loadStyles('staff-translate')
    const at = ownerAt(path)
    const isQueue = /^\/translate\/?$/.test(path)
    if (!at && !isQueue) throw new Problem(404, '', t('staff.problem.not_found'))
    if (!begun) {
      begun = true
      startSending(person)
    }
    return at ? desk(root, at.owner, at.locale, person) : queue(root, person)
  })
}

/** The page's heading is its title. */
export const title = () => ''
