import { LOCALES, chooseLocale, formatDate, formatSpan } from '/js/i18n/messages.js'
import { leafOf } from '/js/i18n/format.js'
import { same } from './assert.js'

export default {
  'dates are said as the server says them': async () => {
    const vectors = await (await fetch('/vectors/dates.json')).json()
    for (const { tag } of LOCALES) {
      await chooseLocale(tag)
      const own = vectors.filter((v) => v.locale === tag)
      same(own.length > 0, true, `dates in ${tag}`)
      for (const { at, now, style, want } of own) same(formatDate(at, style, new Date(now)), want, `${tag}, ${style} of ${at}`)
    }
  },

  'what is no moment says nothing': async () => {
    for (const when of ['', 'nonsense', NaN]) same(formatDate(when, 'datetime'), '', String(when))
    same(leafOf(''), { weekday: '', day: '', month: '' })
  },

  'from when to when': async () => {
    const year = new Date().getUTCFullYear()
    await chooseLocale('sv')
    same(formatSpan(`${year}-06-15T15:30:00Z`, `${year}-06-15T17:00:00Z`).replace(/^\S+ /, ''), '15 juni kl. 17:30\u2060–\u206019:00')
    same(formatSpan(`${year}-06-15T15:30:00Z`, '').replace(/^\S+ /, ''), '15 juni kl. 17:30')
  },

  'a leaf is in short words': async () => {
    await chooseLocale('sv')
    same(leafOf('2026-11-26 16:30:00.000Z'), { weekday: 'tors', day: '26', month: 'nov' })
  },
}
