/**
 * Names in the guide's texts. A text says {{.familjecentralen}} where the
 * service with that key is meant, {{.familjecentralen_place}} where its place
 * is, and {{.municipality}}: so translations outlive a change of name, and
 * another municipality can take them over. They are put in when a text is
 * drawn; the server's twin is internal/guide/name.go, and both must say the
 * same of its testdata/names.json.
 */

/**
 * @typedef {{name: string, place: string, title: string}} Named an entry as texts name it, its title in the reader's language
 * @typedef {{municipality: string, entries: Record<string, Named>}} Names entries by key
 */

const PLACEHOLDER = /\{\{\.([a-z0-9_]+)\}\}/g
const PLACE = '_place'

/**
 * The text with names in the place of placeholders: an entry's name, or its title where it has none, or what the key
 * says where there is no such entry. Where the text runs from the right they are isolated, so that a Swedish name does
 * not turn the sentence's order round.
 * @param {Names} names
 * @param {string} text
 * @param {boolean} rtl
 */
export function putNames(names, text, rtl) {
  return put(names, text, rtl, true)
}

/**
 * @param {Names} names
 * @param {string} text
 * @param {boolean} rtl
 * @param {boolean} titles
 * @returns {string}
 */
function put(names, text, rtl, titles) {
  if (!text.includes('{{')) return text
  return text.replace(PLACEHOLDER, (_, word) => {
    const name = nameOf(names, word, titles)
    return rtl ? `\u2068${name}\u2069` : name
  })
}

/**
 * A title may name others, which then go by their names only: two titles can't name each other for ever.
 * @param {Names} names
 * @param {string} word
 * @param {boolean} titles
 */
function nameOf(names, word, titles) {
  if (word === 'municipality') return names.municipality
  const ofPlace = word.endsWith(PLACE)
  const key = ofPlace ? word.slice(0, -PLACE.length) : word
  const entry = Object.prototype.hasOwnProperty.call(names.entries, key) ? names.entries[key] : undefined
  return (ofPlace && entry?.place) || entry?.name || (titles && entry?.title ? put(names, entry.title, false, false) : '') || key.replaceAll('_', ' ')
}
