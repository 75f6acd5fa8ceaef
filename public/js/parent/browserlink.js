/**
 * A link that Android opens in the phone's browser, or "" on other systems.
 * @param {string} url
 * @param {string} agent
 */
export function browserLink(url, agent) {
  if (!/Android/.test(agent)) return ''
  const { protocol, host, pathname, hash } = new URL(url)
  return `intent://${host}${pathname}${hash}#Intent;scheme=${protocol.slice(0, -1)};action=android.intent.action.VIEW;`
    + 'category=android.intent.category.BROWSABLE;end'
}
