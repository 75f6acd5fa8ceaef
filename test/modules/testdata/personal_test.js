import { findPersonal, knownOf } from '/js/staff/personal/find.js'
import { placesOf } from '/js/staff/meeting/personal.js'
import { same } from './assert.js'

const units = { names: ['Maria Ekberg', 'Tallen', 'Förskolan Granbacken'], mails: ['@bjorkhult.example'], lines: ['Oskar Brandt, 0980-319 211', 'Granbacksvägen 4, Björkhult'], allowed: ['Saga'] }
const known = knownOf(units, 'Eva Lund')

/** What is asked about in an invitation. @param {Record<string, string>} texts */
const invited = (texts) => placesOf(
  /** @type {any} */ ({ among: (/** @type {any[]} */ parts) => parts.flatMap((p) => findPersonal(p.text, known, p.kind).map((f) => ({ ...f, field: p.id }))) }),
  { question: '', information: '', place: '', contact: '', heldBy: '', ...texts },
).map((f) => `${f.field} ${f.kind} ${f.text}`)

/** @param {string} text @param {string} [kind] */
const found = (text, kind) => findPersonal(text, known, kind).map((f) => `${f.kind} ${f.text}`)

export default {
  'what is the unit\'s own may stand'() {
    same(found('Ring Oskar Brandt på +46 980 31 92 11 eller mejla granbacken@bjorkhult.example.'), [])
    same(found('Vi ses på Granbacksvägen 4. Hälsar Maria och Eva'), [])
    same(found('Vi läser om Saga och sedan om Ronja Rövardotter.'), [])
    same(found('Ring 112, 1177, 114 14 eller växeln 010-123 40 00.'), [])
  },
  'in a contact and a place stands what they are for'() {
    same(found('Ring 070-123 45 67 eller a@gmail.com', 'contact'), [])
    same(found('Storgatan 5B', 'place'), [])
    same(found('Hemma hos Alva, Storgatan 5B', 'place'), ['name Alva'])
    same(found('180312-2397', 'contact'), ['number 180312-2397'])
  },
  'in an invitation the unit\'s own number stands, others are asked about'() {
    same(invited({ contact: 'Oskar Brandt, 0980-319 211, granbacken@bjorkhult.example', place: 'Granbacksvägen 4', heldBy: 'Kerstin Alm' }), [])
    same(invited({ contact: 'Ring Kerstin, 0980-319 211', heldBy: 'Kerstin Alm' }), [])
    same(invited({ contact: 'Ring Alvas mamma, 070-123 45 67', place: 'Hemma hos Alva' }), ['place name Alva', 'contact name Alvas', 'contact phone 070-123 45 67'])
    same(invited({ information: 'Noor fyller fem. Ring 070-123 45 67.', question: 'Hur hjälper vi Alva?' }), ['question name Alva', 'information name Noor', 'information phone 070-123 45 67'])
  },
  'where it stands'() {
    const [first, second] = findPersonal('Alvas mamma har 070\u00a0123\u00a045\u00a067.', known)
    same([first.text, first.start, first.end], ['Alvas', 0, 5])
    same([second.kind, second.text], ['phone', '070\u00a0123\u00a045\u00a067'])
  },
  'times, days and prices are no numbers of anybody\'s'() {
    same(found('Vi ses 08.00–16.00 den 01.02.2026, 2026-11-26, för 1 200 kr. Bankgiro 123-4567.'), [])
  },
  'a Swedish word may begin a sentence'() {
    same(found('Hans kläder är blöta. Tala med oss. Max tio får plats. Rosa är fint.'), [])
    same(found('I dag fyller Juni fem. Vi pratade med Max.'), ['name Juni', 'name Max'])
  },
}
