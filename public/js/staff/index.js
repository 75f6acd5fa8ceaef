/**
 * Staff's pages by address. Loaded only by those who open one.
 *
 * @import {Person} from './types.js'
 */
import { t } from '../i18n/messages.js'
import { enter } from './gate.js'
import { Problem } from './problem.js'
import { coordinates, fillsBank, has, hasHome, isStaff, writes } from './session.js'
import { loadStyles } from './styles.js'

/** @typedef {(root: HTMLElement, id: string, person: Person) => Promise<void>} Draw */

/**
 * Each page is fetched when it is opened, with its styles: signing in needs
 * none of them. Unless it says for whom it is, it is for those who write.
 * @type {[RegExp, () => Promise<Draw>, string?, ((person: Person | null) => boolean)?][]}
 */
const ROUTES = [
  [/^\/staff\/?$/, async () => (await import('./home.js')).view, '', hasHome],
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
  [/^\/staff\/bank$/, async () => (await import('./bank/view.js')).view, 'staff-meeting', isStaff],
  [/^\/staff\/bank\/new$/, async () => (await import('./bank/form.js')).newView, '', fillsBank],
  [/^\/staff\/bank\/(\w+)$/, async () => (await import('./bank/form.js')).editView, '', fillsBank],
  [/^\/staff\/guide$/, async () => (await import('./guide/view.js')).view, 'staff-guide', isStaff],
  [/^\/staff\/guide\/new$/, async () => (await import('./guide/editor.js')).newView, 'staff-guide', coordinates],
  [/^\/staff\/guide\/worries$/, async () => (await import('./guide/worries.js')).view, 'staff-guide', coordinates],
  [/^\/staff\/guide\/groups$/, async () => (await import('./guide/groups.js')).view, 'staff-guide', (person) => has(person, 'steget', 'admin')],
  [/^\/staff\/guide\/settings$/, async () => (await import('./guide/settings.js')).view, 'staff-guide', (person) => has(person, 'admin')],
  [/^\/staff\/guide\/(\w+)$/, async () => (await import('./guide/entry.js')).view, 'staff-guide', isStaff],
  [/^\/staff\/guide\/(\w+)\/edit$/, async () => (await import('./guide/editor.js')).editView, 'staff-guide', isStaff],
  [/^\/staff\/channels$/, async () => (await import('./channel/list.js')).view, 'staff-channel', isStaff],
  [/^\/staff\/channels\/(steget|familjeguiden)$/, async () => (await import('./channel/view.js')).view, 'staff-channel', isStaff],
  [/^\/staff\/channels\/(steget|familjeguiden)\/settings$/, async () => (await import('./channel/settings.js')).view, 'staff-channel', isStaff],
  [/^\/staff\/shares$/, async () => (await import('./channel/shares.js')).view, 'staff-channel', isStaff],
  [/^\/staff\/themes$/, async () => (await import('./theme/view.js')).view, 'staff-guide', isStaff],
  [/^\/staff\/terms$/, async () => (await import('./plan/terms.js')).view, 'staff-guide', coordinates],
  [/^\/staff\/plan$/, async () => (await import('./plan/view.js')).view, 'staff-guide', isStaff],
  [/^\/staff\/plan\/copy$/, async () => (await import('./plan/copy.js')).view, 'staff-plan'],
  [/^\/staff\/plan\/(\w+)$/, async () => (await import('./plan/row.js')).view, 'staff-meeting'],
  [/^\/staff\/activities$/, async () => (await import('./activity/view.js')).view, 'staff-guide'],
  [/^\/staff\/poster\/(\w+)$/, async () => (await import('./poster.js')).view, 'staff-poster'],
]

/**
 * @param {string} path
 * @param {HTMLElement} root
 */
export async function view(path, root) {
  const [pattern, load, styles, allowed] = ROUTES.find(([pattern]) => pattern.test(path)) ?? []
  await enter(path, root, allowed ?? (load ? writes : isStaff), async (person) => {
    const id = pattern?.exec(path)?.[1] ?? ''
    if (!load) throw new Problem(404, '', t('staff.problem.not_found'))
    const [draw] = await Promise.all([load(), styles && loadStyles(styles)])
    return draw(root, id, person)
  })
}

/** The page's heading is its title. */
export const title = () => ''
