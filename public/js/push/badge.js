/** The number at the app's icon: letters that nobody on this phone has opened yet. */
import { withDB } from '../data/db.js'

/** Letters older than this don't count: whoever joins today has a year of them, and was told of none. */
const RECENT = 30 * 24 * 60 * 60_000

/** Draws the number, or takes it away when there is none. A browser without such numbers is left alone. */
export async function drawBadge() {
  const app = /** @type {any} */ (navigator)
  if (!app.setAppBadge) return
  const count = await unopened(Date.now())
  await (count > 0 ? app.setAppBadge(count) : app.clearAppBadge())
}

/**
 * How many recent letters have not been opened in their latest revision.
 * @param {number} now
 */
export async function unopened(now) {
  const [records, ids, numbers] = await withDB((db) => Promise.all([db.getAll('records'), db.getAllKeys('opened'), db.getAll('opened')]))
  const opened = new Map(ids.map((id, i) => [String(id), numbers[i]]))
  return records.filter((row) => {
    const letters = /** @type {any[]} */ (Object.values(row.via).map((v) => v.record))
    if (row.kind !== 'letter' || !letters.some((l) => now - Date.parse(l.published) < RECENT)) return false
    return (opened.get(row.id) ?? 0) < Math.max(...letters.map((l) => l.number))
  }).length
}
