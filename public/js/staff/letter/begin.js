/**
 * Beginning a letter: of a group, or of a meeting, whose question it carries.
 *
 * @import {Person} from '../types.js'
 * @import {Draft} from '../drafts.js'
 */
import { navigate } from '../../router.js'
import * as api from '../api.js'
import { draftsOf } from '../drafts.js'
import { sourceText, sourceDate } from '../source.js'
import { newBlock } from './blocks.js'
import { beginWriting } from './desk.js'

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
  const [meeting, letters, drafts] = await Promise.all([api.meeting(id), api.lettersOf(id), draftsOf(person.id).all()])
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
    blocks: [newBlock()],
  }, person)
  open(writing.id)
}

/** @param {string} id */
const open = (id) => navigate(`/staff/letters/${id}`, { replace: true })
