import { check } from '/js/translate/check.js'
import { same } from './assert.js'

const vectors = await (await fetch('/vectors.json')).json()

/** What the server finds is what is found here: kind, weight and place. */
export default Object.fromEntries(vectors.map(({ Name, Locale, Source, Target, Found }) => [Name, () => {
  same(check(Source, Target, Locale), (Found ?? []).map(({ code, hard, at = '' }) => ({ code, hard, at })))
}]))
