/**
 * Staff's pages by address. Loaded only by those who open one.
 *
 * @import {Person} from './types.js'
 */
import { t } from '../i18n/messages.js'
import { enter } from './gate.js'
import { view as group } from './group.js'
import { view as home } from './home.js'
import { view as invite } from './invite.js'
import { beginLetter, letterOfMeeting } from './letter/begin.js'
import { view as editor } from './letter/editor.js'
import { view as preview } from './letter/preview.js'
import { view as meeting } from './meeting.js'
import { editView as editMeeting, newView as newMeeting } from './meetingform.js'
import { view as poster } from './poster.js'
import { Problem } from './problem.js'
import { writes } from './session.js'

/** @typedef {(root: HTMLElement, id: string, person: Person) => Promise<void>} Draw */

/** @type {[RegExp, Draw][]} */
const ROUTES = [
  [/^\/staff\/?$/, home],
  [/^\/staff\/groups\/(\w+)$/, group],
  [/^\/staff\/groups\/(\w+)\/invite$/, invite],
  [/^\/staff\/groups\/(\w+)\/meetings\/new$/, newMeeting],
  [/^\/staff\/groups\/(\w+)\/letters\/new$/, beginLetter],
  [/^\/staff\/meetings\/(\w+)$/, meeting],
  [/^\/staff\/meetings\/(\w+)\/edit$/, editMeeting],
  [/^\/staff\/meetings\/(\w+)\/letter$/, letterOfMeeting],
  [/^\/staff\/letters\/(\w+)$/, editor],
  [/^\/staff\/letters\/(\w+)\/preview$/, preview],
  [/^\/staff\/poster\/(\w+)$/, poster],
]

/**
 * @param {string} path
 * @param {HTMLElement} root
 */
export async function view(path, root) {
  await enter(path, root, writes, async (person) => {
    for (const [pattern, draw] of ROUTES) {
      const found = pattern.exec(path)
      if (found) return draw(root, found[1] ?? '', person)
    }
    throw new Problem(404, '', t('staff.problem.not_found'))
  })
}

/** The page's heading is its title. */
export const title = () => ''
