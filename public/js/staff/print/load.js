/**
 * What is printed of a letter: as parents have it, or its draft while they
 * don't, and the languages that it can be read in.
 *
 * @import {Content, Group, Letter, PosterData, Readiness, Revision} from '../types.js'
 * @import {Shown} from '../letter/parentview.js'
 * @import {About, Picture} from './sheet.js'
 */
import { SOURCE } from '../../i18n/messages.js'
import * as api from '../api.js'
import { Problem } from '../problem.js'
import { isPublic } from '../steps.js'
import { fromContent, fromPlaces } from '../letter/parentview.js'
import { folded, SIMPLE } from '../letter/readiness.js'

/**
 * @typedef {object} Paper
 * @property {Letter} letter
 * @property {boolean} out parents have it
 * @property {Shown} source
 * @property {Group[]} groups the letter's
 * @property {Readiness[]} readiness of the other languages
 * @property {About} about
 * @property {Content['blocks']} blocks with the pictures and documents they stand for
 */

/** @param {string} id @returns {Promise<Paper>} */
export async function loadPaper(id) {
  const letter = await api.letter(id)
  const out = isPublic(letter)
  const [unit, groups, { locales }, revision, meeting] = await Promise.all([
    api.unit(letter.unit), api.groups(), api.readiness({ kind: 'letters', id }),
    out ? api.published({ ...letter, release: '' }) : null,
    letter.meeting ? api.meeting(letter.meeting).catch(() => null) : null,
  ])
  const of = revision?.groups ?? letter.groups
  const content = revision ? contentOf(revision) : letter
  const paper = {
    letter, out, groups: groups.filter((g) => of.includes(g.id)), readiness: locales,
    source: fromContent(content), blocks: content.blocks ?? [],
    about: { town: '', unit: unit.name, groups: '', published: out ? letter.published : '', meeting, poster: null, pictures: /** @type {Map<string, Picture>} */ (new Map()), ...languagesOf(locales) },
  }
  paper.about.groups = paper.groups.map((g) => g.name).join(', ')
  return paper
}

/** Those that five phones or more of the unit read; where none is known to be, all. @param {Readiness[]} readiness */
const languagesOf = (readiness) => ({
  languages: folded(readiness).read.map((r) => r.tag).filter((tag) => tag !== SIMPLE),
  known: folded(readiness).others.length > 0,
})

/** @param {Revision} revision @returns {Content} */
const contentOf = ({ content }) => (/** @type {any} */ ({
  title: content.find((b) => b.kind === 'title')?.text ?? '',
  question: content.find((b) => b.kind === 'question')?.text ?? '',
  blocks: content.filter((b) => b.kind !== 'title' && b.kind !== 'question'),
}))

/**
 * The letter in a language. What a translator has only begun is not printed.
 * @param {Paper} paper
 * @param {string} tag
 * @returns {Promise<Shown>}
 */
export async function shownIn({ letter, out, source, blocks }, tag) {
  if (tag === SOURCE) return source
  const { places } = await api.places({ kind: 'letters', id: letter.id }, tag, out ? 'published' : 'draft')
  return fromPlaces(places.map((p) => (p.state === 'draft' ? { ...p, text: null } : p)), tag, blocks)
}

/**
 * Fetches the letter's pictures that there are, one after the other.
 * @param {Paper} paper
 * @param {(done: number, total: number) => void} more is told before the first and after each
 */
export async function loadPictures({ letter, blocks, about: { pictures } }, more) {
  const wanted = blocks.filter((b) => b.kind === 'picture' && b.attachment)
  if (wanted.length === 0) return
  more(0, wanted.length)
  const { attachments } = await api.attachments(letter.id)
  for (const [i, { attachment }] of wanted.entries()) {
    const known = attachments.find((a) => a.id === attachment)
    if (known) pictures.set(known.id, { url: URL.createObjectURL(await api.attachment(known.id)), width: known.width ?? 0, height: known.height ?? 0 })
    more(i + 1, wanted.length)
  }
}

/**
 * The group's code, which leads to the letter.
 * @param {string} group
 * @param {string} letter
 * @returns {Promise<PosterData|null>} null where the group has no invitation
 */
export const codeOf = (group, letter) => api.poster(group, '', letter).catch((error) => {
  if (error instanceof Problem && error.status === 404) return null
  throw error
})
