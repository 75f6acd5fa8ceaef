/**
 * Publishing, correcting and taking back a letter, each after a question that
 * says what will happen to whom.
 *
 * @import {Group, Letter, Readiness, TranslatedBy} from '../types.js'
 * @import {Unready} from '../ring/asking.js'
 * @import {Writing} from './writing.js'
 */
import { localeName, t, tn } from '../../i18n/messages.js'
import { html, nothing } from '../../lib/html.js'
import { navigate } from '../../router.js'
import * as api from '../api.js'
import { serverTime } from '../clock.js'
import { ask, tell } from '../dialog.js'
import { Problem } from '../problem.js'
import { askToRing, atHold } from '../ring/asking.js'
import { latestOf } from '../ring/when.js'
import { parse } from '../time.js'
import { lacks } from './check.js'
import { folded, needsPerson, readyOf, SIMPLE } from './readiness.js'

/**
 * What the question tells of. What could not be loaded is empty, and nothing is said about it.
 * @typedef {object} Known
 * @property {Group[]} groups those the letter goes to
 * @property {Readiness[]} readiness
 * @property {TranslatedBy} by
 * @property {string} starts its meeting's, or ""
 */

/**
 * @param {Writing} writing
 * @param {() => Promise<Known>} known is asked once the server has the letter as it is here
 * @returns {Promise<boolean>} whether it is published now, or waits to go out
 */
export async function publishLetter(writing, known) {
  if (toFields(writing, lacks(writing.content, await asks(writing)))) return false
  // A letter that says all she wants as it began was never edited, so the server hasn't heard of it.
  if (!writing.letter) writing.edit({})
  if (!(await writing.autosave.flush()) || !writing.letter) return unsaved(writing)
  const correction = writing.letter.number > 0 && !writing.letter.withdrawn
  const { groups, readiness, by, starts } = await known()
  const sure = await askToRing({
    name: 'publish',
    title: t(correction ? 'staff.publish.correct_title' : 'staff.publish.title'),
    text: [...groupLines(groups), ...languageLines(readiness, by), t('staff.release.promise')],
    yes: t(correction ? 'staff.publish.correct' : 'staff.publish.publish'),
    action: 'publish-confirm',
    unready: unreadyOf(readiness, by, starts),
  })
  if (!sure) return false
  tell(t('staff.saving'))
  try {
    writing.accept(await api.publish(writing.id, writing.letter.base, sure))
    told(writing.letter, correction)
    return true
  } catch (error) {
    tell('')
    if (!(error instanceof Problem)) throw error
    if (error.status === 409 && error.current) {
      writing.clash(error.current)
      return toEditor(writing)
    }
    if (error.fields.hold) throw atHold(error)
    if (!toFields(writing, error.fields)) throw error
    return false
  }
}

/** Whether the letter needs a question of the day. Where nobody knows the server will say. @param {Writing} writing */
async function asks({ meeting, content }) {
  if (!meeting || content.question.trim() !== '') return true
  return (await api.meeting(meeting).catch(() => null))?.kind === 'qpm'
}

/** Says it once; what goes out later is counted down where she sees it. @param {Letter} letter @param {boolean} correction */
function told({ release }, correction) {
  if (release) tell(tn('staff.release.told', secondsTo(release)))
  else tell(t(correction ? 'staff.publish.corrected' : 'staff.publish.done'))
}

/** @param {string} time stored */
const secondsTo = (time) => Math.max(1, Math.round((parse(time).getTime() - serverTime().getTime()) / 1000))

/**
 * @param {Writing} writing
 * @returns {Promise<boolean>} whether it was withdrawn
 */
export async function withdrawLetter(writing) {
  const sure = await ask({
    name: 'withdraw',
    title: t('staff.withdraw.title'),
    text: t('staff.withdraw.text'),
    yes: t('staff.withdraw.withdraw'),
    action: 'withdraw-confirm',
    danger: true,
  })
  if (!sure) return false
  writing.accept(await api.withdraw(writing.id))
  tell(t('staff.withdraw.done'))
  return true
}

/**
 * @param {Writing} writing never published
 * @returns {Promise<boolean>} whether it is gone
 */
export async function deleteLetter(writing) {
  const sure = await ask({
    name: 'delete-letter',
    title: t('staff.delete.title'),
    text: t('staff.delete.text'),
    yes: t('staff.delete.delete'),
    action: 'delete-confirm',
    danger: true,
  })
  if (!sure) return false
  await writing.discard()
  tell(t('staff.delete.done'))
  return true
}

/** What is wrong is told at the fields, in the editor. @param {Writing} writing @param {import('../types.js').Fields} fields */
function toFields(writing, fields) {
  if (Object.keys(fields).length === 0) return false
  writing.fields = { ...fields }
  toEditor(writing)
  return true
}

/** What she must settle is in the editor; anything else is told where she is. @param {Writing} writing */
function unsaved(writing) {
  const { state, reason, problem } = writing.autosave
  if (state === 'conflict' || reason === 'invalid') return toEditor(writing)
  throw new Problem(problem?.status ?? 0, '', t('staff.publish.not_saved'))
}

/** @param {Writing} writing */
function toEditor(writing) {
  navigate(`/staff/letters/${writing.id}`)
  return false
}

/**
 * What phones can wait for: what a person is to write yet, and of that first
 * what many read and somebody is there to translate.
 * @param {Readiness[]} readiness
 * @param {TranslatedBy} by
 * @param {string} starts
 * @returns {Unready|undefined}
 */
function unreadyOf(readiness, by, starts) {
  const { read } = folded(readiness.filter((r) => r.tag !== SIMPLE))
  const languages = read.filter((r) => readyOf(r) !== 'ready')
  if (languages.length === 0) return undefined
  const wanted = languages.filter((r) => r.readers > 0 && by[r.tag] === 'person').map((r) => r.tag)
  return { languages, wanted, latest: latestOf(starts, serverTime()) }
}

/** @param {Group[]} groups */
const groupLines = (groups) => (groups.length ? [t('staff.publish.groups', { Groups: groups.map((g) => g.name).join(', ') })] : [])

/** @param {Readiness[]} readiness @param {TranslatedBy} by */
function languageLines(readiness, by) {
  if (!readiness.length) return []
  const { read, others } = folded(readiness.filter((r) => r.tag !== SIMPLE))
  const named = (/** @type {'missing'|'machine'} */ ready) => read.filter((r) => readyOf(r) === ready)
  const missing = named('missing')
  const machine = named('machine')
  const unread = others.filter((r) => readyOf(r) !== 'ready').length
  if (missing.length + machine.length + unread === 0) return [t('staff.publish.all_ready')]
  return [
    ...(missing.length ? [html`<p>${t('staff.publish.missing')}</p><ul class="bullets">${missing.map((r) => html`<li><bdi>${localeName(r.tag)}</bdi>: ${tn('staff.publish.missing_count', r.missing + r.draft)}${needsPerson(r, by) ? html` · ${t('staff.ready.needs_person')}` : nothing}</li>`)}</ul>`] : []),
    ...(machine.length ? [t('staff.publish.machine', { Languages: machine.map((r) => localeName(r.tag)).join(', ') })] : []),
    ...(unread ? [tn('staff.publish.others', unread)] : []),
  ]
}
