/**
 * Translators' pages by address. Loaded only by those who open one.
 */
import { enter } from '../staff/gate.js'
import { t } from '../i18n/messages.js'
import { Problem } from '../staff/problem.js'
import { translates } from '../staff/session.js'
import { loadStyles } from '../staff/styles.js'
import { view as desk } from './desk.js'
import { view as queue } from './queue.js'

const DESK = /^\/translate\/(?:(meetings)\/)?(\w+)\/([\w-]+)$/

/**
 * @param {string} path
 * @param {HTMLElement} root
 */
export async function view(path, root) {
  await enter(path, root, translates, async (person) => {
    await loadStyles('staff-translate')
    const found = DESK.exec(path)
    if (found) return desk(root, { kind: found[1] === 'meetings' ? 'meetings' : 'letters', id: found[2] }, found[3], person)
    if (/^\/translate\/?$/.test(path)) return queue(root, person)
    throw new Problem(404, '', t('staff.problem.not_found'))
  })
}

/** The page's heading is its title. */
export const title = () => ''
