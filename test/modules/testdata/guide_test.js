import { forAges } from '/js/data/guide.js'
import { putNames } from '/js/data/guidenames.js'
import { fold, indexOf } from '/js/data/guidesearch.js'
import { same } from './assert.js'

/** @param {string} text @param {string} [source] */
const said = (text, source = text) => [{ text, locale: 'x', state: 'machine', source }]

/** @param {string} key @param {string} name @param {string} title @param {string} source @param {string[]} also @param {string} text */
const entry = (key, name, title, source, also = [], text = '') => ({
  id: key, key, name, title: said(title, source), also, place: { name: '', address: '' },
  sections: [{ part: 'summary', blocks: [{ kind: 'paragraph', sentences: said(text) }] }],
})

const guide = {
  entries: [
    entry('steget', 'Steget', 'مجموعة دعم للأطفال', 'Stödgrupp för barn', ['missbruk'], 'Barn får prata om hur det är hemma.'),
    entry('bvc', 'BVC', 'صحة الطفل', 'Hälsovård för de minsta', ['barnavårdscentralen']),
    entry('absence', '', 'ካብ ቤት ትምህርቲ ምብኳር', 'När det är svårt att gå till skolan', ['skolfrånvaro']),
    entry('midwife', 'Åhuset', 'یارمەتی بۆ دایکان', 'Hjälp för mammor'),
  ],
  worries: [{ id: 'w', key: 'alcohol', title: said('الكحول في البيت', 'Alkohol hemma'), synonyms: said('خمر، سكر', 'dricker, full, supa'), guide: ['steget'], order: 1 }],
  groups: [],
}
const find = indexOf(guide)
/** @param {string} query */
const first = (query) => find(query).entries[0]?.key ?? ''

export default {
  'names are put in as the server does': async () => {
    const { names, texts } = await (await fetch('/guide/names.json')).json()
    if (texts.length < 5) throw new Error('there are hardly any texts')
    for (const { text, ltr, rtl } of texts) {
      same(putNames(names, text, false), ltr, text)
      same(putNames(names, text, true), rtl, text)
    }
  },

  'what is made for an age stands before what goes on around it, and that before what ends there': () => {
    const of = (/** @type {string} */ id, /** @type {number} */ from, /** @type {number} */ to, type = 'service') => ({ id, type, ages: [from, to], order: 1 })
    const all = [of('everybody', 0, 20), of('preschool', 1, 6), of('school', 6, 12), of('words', 6, 12, 'knowledge'), of('babies', 0, 5), of('some', 6, 9)]
    same(forAges(/** @type {any} */ (all), 6, 12).map(({ id }) => id), ['school', 'some', 'everybody', 'preschool', 'words'])
  },

  'one letter is one letter, however it is written': () => {
    same(fold('Åäö'), 'aao')
    same(fold('أإآٱ'), 'اااا')
    same(fold('كـتاب'), fold('کتاب'))
    same(fold('مدرسة'), fold('مدرسه'))
    same(fold('علی'), fold('على'))
    same(fold('مُحَمَّد'), 'محمد')
    same(fold('می‌خواهم'), fold('میخواهم'))
    same(fold('Işık Łódź'), 'isik lodz')
    same(fold('ትግርኛ'), 'ትግርኛ')
  },

  'names, titles, other names, worries and texts are found in both languages': () => {
    same(first('steget'), 'steget')
    same(first('Stödgrupp'), 'steget')
    same(first('missbruk'), 'steget')
    same(first('prata hemma'), 'steget')
    same(first('supa'), 'steget')
    same(first('خمر'), 'steget')
    same(find('alkohol').worries.map((w) => w.key), ['alcohol'])
    same(first('barnavardscentralen'), 'bvc')
    same(first('ቤት ትምህርቲ'), 'absence')
    same(first('یارمەتی'), 'midwife')
  },

  'words may be begun, misspelt, or without marks and article': () => {
    same(first('ste'), 'steget')
    same(first('stegt'), 'steget')
    same(first('skolfranvara'), 'absence')
    same(first('ahuset'), 'midwife')
    same(first('اطفال'), 'steget')
    same(first('للاطفال'), 'steget')
    same(first('franvaro'), 'absence')
  },

  'nothing is found for nothing, and for what is not there': () => {
    same(find(''), { entries: [], worries: [] })
    same(find('   '), { entries: [], worries: [] })
    same(find('xyzzyq'), { entries: [], worries: [] })
    same(find('.*+?^${}()|[]\\'), { entries: [], worries: [] })
  },
}
