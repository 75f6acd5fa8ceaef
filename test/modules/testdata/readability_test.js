import { checksOf, figuresOf, longOnes, sentencesOf } from '/js/staff/letter/readability.js'
import { same } from './assert.js'

/** @param {string[]} texts */
const letter = (...texts) => ({
  title: '', question: '', groups: [], sensitive: false, blocks: texts.map((text, i) => ({ id: String(i), kind: 'paragraph', text })),
})

/** @param {string} name @param {string[]} texts */
const found = (name, ...texts) => {
  const { well, found } = checksOf(/** @type {any} */ (letter(...texts))).find((c) => c.name === name) ?? { well: false, found: [] }
  return [well, found]
}

export default {
  'LIX is the mean sentence plus the percentage of long words'() {
    const figures = figuresOf(sentencesOf('Välkomna till vår förskola. Vi har möte om barnens sömn.'))
    // 4 + 6 words in 2 sentences. Välkomna (8), förskola (8) and barnens (7) are long; möte and sömn are not: 10 / 2 + 3 · 100 / 10 = 35.
    same([figures.words, figures.sentences, figures.long, figures.mean, figures.lix, figures.level], [10, 2, 3, 5, 35, 'easy'])
  },
  'six letters are not long, and figures are no letters'() {
    // Barnet (6), 123456789, 2026-11-26, nästan (6): 8 words, 1 sentence, none long.
    const figures = figuresOf(sentencesOf('Barnet ringer 123456789 nästan jämt den 2026-11-26 och.'))
    same([figures.words, figures.long, figures.lix, figures.level], [8, 0, 8, ''])
  },
  'the steps of the scale'() {
    // n words of which k are long, in one sentence: n + 100 · k / n.
    const lix = (/** @type {number} */ n, /** @type {number} */ k) => {
      const { lix, level } = figuresOf([[...Array(k).fill('barnvagn'), ...Array(n - k).fill('barn')].join(' ')])
      return [lix, level]
    }
    same([lix(20, 1), lix(20, 2), lix(20, 4), lix(20, 6), lix(20, 8)],
      [[25, 'very_easy'], [30, 'easy'], [40, 'medium'], [50, 'hard'], [60, 'very_hard']])
  },
  'a time and an abbreviation end no sentence'() {
    same(sentencesOf('Vi ses kl. 9.30 i hallen. Ta med t.ex. Emils stövlar! Går det bra? Ja.'),
      ['Vi ses kl. 9.30 i hallen.', 'Ta med t.ex. Emils stövlar!', 'Går det bra?', 'Ja.'])
    same(sentencesOf('Hej!\nVi ses.\n\n'), ['Hej!', 'Vi ses.'])
  },
  'a sentence of more than twenty words is shown'() {
    const words = (/** @type {number} */ n) => Array(n).fill('barn').join(' ')
    same(longOnes([words(20), words(21)]), [words(21)])
    same(found('one_thing', `${words(20)}.`), [true, []])
    same(found('one_thing', `${words(21)}.`), [false, [`${words(21)}.`]])
  },
  'who does it'() {
    same(found('who', 'Stövlarna ska lämnas i hallen. Man bör ringa. Blanketten måste skickas in.'), [false, ['ska lämnas', 'Man', 'måste skickas']])
    same(found('who', 'Vi ska ses på fredag. Vi kan hjälpas åt. Ni kan alltid ringa. Emanuel kommer.'), [true, []])
  },
  'dates are written out'() {
    same(found('dates', 'Vi ses 26/11, 2026-11-26 och 26.11.2026, eller v. 48 eller vecka 49.'), [false, ['26/11', '2026-11-26', '26.11.2026', 'v. 48', 'vecka 49']])
    same(found('dates', 'Vi ses torsdag den 26 november klockan 17.30. Ring 070-123 45 67.'), [true, []])
  },
  'abbreviations, with points, spaces or neither'() {
    same(found('short', 'Ta med t.ex. stövlar, vantar m.m. Vi ses kl. 9, dvs tidigt, p.g.a. vädret osv.'), [false, ['t.ex.', 'm.m.', 'kl.', 'dvs', 'p.g.a.', 'osv.']])
    same(found('short', 'Ta med t ex stövlar, bl a gröna.'), [false, ['t ex', 'bl a']])
    same(found('short', 'Vi åt en del. Max har etchat. Vi cyklar så. Min mor är klar. I dag är allt bra.'), [true, []])
  },
  'a greeting and thanks'() {
    same(found('greeting', 'Hej alla föräldrar!', 'Vi lekte.', 'Tack för i dag.'), [true, []])
    same(found('greeting', 'Vi lekte.', 'Tack för i dag.')[0], false)
    same(found('greeting', 'Hej!', 'Vi lekte.')[0], false)
    same(found('greeting')[0], false)
  },
}
