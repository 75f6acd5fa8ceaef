/**
 * Staff's pages by address. Loaded only by those who open one.
 *
 * @import {Person} from './types.js'
 */
import { t } from '../i18n/messages.js'
import { enter } from './gate.js'
import { Problem } from './problem.js'
import { writes } from './session.js'
import { loadStyles } from './styles.js'

/** @typedef {(root: HTMLElement, id: string, person: Person) => Promise<void>} Draw */

/**
 * Each page is fetched when it is opened, with its styles: signing in needs
 * none of them.
 * @type {[RegExp, () => Promise<Draw>, string?][]}
 */
const ROUTES = [
  [/^\/staff\/?$/, async () => (await import('./home.js')).view],
  [/^\/staff\/groups\/(\w+)$/, async () => (await import('./group.js')).view, 'staff-meeting'],
  [/^\/staff\/groups\/(\w+)\/invite$/, async () => (await import('./invite.js')).view, 'staff-poster'],
  [/^\/staff\/groups\/(\w+)\/wishes$/, async () => (await import('./wishes/view.js')).view, 'staff-meeting'],
  [/^\/staff\/groups\/(\w+)\/meetings\/new$/, async () => (await import('./meeting/form.js')).newView, 'staff-meeting'],
  [/^\/staff\/groups\/(\w+)\/letters\/new$/, async () => (await import('./letter/begin.js')).beginLetter],
  [/^\/staff\/meetings\/(\w+)$/, async () => (await import('./meeting/view.js')).view, 'staff-meeting'],
  [/^\/staff\/meetings\/(\w+)\/answers$/, async () => (await import('./meeting/answers.js')).view, 'staff-meeting'],
  [/^\/staff\/meetings\/(\w+)\/edit$/, async () => (await import('./meeting/form.js')).editView, 'staff-meeting'],
  [/^\/staff\/meetings\/(\w+)\/letter$/, async () => (await import('./letter/begin.js')).letterOfMeeting],
  [/^\/staff\/letters\/(\w+)$/, async () => (await import('./letter/editor.js')).view, 'staff-letter'],
  [/^\/staff\/letters\/(\w+)\/preview$/, async () => (await import('./letter/preview.js')).view, 'staff-letter'],
  [/^\/staff\/poster\/(\w+)$/, async () => (await import('./poster.js')).view, 'staff-poster'],
]

/**
 * @param {string} path
 * @param {HTMLElement} root
 */
export async function view(path, root) {
  await enter(path, root, writes, async (person) => {
    for (const [pattern, load, styles] of ROUTES) {
      const found = pattern.exec(path)
      if (!found) continue
      const [draw] = await Promise.all([load(), styles && loadStyles(styles)])
      return draw(root, found[1] ?? '', person)
    }
    throw new Problem(404, '', t('staff.problem.not_found'))
  })
}

/** The page's heading is its title. */
export const title = () => ''
