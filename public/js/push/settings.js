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
 * Chooses the hours in which this phone doesn't ring (null for none), or whether notes may show a letter's title. The
 * operation says both, for of two that arrive in the wrong order the server takes only the later.
 * @param {Partial<Ringing>} changed
 */
export async function choose(changed) {
  await put('settings', {}, '', {
    stores: ['meta', 'outbox'],
    write: async (tx, row) => {
      const before = /** @type {Ringing | undefined} */ (await tx.objectStore('meta').get('ringing')) ?? USUAL
      const now = { ...before, ...changed }
      await tx.objectStore('meta').put(now, 'ringing')
      await tx.objectStore('outbox').put({ ...row, body: { quietHours: now.quiet, showTitles: now.titles } })
      // A new choice is the reply to a refusal of the one before.
      for (const old of await tx.objectStore('outbox').getAll()) {
        if (old.kind === 'settings' && old.state === 'refused') await tx.objectStore('outbox').delete(old.op)
      }
    },
  })
  sendSoon()
}
