/**
 * The languages that parents ask interpreters for: known ones by their tag,
 * others as the parent wrote them.
 */
import { langTag, locale } from '../../i18n/messages.js'

/**
 * A language in the reader's own language, or as it was written.
 * @param {string} language a BCP 47 tag or a text
 */
export function languageWords(language) {
  try {
    const names = new Intl.DisplayNames([langTag(locale()), 'sv'], { type: 'language', fallback: 'none' })
    return capital(names.of(language) ?? language)
  } catch {
    return language // no tag at all
  }
}

/** As at the beginning of a sentence. @param {string} name */
const capital = (name) => name.slice(0, 1).toLocaleUpperCase(langTag(locale())) + name.slice(1)
