/** When a parent is asked whether her phone may ring: seldom, and never again after she said no twice. */

/** How often at most, and the time between, in ms. */
const LIMITS = { times: 2, pause: 30 * 24 * 60 * 60_000 }

/** @typedef {{times: number, last: number}} Asked how often she said "not now", and when last */

/**
 * Whether she may be asked.
 * @param {Asked | undefined} asked
 * @param {number} now
 */
export const mayAsk = (asked, now) => !asked || asked.times < LIMITS.times && now - asked.last >= LIMITS.pause
