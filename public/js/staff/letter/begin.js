/**
 * Beginning a letter: of a group, of a meeting, whose question it carries, or
 * from another letter.
 *
 * @import {Person} from '../types.js'
 * @import {Draft} from '../drafts.js'
 */
import { navigate } from '../../router.js'
import * as api from '../api.js'
import { draftsOf } from '../drafts.js'
import { fresh } from '../fresh.js'
import { sourceText, sourceDate } from '../source.js'
import { newBlock } from './blocks.js'
import { beginWriting, openLetter } from './desk.js'
import { blocksOf } from './start.js'

/**
 * A letter without a meeting.
 * @param {HTMLElement} _
 * @param {string} id the group's
 * @param {Person} person
 */
export async function beginLetter(_, id, person) {
  const group = await api.group(id)
  const writing = beginWriting({
    unit: group.unit, meeting: '', groups: [id], title: '', question: '', sensitive: false, blocks: [newBlock()],
  }, person)
  open(writing.id)
}

/**
 * The meeting's letter: the one there is, or a new one.
 * @param {HTMLElement} _
 * @param {string} id the meeting's
 * @param {Person} person
 */
export async function letterOfMeeting(_, id, person) {
  // The same copy as the meeting's page keeps, so that a letter can be begun without a network.
  const [{ value: [meeting, , letters] }, drafts] = await Promise.all([
    fresh(person.id, `meeting/${id}`, () => Promise.all([api.meeting(id), api.groups(), api.lettersOf(id)])), draftsOf(person.id).all(),
  ])
  const begun = letters[0] ?? drafts.find((/** @type {Draft} */ d) => d.meeting === id)
  if (begun) return open(begun.id)
  const writing = beginWriting({
    unit: meeting.unit,
    meeting: id,
    groups: meeting.groups,
    title: meeting.title
      ? await sourceText('staff.letter.suggested_theme', { Theme: meeting.title, Date: sourceDate(meeting.starts) })
      : await sourceText('staff.letter.suggested_title', { Date: sourceDate(meeting.starts) }),
    question: meeting.question,
    sensitive: false,
    blocks: await blocksOf(meeting),
  }, person)
  open(writing.id)
}

/**
 * A new letter with the words of another, to the same groups; of no meeting,
 * since that has its letter. What of it is translated is so in the new one too.
 * Pictures and documents stay behind: each belongs to one letter.
 * @param {HTMLElement} _
 * @param {string} id the other's
 * @param {Person} person
 */
export async function duplicateLetter(_, id, person) {
  const { unit, content } = await openLetter(id, person)
  const writing = beginWriting({
    unit, meeting: '', groups: content.groups, title: content.title, question: content.question, sensitive: content.sensitive,
    blocks: content.blocks.filter(({ kind }) => kind !== 'picture' && kind !== 'file').map(({ kind, text }) => newBlock(kind, text)),
  }, person)
  open(writing.id)
}

/** @param {string} id */
const open = (id) => navigate(`/staff/letters/${id}`, { replace: true })
