/**
 * A letter's recording on its way to the ear: whether there is one of the words that this phone shows, what the phone has
 * of it, and loading it, which nothing does but a reader's tap.
 *
 * @import {Letter} from './letters.js'
 * @import {RecordingRecord} from './types.js'
 */
import { keptAt, loadTo } from './carried.js'
import { address } from './recordings.js'

/** What browsers call the kinds of sound that recorders make. @type {Record<string, string>} */
const PLAYED_AS = { 'audio/webm': 'audio/webm; codecs=opus', 'audio/ogg': 'audio/ogg; codecs=opus', 'audio/mp4': 'audio/mp4; codecs=mp4a.40.2' }

/**
 * The letter's recording in a language, or null: where there is none, where it is of other words than this phone shows,
 * and where this phone can't play it.
 * @param {Letter} letter as it is read in the language
 * @param {string} language
 * @returns {Promise<RecordingRecord | null>}
 */
export async function recordingOf({ recordings, title, question, blocks }, language) {
  const recording = recordings[language]
  if (!recording || !plays(recording.type)) return null
  const texts = [...title, ...question, ...blocks.flatMap((b) => b.sentences)].map((s) => s.text)
  if (texts.length !== recording.marks.length || await versionOf(language, texts) !== recording.version) return null
  return recording
}

/**
 * What a recording's words are known by, as the server makes it (internal/recording): the first 32 hexadecimal digits of
 * SHA-256 over the locale and the texts, a line each.
 * @param {string} language
 * @param {string[]} texts
 */
async function versionOf(language, texts) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode([language, ...texts].join('\n'))))
  return Array.from(hash.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** @param {string} type */
const plays = (type) => document.createElement('audio').canPlayType(PLAYED_AS[type] ?? type) !== ''

/**
 * The sound where this phone has it.
 * @param {string} id
 */
export const kept = (id) => keptAt(address(id))

/**
 * Loads the sound and keeps it, as far as there is space.
 * @param {RecordingRecord} recording
 * @param {string} locale of the reader's messages
 * @param {(share: number) => void} progress is told how much of it has come, from 0 to 1
 */
export const load = ({ id, type, bytes }, locale, progress) => loadTo({ path: `recordings/${id}`, address: address(id), type, bytes }, locale, progress)
