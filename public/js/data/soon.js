/**
 * Syncing for modules that must not wait for it: the part that talks to the
 * server is fetched after the first screen was drawn.
 */

/** Starts syncing for as long as the page lives. */
export const startSyncSoon = () => withSchedule((schedule) => schedule.startSync())

/** Syncs once, as soon as can be. */
export const syncSoon = () => withSchedule((schedule) => schedule.syncNow())

/** @param {(schedule: typeof import('./schedule.js')) => void} work */
async function withSchedule(work) {
  try {
    work(await import('./schedule.js'))
  } catch (error) {
    // A first visit whose network went away; the next start tries again.
    console.warn('load sync', error)
  }
}
