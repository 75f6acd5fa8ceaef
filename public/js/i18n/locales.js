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

/**
 * The best of our locales for the languages that a browser asks for, the source when there is none.
 * @param {readonly string[]} wanted BCP 47 tags, best first
 */
export function negotiate(wanted) {
  for (const tag of wanted) {
    const exact = LOCALES.find((l) => l.tag.toLowerCase() === tag.toLowerCase())
    if (exact) return exact.tag
    const language = tag.toLowerCase().split('-')[0]
    const near = LOCALES.find((l) => l.tag === language)
    if (near) return near.tag
  }
  return SOURCE
}
