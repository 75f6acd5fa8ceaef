/**
 * What kind of phone and browser this is, as far as notifications differ from
 * one to the other: what has to be done first, and where a permission that was
 * refused is given again.
 */

/** The first version of iOS and iPadOS whose installed web apps can be reached: 16.4. */
const REACHABLE = 1604

/** @typedef {'iphone' | 'ipad' | 'android' | 'computer'} System */

/**
 * @typedef {object} Platform
 * @property {System} system
 * @property {boolean} firefox
 * @property {number} version of iOS or iPadOS, such as 1604 for 16.4; 0 on other systems, and where the browser doesn't tell
 */

/**
 * Reads a user agent. An iPad says that it is a Mac, but no Mac has a screen for fingers.
 * @param {string} agent
 * @param {number} touches how many fingers its screen can tell apart
 * @returns {Platform}
 */
export function platformOf(agent, touches) {
  const firefox = /Firefox\/|FxiOS/.test(agent)
  if (/iPhone|iPod/.test(agent)) return { system: 'iphone', firefox, version: appleVersion(agent) }
  if (/iPad/.test(agent) || /Macintosh/.test(agent) && touches > 1) return { system: 'ipad', firefox, version: appleVersion(agent) }
  return { system: /Android/.test(agent) ? 'android' : 'computer', firefox, version: 0 }
}

/**
 * What stands in the way of notifications, "" for nothing: `in_app` inside another app's own browser, `old` an iPhone
 * that can't have them, `install` one that can once the app is on its home screen, `unsupported` any other browser
 * without.
 * @param {Platform} platform
 * @param {{installed: boolean, inApp: boolean, able: boolean}} here
 * @returns {'' | 'in_app' | 'old' | 'install' | 'unsupported'}
 */
export function obstacle({ system, version }, { installed, inApp, able }) {
  if (inApp) return 'in_app'
  const apple = system === 'iphone' || system === 'ipad'
  if (apple && version > 0 && version < REACHABLE) return 'old'
  if (apple && !installed) return 'install'
  return able ? '' : 'unsupported'
}

/** @param {string} agent */
function appleVersion(agent) {
  const [, major, minor] = /\bVersion\/(\d+)\.(\d+)/.exec(agent) ?? /\bOS (\d+)_(\d+)/.exec(agent) ?? []
  return major ? Number(major) * 100 + Number(minor) : 0
}
