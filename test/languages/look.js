/**
 * What a reader of a language would stumble over on the page as it is now.
 * @param {string} tag that the page should be in
 * @returns {Promise<string[]>}
 */
async (tag) => {
  const RTL = ['ar', 'fa', 'ckb', 'ps']
  const SCRIPTS = { ar: 'Arabic', fa: 'Arabic', ckb: 'Arabic', ps: 'Arabic', ti: 'Ethiopic', uk: 'Cyrillic' }
  const NUMBER = /(?:\+\d{1,3}|\b0\d{1,3})[\s-]?\d{2,3}(?:[\s-]?\d{2,3}){1,3}\b/
  /** What closes round a text, and must hold it. */
  const BOX = 'button, summary, label, .button, .pill, .card, .notice, li, td'
  /** What holds words and nothing that may stick out. */
  const BLOCK = 'p, h1, h2, h3, dt, dd, legend, button, summary, label, .button, .pill'
  const root = document.documentElement
  /** @type {Set<string>} */
  const faults = new Set()
  const keys = new Set((await Promise.all(['parent', 'later'].map(async (of) => (await (await fetch(`/locales/${of}/keys.json`)).json()).list))).flat())

  /** @param {string} of */
  const base = (of) => of.split('-')[0]
  /** @param {string} of */
  const dirOf = (of) => (RTL.includes(base(of)) ? 'rtl' : 'ltr')
  /** @param {Element} e */
  const named = (e) => `${e.tagName.toLowerCase()}${e.className ? '.' + String(e.className).trim().replace(/ +/g, '.') : ''} "${e.textContent.trim().slice(0, 60)}"`
  /** @param {Element} e */
  const isShown = (e) => !e.closest('.visually-hidden, .skip, option, script, style, noscript, details:not([open]) > :not(summary)') && e.checkVisibility({ visibilityProperty: true })
  /** @param {Element} e */
  const langOf = (e) => e.closest('[lang]').lang

  if (root.lang !== tag) faults.add(`the page is in ${root.lang}`)
  if (root.dir !== dirOf(tag)) faults.add(`the page runs ${root.dir}`)
  const wide = Math.max(root.scrollWidth, document.body.scrollWidth) - root.clientWidth
  if (wide > 0) faults.add(`it is ${wide} px too wide`)

  for (const e of document.body.querySelectorAll('*')) {
    if (!isShown(e) || e.closest('svg') || e.clientWidth === 0) continue
    if (e.matches('input, textarea')) continue
    const holds = getComputedStyle(e).overflowX !== 'visible' || [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim()) || e.matches(BLOCK)
    if (holds && e.scrollWidth > e.clientWidth + 1) faults.add(`cut off by ${e.scrollWidth - e.clientWidth} px: ${named(e)}`)
    if (e.matches('select')) select(e)
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) if (texts.currentNode.data.trim() && isShown(texts.currentNode.parentElement)) text(texts.currentNode)
  for (const a of document.querySelectorAll('a[href^="tel:"]')) if (isShown(a)) number(a)
  for (const fact of document.querySelectorAll('.letter-text .fact')) {
    const first = fact.querySelector('p[dir], [dir] > [data-sentence]')
    if (first && getComputedStyle(first).direction !== getComputedStyle(fact).direction) faults.add(`the sign stands where the line ends: ${named(fact)}`)
  }
  return [...faults]

  /** @param {HTMLSelectElement} e whose chosen words must have room before the arrow */
  function select(e) {
    const style = getComputedStyle(e)
    const pen = document.createElement('canvas').getContext('2d')
    pen.font = style.font
    const room = e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
    const chosen = e.selectedOptions[0]?.text ?? ''
    if (pen.measureText(chosen).width > room + 1) faults.add(`cut off in its field: "${chosen}"`)
  }

  /** @param {Text} node */
  function text(node) {
    const e = node.parentElement
    const words = node.data.trim()
    if (keys.has(words)) faults.add(`a message's key is shown: ${words}`)
    if (/\{\{|\}\}/.test(words)) faults.add(`a placeholder is shown: ${words}`)
    if (/(?![0-9])[\p{Nd}\u1369-\u137c]/u.test(words)) faults.add(`digits other than 0–9: ${named(e)}`)
    if (NUMBER.test(words) && !e.closest('a[href^="tel:"]')) faults.add(`a number that cannot be tapped: ${named(e)}`)
    inside(node)
    whole(node)
    language(e, words)
  }

  /** @param {Text} node that must be within the screen and what closes round it */
  function inside(node) {
    const range = document.createRange()
    range.selectNodeContents(node)
    const box = node.parentElement.closest(BOX)?.getBoundingClientRect()
    for (const { left, right, top, bottom } of range.getClientRects()) {
      if (left < -1 || right > root.clientWidth + 1) faults.add(`off the screen: ${named(node.parentElement)}`)
      if (box && (left < box.left - 1 || right > box.right + 1 || top < box.top - 6 || bottom > box.bottom + 6)) faults.add(`sticks out: ${named(node.parentElement)}`)
    }
  }

  /** @param {Text} node in which no line may end within a word */
  function whole(node) {
    const range = document.createRange()
    if (getComputedStyle(node.parentElement).hyphens === 'auto') return
    for (const word of node.data.matchAll(/[\p{L}\p{M}]{4,}/gu)) {
      range.setStart(node, word.index)
      range.setEnd(node, word.index + word[0].length)
      const tops = [...range.getClientRects()].map((r) => r.top)
      if (Math.max(...tops) - Math.min(...tops) > 8) faults.add(`the word ${word[0]} is broken: ${named(node.parentElement)}`)
    }
  }

  /** @param {Element} e @param {string} words */
  function language(e, words) {
    const letters = words.match(/\p{L}/gu) ?? []
    if (letters.length < 3 || e.closest('.code, a[href^="mailto:"], a[href^="http"]')) return
    const lang = langOf(e)
    const script = new RegExp(`\\p{Script=${SCRIPTS[base(lang)] ?? 'Latin'}}`, 'u')
    if (!letters.some((letter) => script.test(letter))) faults.add(`not marked as another language than ${lang}: ${named(e)}`)
    else if (getComputedStyle(e).direction !== dirOf(lang)) faults.add(`in ${lang}, but runs ${getComputedStyle(e).direction}: ${named(e)}`)
  }

  /** @param {HTMLAnchorElement} link whose digits must stand in one line, in their order from the left */
  function number(link) {
    const range = document.createRange()
    /** @type {DOMRect[]} */
    const digits = []
    const walk = document.createTreeWalker(link, NodeFilter.SHOW_TEXT)
    while (walk.nextNode()) {
      const { data } = walk.currentNode
      if (!link.matches('.button') || walk.currentNode.parentElement.matches('[dir=ltr]')) for (let i = 0; i < data.length; i++) {
        if (!/[\d+]/.test(data[i])) continue
        range.setStart(walk.currentNode, i)
        range.setEnd(walk.currentNode, i + 1)
        digits.push(range.getBoundingClientRect())
      }
    }
    if (digits.some((d, i) => i > 0 && (d.left < digits[i - 1].left || Math.abs(d.top - digits[i - 1].top) > 2))) faults.add(`a number out of order: ${named(link)}`)
  }
}
