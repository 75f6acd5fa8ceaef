/**
 * When this phone may ring and what its notes may say, as the parent chose it
 * here. Each choice is an operation: it holds here at once and at the server
 * when that has it.
 *
 * @import {Ringing} from '../data/types.js'
 */
import { meta, withDB } from '../data/db.js'
import { put } from '../data/outbox.js'
import { sendSoon } from '../data/sender.js'

/** Without a choice a phone is quiet at night. @type {Ringing} */
export const USUAL = { quiet: { from: 21, to: 7 }, titles: false }

/**
 * What holds on this phone, and how far the latest choice has come.
 * @returns {Promise<{ringing: Ringing, waiting: boolean, refused: import('../data/types.js').OperationRow | undefined}>}
 */
export async function ringing() {
  const [chosen, rows] = await Promise.all([meta('ringing'), withDB((db) => db.getAll('outbox'))])
  const own = rows.filter((r) => r.kind === 'settings')
  return { ringing: chosen ?? USUAL, waiting: own.some((r) => r.state === 'waiting'), refused: own.find((r) => r.state === 'refused') }
}

/**
 * Chooses the hours in which this phone doesn't ring, null for none.
 * @param {Ringing['quiet']} quiet
 */
export async function chooseQuiet(quiet) {
  await choose({ quiet }, { quietHours: quiet })
}

/**
 * Chooses whether notes may show a letter's title.
 * @param {boolean} titles
 */
export async function chooseTitles(titles) {
  await choose({ titles }, { showTitles: titles })
}

/**
 * @param {Partial<Ringing>} changed
 * @param {{quietHours?: Ringing['quiet'], showTitles?: boolean}} body
 */
async function choose(changed, body) {
  await put('settings', body, '', {
    stores: ['meta', 'outbox'],
    write: async (tx, { op }) => {
      const before = /** @type {Ringing | undefined} */ (await tx.objectStore('meta').get('ringing')) ?? USUAL
      await tx.objectStore('meta').put({ ...before, ...changed }, 'ringing')
      // A new choice is the reply to a refusal of the one before.
      for (const row of await tx.objectStore('outbox').getAll()) {
        if (row.kind === 'settings' && row.state === 'refused' && row.op !== op) await tx.objectStore('outbox').delete(row.op)
      }
    },
  })
  sendSoon()
}
