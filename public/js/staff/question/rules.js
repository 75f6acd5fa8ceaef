/**
 * What could make a question of the day better. The rules are data, which the
 * server gives (package question): the program's own, as the municipality
 * changed them, and those of its policy.
 *
 * A rule finds fault where something it looks for is there, or missing. What it
 * looks for is written as people write it: small letters, `*` for any letters
 * at a word's beginning or end, and alone for any one word.
 *
 * @typedef {object} Rule
 * @property {string} id
 * @property {boolean} [sign] shown also where it finds no fault
 * @property {string} [advice] the municipality's own words; otherwise staff.question.advice.<id>
 * @property {string[]} [finds] one of these is there
 * @property {string[]} [lacks] none of these is there
 * @property {string[]} [begins] it begins with one of these
 * @property {string[]} [ends] it ends with none of these signs
 * @property {string[]} [except] where one of these stands, nothing is found or begun with
 * @property {string[]} [often] more of these than `most`
 * @property {number} [most]
 * @property {number} [marks] more question marks than this
 * @property {number} [words] more words than this
 * @property {boolean} [names] somebody is named
 *
 * @typedef {{least: number, rules: Rule[]}} Rules least: of a text with fewer signs nothing is said
 * @typedef {{rule: Rule, well: boolean, found: string[]}} Sign found: the words at fault
 * @typedef {{start: number, end: number}} Span
 */

const TOKEN = /\p{L}[\p{L}\p{N}’'-]*|\p{N}+|[,?]/gu

/**
 * What every rule says of a question, in the rules' order; null of a text too
 * short to say anything about.
 * @param {string} question
 * @param {Rules} rules
 * @param {(text: string) => string[]} namesIn who is named in a text
 * @returns {Sign[]|null}
 */
export function signsOf(question, { least, rules }, namesIn = () => []) {
  const text = question.normalize('NFC').trim()
  if ([...text].length < least) return null
  const tokens = tokensOf(text)
  return rules.map((rule) => {
    const { at, found } = faultOf(rule, text, tokens, namesIn)
    return { rule, well: !at, found: [...new Set(found)] }
  })
}

/** The words of a rule that a municipality can change; null where it has none. @param {Rule} rule */
export const wordsOf = ({ begins, finds }) => begins ?? finds ?? null

/** Letters of other scripts than Swedish uses: a parent's wish that nobody has worded in Swedish yet. @param {string} text */
export const isForeign = (text) => {
  const letters = text.match(/\p{L}/gu) ?? []
  return letters.length > 0 && letters.filter((l) => !/\p{Script=Latin}/u.test(l)).length > letters.length / 2
}

/** @typedef {{word: string, start: number, end: number}} Token */

/** @param {string} text @returns {Token[]} words in small letters, commas and question marks */
const tokensOf = (text) => [...text.matchAll(TOKEN)].map(({ 0: word, index }) => ({ word: word.toLocaleLowerCase('sv'), start: index ?? 0, end: (index ?? 0) + word.length }))

/**
 * @param {Rule} rule
 * @param {string} text
 * @param {Token[]} tokens
 * @param {(text: string) => string[]} namesIn
 * @returns {{at: boolean, found: string[]}}
 */
function faultOf(rule, text, tokens, namesIn) {
  const excepted = spansOf(rule.except ?? [], tokens)
  const open = (/** @type {Span} */ span) => !excepted.some((e) => e.start < span.end && span.start < e.end)
  const wordsAt = (/** @type {Span[]} */ spans) => spans.map(({ start, end }) => text.slice(start, end))
  const said = wordsAt([
    ...spansOf(rule.finds ?? [], tokens).filter(open),
    ...(rule.begins ?? []).flatMap((p) => spanAt(patternOf(p), tokens, 0) ?? []).filter(open).slice(0, 1),
  ])
  if (rule.names) said.push(...namesIn(text))
  const often = spansOf(rule.often ?? [], tokens.slice(1))
  if (often.length > (rule.most ?? 0)) said.push(...wordsAt(often))
  return { at: said.length > 0 || failsWhole(rule, text, tokens), found: said }
}

/** What is said of the question as a whole, with no word at fault. @param {Rule} rule @param {string} text @param {Token[]} tokens */
function failsWhole({ lacks, ends, marks, words }, text, tokens) {
  const count = (/** @type {string} */ sign) => tokens.filter(({ word }) => word === sign).length
  return (lacks !== undefined && spansOf(lacks, tokens).length === 0)
    || (ends !== undefined && !ends.some((sign) => text.replace(/["”’»)\s]+$/u, '').endsWith(sign)))
    || (marks !== undefined && count('?') > marks)
    || (words !== undefined && tokens.filter(({ word }) => word !== ',' && word !== '?').length > words)
}

/** @param {string[]} patterns @param {Token[]} tokens @returns {Span[]} where they are, in the text's order */
function spansOf(patterns, tokens) {
  const parsed = patterns.map(patternOf)
  return tokens.flatMap((_, at) => parsed.flatMap((p) => spanAt(p, tokens, at) ?? []).slice(0, 1))
}

/** @typedef {((word: string) => boolean)[]} Pattern one test a word */

/** @param {string} written @returns {Pattern} */
const patternOf = (written) => written.toLocaleLowerCase('sv').trim().split(/\s+/).map((word) => {
  const core = word.replaceAll('*', '')
  const [before, after] = [word.startsWith('*'), word.endsWith('*')]
  if (!core) return (w) => w !== ',' && w !== '?'
  if (before && after) return (w) => w.includes(core)
  if (before) return (w) => w.endsWith(core)
  return after ? (w) => w.startsWith(core) : (w) => w === core
})

/** @param {Pattern} pattern @param {Token[]} tokens @param {number} at @returns {Span|null} */
const spanAt = (pattern, tokens, at) =>
  at + pattern.length <= tokens.length && pattern.every((fits, i) => fits(tokens[at + i].word))
    ? { start: tokens[at].start, end: tokens[at + pattern.length - 1].end } : null
