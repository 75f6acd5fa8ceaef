/**
 * People's names in Swedish running text: capitalised words that are first
 * names, and capitalised words that stand where only a name does ("X:s mamma",
 * "Grattis X").
 *
 * @import {Found} from './number.js'
 */
import { NAMES, WORDS_TOO } from './names.js'

const CAPITALISED = /\p{Lu}[\p{L}\p{M}’']*(?:-\p{L}+)*(?::s)?/gu

const RELATION = '(?:mamma|pappa|mamman|pappan|mammor|pappor|föräldrar|förälder|vårdnadshavare|mormor|morfar|farmor|farfar|moster|faster|morbror|farbror|syster|bror|storasyster|storebror|lillasyster|lillebror|tvillingsyster|tvillingbror|syskon|kusin|familj|styvpappa|styvmamma|bonuspappa|bonusmamma|gudmor|barnvakt|kalas|födelsedag)'
const HERS = new RegExp(`^ ${RELATION}(?!\\p{L})`, 'u')
/** What stands before a name, and nothing else in that place. */
const BEFORE = new RegExp(
  `(?:^|[^\\p{L}])(?:${RELATION}(?:en|n)? (?:till|åt)|mamman? (?:till|åt)|pappan? (?:till|åt)|lill[ae]|pojken|flickan|killen|tjejen|elev|eleven|barnet|kompisen|heter|kallas|hette|döpt till|grattis|grattar|gratulerar|gratulera|välkomnar|familjen|kalas hos|hemma hos)[ ,:("”]{1,2}$`, 'iu')
/** What a person does at the beginning of a sentence, where a Swedish word would be in the name's place. */
const DOES = /^ (?:fyller|fyllde|slog|slår|grät|gråter|bråkar|bråkade|kissade|ramlade|somnade|sover|sov|sjöng|dansade|vann|saknar|saknade|började|börjar|berättade|sa|säger|ville|leker|lekte|skrattade|har (?:brutit|ont|fått|slutat|varit))(?!\p{L})/u
const AGE = /^ (?:fyller|fyllde|har fyllt) /u
/** Kungsgatan, Maria kyrka: called after somebody. */
const CALLED_AFTER = /^ (?:kyrka|kyrkan|församling|skola|skolan|förskola|torg|park|parken|gata|väg|plats|dag)(?!\p{L})/u

/**
 * @param {string} text plain
 * @returns {Found[]}
 */
export function namesIn(text) {
  const found = [...text.matchAll(CAPITALISED)].map(({ 0: word, index = 0 }) => ({ start: index, end: index + word.length, text: word }))
  return found.filter((f) => isName(f.text, text.slice(0, f.start), text.slice(f.end)))
}

/** @param {string} word capitalised @param {string} before @param {string} after */
function isName(word, before, after) {
  if (/(?:^|[^\p{L}])(?:Sankt|Sankta|S:t|S:ta) $/u.test(before) || CALLED_AFTER.test(after)) return false
  const first = beginsSentence(before)
  if (BEFORE.test(before) && !/^(?:Till|Den|Det|Ni|Vi|Alla)$/u.test(word)) return true
  if (!first && AGE.test(after)) return true
  if (isHers(word, first) && HERS.test(after)) return true
  const forms = formsOf(word)
  if (forms.some((form) => WORDS_TOO.has(form))) return !first || DOES.test(after)
  return forms.some((form) => NAMES.has(form))
}

/** @param {string} before */
const beginsSentence = (before) => /(?:^|[.!?…:\n]|[.!?…]["”’»)]+)\s*(?:[-•*]\s*)?["”’»(]?$/u.test(before)

/** A genitive; at a sentence's beginning one of a name, not of barnens, familjens or any other word. @param {string} word @param {boolean} first */
const isHers = (word, first) => /(?:s|x|z)$/u.test(word) && !(first && (/(?:[aeionr]ns|ets|nas|rnas|rs|ars)$/u.test(word) || /^(?:Hans|Dess|Vars|Allas|Ens|Deras|Vems|Vilkens|Någons|Ingens|Varandras|Hennes|Barns|Elevs)$/u.test(word)))

/** The name itself, without a genitive's s, and the first of two joined names. @param {string} word */
function formsOf(word) {
  const whole = word.toLocaleLowerCase('sv').replace(/[’']s$|:s$/u, '')
  const bare = /[^sxz]s$/u.test(whole) ? whole.slice(0, -1) : whole
  return [...new Set([whole, bare, bare.split('-')[0]])]
}
