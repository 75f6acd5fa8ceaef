/**
 * Staff's pages by address. Loaded only by those who open one.
 *
 * @import {Person} from './types.js'
 */
import { t } from '../i18n/messages.js'
import { enter, ready, showTablet } from './gate.js'
import { Problem } from './problem.js'
import { administers, coordinates, fillsBank, has, hasHome, isStaff, onTablet, writes } from './session.js'
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
  [/^\/staff\/meetings\/(\w+)\/hold$/, async () => (await import('./meeting/hold.js')).view, 'staff-meeting'],
  [/^\/staff\/meetings\/(\w+)\/notes$/, async () => (await import('./meeting/notes.js')).view, 'staff-meeting'],
  [/^\/staff\/meetings\/(\w+)\/letter$/, async () => (await import('./letter/begin.js')).letterOfMeeting],
  [/^\/staff\/letters\/(\w+)$/, async () => (await import('./letter/editor.js')).view, 'staff-letter'],
  [/^\/staff\/letters\/(\w+)\/duplicate$/, async () => (await import('./letter/begin.js')).duplicateLetter],
  [/^\/staff\/letters\/(\w+)\/preview$/, async () => (await import('./letter/preview.js')).view, 'staff-letter'],
  [/^\/staff\/letters\/(\w+)\/reach$/, async () => (await import('./reach/view.js')).view, 'staff-print'],
  [/^\/staff\/letters\/(\w+)\/print$/, async () => (await import('./print/view.js')).view, 'staff-print'],
  [/^\/staff\/groups\/(\w+)\/slips$/, async () => (await import('./print/slips.js')).view, 'staff-print'],
  [/^\/staff\/search$/, async () => (await import('./search.js')).view, '', writes],
  [/^\/staff\/bank$/, async () => (await import('./bank/view.js')).view, 'staff-meeting', isStaff],
  [/^\/staff\/bank\/new$/, async () => (await import('./bank/form.js')).newView, '', fillsBank],
  [/^\/staff\/bank\/(\w+)$/, async () => (await import('./bank/form.js')).editView, '', fillsBank],
  [/^\/staff\/question$/, async () => (await import('./question/settings.js')).view, '', coordinates],
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
  [/^\/staff\/admin$/, async () => (await import('./admin/view.js')).view, 'staff-guide', administers],
  [/^\/staff\/admin\/import$/, async () => (await import('./admin/import.js')).view, 'staff-guide', administers],
  [/^\/staff\/admin\/town$/, async () => (await import('./admin/town.js')).view, 'staff-guide', administers],
  [/^\/staff\/admin\/units\/(\w+)$/, async () => (await import('./admin/unit.js')).view, 'staff-guide', administers],
  [/^\/staff\/admin\/units\/(\w+)\/posters$/, async () => (await import('./admin/posters.js')).view, 'staff-poster', administers],
  [/^\/staff\/people$/, async () => (await import('./people/list.js')).view, 'staff-guide', administers],
  [/^\/staff\/people\/tablets$/, async () => (await import('./tablet/manage.js')).view, 'staff-poster', administers],
  [/^\/staff\/people\/new$/, async () => (await import('./people/form.js')).newView, '', administers],
  [/^\/staff\/people\/(\w+)$/, async () => (await import('./people/form.js')).editView, '', administers],
  [/^\/staff\/pin$/, async () => (await import('./tablet/pin.js')).view, '', (person) => writes(person) && !onTablet()],
  [/^\/staff\/about$/, async () => (await import('./about.js')).view, '', isStaff],
  [/^\/staff\/poster\/(\w+)$/, async () => (await import('./poster.js')).view, 'staff-poster'],
]

/**
 * @param {string} path
 * @param {HTMLElement} root
 */
export async function view(path, root) {
  if (path === '/staff/welcome') {
    const [{ view }] = await Promise.all([import('./people/welcome.js'), ready()])
    return view(root)
  }
  if (path === '/staff/signed-in') {
    const [{ view }] = await Promise.all([import('./provider.js'), ready()])
    return view(root)
  }
  if (path === '/staff/tablet') {
    await ready()
    return showTablet(root)
  }
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
