/**
 * The locales of the interface, so that the very first screen can offer them
 * before anything was fetched. A Go test compares the list with locales/.
 *
 * @typedef {{tag: string, name: string, dir: 'ltr' | 'rtl'}} Locale
 * @type {Locale[]}
 */
export const LOCALES = [
  { tag: 'sv', name: 'Svenska', dir: 'ltr' },
  { tag: 'sv-simple', name: 'Lätt svenska', dir: 'ltr' },
  { tag: 'ar', name: 'العربية', dir: 'rtl' },
  { tag: 'ckb', name: 'کوردیی ناوەندی', dir: 'rtl' },
  { tag: 'en', name: 'English', dir: 'ltr' },
  { tag: 'fa', name: 'فارسی', dir: 'rtl' },
  { tag: 'fa-AF', name: 'دری', dir: 'rtl' },
  { tag: 'fi', name: 'Suomi', dir: 'ltr' },
  { tag: 'ku', name: 'Kurmancî', dir: 'ltr' },
  { tag: 'pl', name: 'Polski', dir: 'ltr' },
  { tag: 'ps', name: 'پښتو', dir: 'rtl' },
  { tag: 'so', name: 'Soomaali', dir: 'ltr' },
  { tag: 'ti', name: 'ትግርኛ', dir: 'ltr' },
  { tag: 'tr', name: 'Türkçe', dir: 'ltr' },
  { tag: 'uk', name: 'Українська', dir: 'ltr' },
]

/** The language everything is written in first. */
export const SOURCE = 'sv'

/** Its plain form: what is not translated is read in it, where somebody has written it so. */
export const SIMPLE = 'sv-simple'

/** @param {string} tag */
export const isLocale = (tag) => LOCALES.some((l) => l.tag === tag)

/** @param {string} tag */
export const localeName = (tag) => LOCALES.find((l) => l.tag === tag)?.name ?? tag

/**
 * Where a text in this locale starts on the line.
 * @param {string} tag
 */
export const localeDir = (tag) => LOCALES.find((l) => l.tag === tag)?.dir ?? 'ltr'

/**
 * The value of lang attributes: every one of our locales is a registered BCP 47 tag, lätt svenska too.
 * @param {string} tag
 */
export const langTag = (tag) => tag

/** Tags that browsers send for locales that go under another here. @type {Record<string, string[]>} */
const ALIASES = { prs: ['fa', 'AF'], kmr: ['ku'] }

/**
 * The best of our locales for the languages that a browser asks for, as the server finds it: each is looked up as RFC
 * 4647 says, as it is, then with its last subtag taken away. Where nothing suits, English for somebody who asked for
 * other languages, and the source for somebody who asked for none.
 * @param {readonly string[]} wanted BCP 47 tags, best first
 */
export function negotiate(wanted) {
  for (const tag of wanted) {
    const found = nearest(tag)
    if (found) return found
  }
  return wanted.length > 0 ? 'en' : SOURCE
}

/**
 * The one of our locales that a language is read in, or undefined.
 * @param {string} tag BCP 47
 */
export function nearest(tag) {
  const [language, ...rest] = tag.split('-')
  const subtags = [...ALIASES[language.toLowerCase()] ?? [language], ...rest]
  // sv-SE-simple is sv-simple, however many subtags stand between.
  const simple = rest.some((subtag) => subtag.toLowerCase() === 'simple') ? find(`${subtags[0]}-simple`) : undefined
  let found = simple
  for (let n = subtags.length; n > 0 && !found; n--) found = find(subtags.slice(0, n).join('-'))
  return found
}

/** @param {string} tag */
const find = (tag) => LOCALES.find((l) => l.tag.toLowerCase() === tag.toLowerCase())?.tag
