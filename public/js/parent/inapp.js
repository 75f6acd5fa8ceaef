/**
 * Browsers inside other apps: a scanner's or a chat app's own window, whose
 * storage is apart from the real browser's and may be gone tomorrow.
 */

const TOKENS = /FBAN|FBAV|FB_IAB|Instagram|WhatsApp|MicroMessenger|Snapchat|\bLine\/|Twitter|TikTok|musical_ly|Bytedance|LinkedInApp|Pinterest|KAKAOTALK|Viber|Telegram|GSA\/|; wv\)/

/**
 * Whether a user agent is such a browser. An app installed on an iPhone's home screen has no Safari token either; it
 * is not one.
 * @param {string} agent
 * @param {boolean} installed
 */
export function isInApp(agent, installed) {
  if (installed) return false
  const appleWithoutSafari = /iPhone|iPad|iPod/.test(agent) && !/Safari\//.test(agent)
  return TOKENS.test(agent) || appleWithoutSafari
}

/** Whether this page runs in such a browser. */
export const inApp = () => isInApp(navigator.userAgent, isInstalled())

/** Whether this page runs as an installed app. */
export const isInstalled = () =>
  /** @type {any} */ (navigator).standalone === true || matchMedia('(display-mode: standalone)').matches
