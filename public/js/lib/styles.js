/** Style sheets that only some views need. */

/** @type {Map<string, Promise<void>>} */
const loaded = new Map()

/**
 * Fetches a style sheet once; resolves when it holds, or could not be had: a view without it still reads well.
 * @param {string} href
 * @returns {Promise<void>}
 */
export function loadStyles(href) {
  const known = loaded.get(href)
  if (known) return known
  const link = document.createElement('link')
  link.rel = 'stylesheet'
  link.href = href
  /** @type {Promise<void>} */
  const loading = new Promise((resolve) => {
    link.onload = () => resolve()
    link.onerror = () => {
      link.remove()
      loaded.delete(href)
      resolve()
    }
  })
  loaded.set(href, loading)
  document.head.append(link)
  return loading
}
