/**
 * The names of spoken and signed languages in the reader's own, for choosing
 * an interpreter. Any language may be asked for: what is not in the list is
 * written in words.
 */
import { SOURCE, locale, t } from './messages.js'
import { formatTag } from './numbers.js'

/** What interpreters are often asked for in Sweden; browsers know the names of most of them. */
const SPOKEN = [
  'am', 'ar', 'az', 'bg', 'bn', 'bs', 'ckb', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'fa', 'fa-AF', 'fi', 'fr', 'gu', 'ha', 'he', 'hi',
  'hr', 'hu', 'hy', 'id', 'ig', 'it', 'ja', 'ka', 'kk', 'ko', 'ku', 'ky', 'lg', 'ln', 'lt', 'lv', 'mk', 'ml', 'mn', 'ne', 'nl', 'om', 'pa',
  'pl', 'ps', 'pt', 'rn', 'ro', 'ru', 'rw', 'si', 'sk', 'sl', 'so', 'sq', 'sr', 'sw', 'ta', 'tg', 'th', 'ti', 'tk', 'tl', 'tr', 'ug', 'uk',
  'ur', 'uz', 'vi', 'wo', 'yo', 'yue', 'zh',
]

/** Names in the language itself, which many browsers lack. @type {Record<string, string>} */
const OWN_NAMES = { ckb: 'کوردیی ناوەندی', ku: 'Kurmancî', 'fa-AF': 'دری', ti: 'ትግርኛ', so: 'Soomaali', om: 'Afaan Oromoo', rn: 'Ikirundi', ug: 'ئۇيغۇرچە' }

/** Sign languages that have a tag. */
export const SIGNED = ['swl', 'ils']

/**
 * A language's name in the reader's language; in its own where this browser has no names in hers; or as it was written.
 * @param {string} tag BCP 47, or a language in words
 */
export function languageName(tag) {
  if (SIGNED.includes(tag)) return t(`interpreter.sign_${tag}`)
  const language = formatTag()
  const lacking = language === SOURCE && locale().split('-')[0] !== SOURCE
  return (lacking ? OWN_NAMES[tag] ?? nameIn(tag, tag) : undefined) ?? nameIn(language, tag) ?? OWN_NAMES[tag] ?? tag
}

/**
 * The languages to choose from by name, without those given.
 * @param {string[]} without
 * @returns {{tag: string, name: string}[]}
 */
export function spokenLanguages(without) {
  const collator = new Intl.Collator(formatTag())
  return SPOKEN.filter((tag) => !without.includes(tag)).map((tag) => ({ tag, name: languageName(tag) }))
    .sort((a, b) => collator.compare(a.name, b.name))
}

/**
 * The phone's own languages and the one the app is read in, those first that an interpreter may be wanted for.
 * @returns {string[]}
 */
export function ownLanguages() {
  const own = [locale(), ...navigator.languages].map((tag) => (SPOKEN.includes(tag) ? tag : tag.toLowerCase().split('-')[0]))
  return own.filter((tag, i) => tag !== 'sv' && SPOKEN.includes(tag) && own.indexOf(tag) === i)
}

/**
 * @param {string} language to name it in
 * @param {string} tag
 * @returns {string | undefined} undefined where this browser knows no name
 */
function nameIn(language, tag) {
  try {
    return new Intl.DisplayNames([language], { type: 'language', fallback: 'none' }).of(tag)
  } catch {
    return undefined // not a tag: a language in words
  }
}
