/**
 * Who is signed in, what she may do, and signing in again in the middle of
 * work.
 *
 * @import {Person, Role} from './types.js'
 */
import { lastPerson, leaveTablet, noteChange, onPersonChange, onTablet, onSessionEnd, person, signInAgain, signOut as forget } from './client.js'
import { openDialog } from './dialog.js'
import { forgetOthers } from './kept.js'
import { signInForm } from './signin.js'
import { loadStyles } from './styles.js'
import { html } from '../lib/html.js'
import { t } from '../i18n/messages.js'

export { lastPerson, noteChange, onPersonChange, onTablet, person }

/** She chose to sign in later; only she opens the dialog again. */
let later = false

/** @param {Person|null} person @param {...Role} roles */
export const has = (person, ...roles) => roles.some((role) => person?.roles.includes(role))

/** Whether she works with groups and letters. @param {Person|null} person */
export const writes = (person) => has(person, 'editor', 'admin')

/** Whether she has work in the app, whatever it is. @param {Person|null} person */
export const isStaff = (person) => (person?.roles.length ?? 0) > 0

/** Whether staff's first page is hers: translators' work is elsewhere. @param {Person|null} person */
export const hasHome = (person) => has(person, 'editor', 'coordinator', 'steget', 'admin')

/** Whether she keeps the guide. @param {Person|null} person */
export const coordinates = (person) => has(person, 'coordinator', 'admin')

/** Whether she adds to the bank of questions. @param {Person|null} person */
export const fillsBank = (person) => !onTablet() && has(person, 'editor', 'coordinator', 'admin')

/** Whether she sets the installation up. @param {Person|null} person */
export const administers = (person) => has(person, 'admin')

/** Whether she translates. @param {Person|null} person */
export const translates = (person) => has(person, 'translator', 'admin')

/** Where her work begins. @param {Person} person */
export const homeOf = (person) => (writes(person) || !translates(person) ? '/staff' : '/translate')

/** Shows the sign-in dialog from now on whenever a session ends in the middle of work: a page is drawn. */
export function guardSession() {
  onSessionEnd(() => (later ? Promise.resolve(false) : showDialog()))
}

/** She asks for the dialog herself. @returns {Promise<boolean>} whether she is signed in again */
export function askToSignIn() {
  later = false
  return signInAgain()
}

/** The page begins anew, so that nothing of hers stays in it; copies of texts that she could read go too. */
export async function signOut() {
  await forgetOthers().catch((error) => console.warn('forget copies', error))
  forget()
}

/** Whoever comes next has to tap her name. What isn't saved stays for who wrote it. */
export async function lockTablet() {
  await leaveTablet().catch((error) => console.warn('end the session on the tablet', error))
  history.replaceState(null, '', '/staff/tablet')
  await signOut()
}

/** The same person types her PIN again. @returns {Promise<boolean>} */
async function showPad() {
  const [{ pinPad }] = await Promise.all([import('./tablet/pad.js'), loadStyles('staff-tablet')])
  return new Promise((resolve) => {
    let done = false
    const pad = pinPad({
      person: /** @type {Person} */ (lastPerson()),
      changed: () => dialog.draw(),
      entered: () => {
        done = true
        dialog.close()
      },
      other: lockTablet,
    })
    const dialog = openDialog('pin', pad.template, () => {
      later = !done
      resolve(done)
    })
  })
}

/** @returns {Promise<boolean>} */
function showDialog() {
  if (onTablet()) return showPad()
  const known = lastPerson()
  return new Promise((resolve) => {
    let done = false
    const form = signInForm({
      email: known?.email ?? '',
      fixed: known !== null,
      changed: () => dialog.draw(),
      signedIn: () => {
        done = true
        dialog.close()
      },
    })
    const dialog = openDialog('signin', () => html`
      <div class="stack">
        <h2 id="dialog-title" tabindex="-1" autofocus>${t('staff.session.title')}</h2>
        <p>${t('staff.session.text')}</p>
        ${form.template()}
        <button type="button" class="button plain" data-action="later" @click=${() => dialog.close()}>${t('staff.session.later')}</button>
      </div>`, () => {
      later = !done
      resolve(done)
    })
  })
}
