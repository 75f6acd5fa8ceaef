/**
 * How operations go to the server in batches, whoever sends them: each at most
 * once in a round, fewer at a time where the server can't take so many, and
 * later again, each time a little later.
 */

/** How many operations go in one request. */
export const BATCH = 25
/** Waits after a first failure, and at most, in ms. */
const WAIT = { first: 5_000, longest: 60 * 60_000 }

/**
 * Sends one batch after the other, none twice.
 * @template {{op: string}} Row
 * @template {string} End
 * @param {(tried: Set<string>, size: number) => Promise<Row[]>} due the rows to send next
 * @param {(rows: Row[]) => Promise<End | 'heard' | 'too much' | 'later'>} send how it ended: any other end than these three ends the round
 * @returns {Promise<End | 'ok'>}
 */
export async function inBatches(due, send) {
  /** @type {Set<string>} */
  const tried = new Set()
  let size = BATCH
  for (;;) {
    const rows = await due(tried, size)
    if (rows.length === 0) return 'ok'
    const end = await send(rows)
    // Some server or proxy that can't take so many at once, or chokes on one of them.
    if (end === 'too much' && rows.length > 1) {
      size = Math.ceil(rows.length / 2)
      continue
    }
    for (const { op } of rows) tried.add(op)
    if (end === 'later') return 'ok'
    if (end !== 'heard' && end !== 'too much') return /** @type {End} */ (end)
    size = Math.min(size * 2, BATCH)
  }
}

/** How long to wait after so many failures, in ms; never the same twice, so that phones don't come all at once. @param {number} tries */
export const pauseAfter = (tries) => Math.min(WAIT.first * 2 ** tries, WAIT.longest) * (0.75 + Math.random() / 2)
