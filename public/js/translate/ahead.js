/**
 * Texts that are kept on this computer before she opens them, so that she can
 * go on without a network: those she has taken, then the most urgent.
 *
 * @import {Person, Task} from '../staff/types.js'
 */
import { drop, kept, keptIds } from '../staff/kept.js'
import { Problem } from '../staff/problem.js'
import { idOf, ownerOf } from './owner.js'
import { fetchTexts } from './texts.js'

/** How many texts are kept at most. */
const MOST = 30

/** @type {Promise<void>|null} */
let running = null

/**
 * Keeps them one after the other, and forgets those that are no longer among
 * them. It stops quietly where the network does.
 * @param {Person} person
 * @param {Task[]} tasks in the queue's order
 * @returns {Promise<void>}
 */
export function keepAhead(person, tasks) {
  running ??= keepAll(person, wanted(tasks, saving())).catch((error) => {
    if (!(error instanceof Problem)) throw error
  }).finally(() => {
    running = null
  })
  return running
}

/**
 * On a connection that is paid by the byte only what she has taken.
 * @param {Task[]} tasks
 * @param {boolean} saving
 */
export function wanted(tasks, saving) {
  const open = tasks.filter((task) => task.open && task.collection !== 'messages')
  const mine = open.filter((task) => task.claim?.mine)
  return saving ? mine.slice(0, MOST) : [...new Set([...mine, ...open])].slice(0, MOST)
}

const saving = () => /** @type {any} */ (navigator).connection?.saveData === true

/** @param {Person} person @param {Task[]} tasks */
async function keepAll(person, tasks) {
  const ids = new Set(tasks.map((task) => idOf(ownerOf(task), task.locale)))
  for (const id of await keptIds(person.id, 'translate/')) if (!ids.has(id)) await drop(person.id, id)
  for (const task of tasks) {
    const copy = await kept(person.id, idOf(ownerOf(task), task.locale))
    if (copy?.stamp !== stampOf(task)) await fetchTexts(ownerOf(task), task.locale, person, stampOf(task))
  }
}

/** What changes when the text or its translations do. @param {Task} task */
const stampOf = ({ title, total, missing, machine, draft, reused, reviewed }) => [title, total, missing, machine, draft, reused, reviewed].join('/')
