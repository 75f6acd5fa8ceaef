/**
 * The line that says whether her text is safe.
 *
 * @import {Autosave} from '../autosave.js'
 */
import { html, nothing } from '../../lib/html.js'
import { icon } from '../../lib/icon.js'
import { formatDate, t } from '../../i18n/messages.js'

/** @type {Record<string, string>} */
const ICONS = { saved: 'check', saving: 'refresh-cw', unsaved: 'pencil', conflict: 'merge' }

/**
 * Only what needs her is spoken by a screen reader: a line that changes every
 * second would talk over her typing.
 * @param {Autosave} autosave
 * @param {{fresh: boolean, signIn: () => void, retry: () => void}} how fresh: nothing was ever saved
 */
export function saveState(autosave, { fresh, signIn, retry }) {
  const { state, reason } = autosave
  const name = state === 'unsaved' && reason === 'offline' ? 'wifi-off' : ICONS[state]
  const bad = state === 'conflict' || (state === 'unsaved' && reason !== '')
  return html`
    <p class="savestate ${bad ? 'bad' : ''}" data-savestate=${state}>
      ${icon(name)}<span role=${bad ? 'status' : nothing}>${words(autosave, fresh)}</span>
      ${reason === 'signed_out' ? html`<button type="button" class="button small" data-action="signin-again" @click=${signIn}>${t('staff.signin.submit')}</button>` : nothing}
      ${['failed', 'offline', 'forbidden'].includes(reason) ? html`<button type="button" class="button small" data-action="save-now" @click=${retry}>${t('staff.retry')}</button>` : nothing}
    </p>`
}

/** @param {Autosave} autosave @param {boolean} fresh */
function words({ state, reason, at, problem }, fresh) {
  if (state === 'saved') {
    if (at) return t('staff.save.saved_at', { Time: formatDate(at, 'time') })
    return fresh ? t('staff.save.nothing') : t('staff.save.saved')
  }
  if (state === 'saving') return t('staff.saving')
  if (state === 'conflict') return t('staff.save.conflict')
  if (reason === '') return t('staff.save.unsaved')
  if (reason === 'invalid' || reason === 'failed') return problem?.message ?? t('staff.problem.server')
  return t(`staff.save.${reason}`)
}
