/**
 * Style sheets that a page needs, fetched with it: all of staff's pages have
 * staff.css, and each kind of page one of its own.
 */

/** @type {Map<string, Promise<void>>} */
const loading = new Map()

/**
 * Resolves when a style sheet holds, so that nothing is drawn without it, or
 * when it can't be had.
 * @param {string} name of the file in /css, without its ending
 * @returns {Promise<void>}
 */
export function loadStyles(name) {
  // The page may ask for the file in advance (rel=preload), which applies nothing.
  const styles = loading.get(name) ?? fetched(name)
  loading.set(name, styles)
  return styles
}

/** @param {string} name @returns {Promise<void>} */
function fetched(name) {
  const link = document.createElement('link')
  link.rel = 'stylesheet'
  link.href = `/css/${name}.css`
  return new Promise((resolve) => {
    link.onload = () => resolve()
    link.onerror = () => {
      loading.delete(name)
      resolve()
    }
    document.head.append(link)
  })
}
