import { linkify } from '/js/lib/linkify.js'
import { check } from '/js/translate/check.js'
import { same } from './assert.js'

const links = await (await fetch('/vectors.json')).json()

/** Exactly this is drawn as links, and all of it is a fault that misleads where the source doesn't have it. */
export default Object.fromEntries(links.map(({ text, drawn, checked }) => [text, () => {
  same(linkify(text).filter((piece) => typeof piece !== 'string').map((piece) => piece.values[0]), drawn, 'drawn')
  same(check('Hej.', text, 'en').filter(({ code, hard }) => hard && ['link', 'phone'].includes(code)).map(({ at }) => at), checked, 'checked')
}]))
