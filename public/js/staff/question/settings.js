/**
 * What the municipality has its own way about the helper: words, advice, and
 * rules of its own; and what letters may hold without a question.
 *
 * @import {Change, Changes, Help, Own} from './data.js'
 * @import {Rule} from './rules.js'
 *
 * @typedef {object} State
 * @property {Help} help as the server last gave it
 * @property {Record<string, Edited>} rules by id
 * @property {{words: string, advice: string}[]} own
 * @property {string} allowed
 * @property {import('../types.js').Fields} fields
 * @property {string} error
 * @property {boolean} busy
 * @property {boolean} touched
 *
 * @typedef {{off: boolean, words: string, most: number, advice: string}} Edited words: one on each line
 */
import { render } from '../../lib/html.js'
import { t } from '../../i18n/messages.js'
import { onLeave } from '../../router.js'
import { tell } from '../dialog.js'
import { Problem } from '../problem.js'
import { loadStyles } from '../styles.js'
import { defaultsOf, help as read, saveHelp } from './data.js'
import { template } from './form.js'
import { wordsOf } from './rules.js'

/** @param {HTMLElement} root */
export async function view(root) {
  root.dataset.view = 'staff-question'
  await loadStyles('staff-question')
  const state = stateOf(await read())
  onLeave(() => state.touched)
  const draw = () => render(template(state, acts), root)
  const acts = {
    /** @param {() => void} edit */
    change(edit) {
      edit()
      state.touched = true
      draw()
    },
    /** @param {Event} event */
    async submit(event) {
      event.preventDefault()
      if (state.busy) return
      Object.assign(state, { busy: true, fields: {}, error: '' })
      draw()
      await save(state)
      draw()
      const fault = /** @type {HTMLElement|null} */ (root.querySelector('[aria-invalid="true"]'))
      if (fault) fault.focus()
      else if (state.error) root.querySelector('[role="alert"]')?.scrollIntoView({ block: 'center' })
    },
  }
  draw()
}

/** @param {State} state */
async function save(state) {
  try {
    const help = await saveHelp(state.help.base, changesOf(state))
    Object.assign(state, stateOf(help))
    tell(t('staff.rules.saved'))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    Object.assign(state, { busy: false, error: error.message, fields: error.fields })
    // What she wrote stays, and holds if she saves once more.
    if (error.status === 409 && error.current) state.help = { ...state.help, base: /** @type {any} */ (error.current).base }
  }
}

/** @param {Help} help @returns {State} */
function stateOf(help) {
  const { rules, own, allowed } = help.changes ?? NONE
  return {
    help,
    rules: Object.fromEntries(defaultsOf(help).map((rule) => [rule.id, edited(rule, rules[rule.id] ?? {})])),
    own: own.map(({ words, advice }) => ({ words: words.join('\n'), advice })),
    allowed: allowed.join('\n'), fields: {}, error: '', busy: false, touched: false,
  }
}

/** @type {Changes} */
const NONE = { rules: {}, own: [], allowed: [] }

/** @param {Rule} rule @param {Change} change @returns {Edited} */
function edited(rule, { off = false, add = [], remove = [], words = 0, advice = '' }) {
  const kept = (wordsOf(rule) ?? []).filter((word) => !remove.includes(word))
  return { off, words: [...kept, ...add].join('\n'), most: words || (rule.words ?? 0), advice }
}

/** What is different from the program's own. @param {State} state @returns {Changes} */
function changesOf({ help, rules, own, allowed }) {
  return {
    rules: Object.fromEntries(defaultsOf(help).map((rule) => [rule.id, changeOf(rule, rules[rule.id])])),
    own: own.map(({ words, advice }) => /** @type {Own} */ ({ words: lines(words), advice })),
    allowed: lines(allowed),
  }
}

/** @param {Rule} rule @param {Edited} now @returns {Change} */
function changeOf(rule, { off, words, most, advice }) {
  const [was, is] = [wordsOf(rule) ?? [], lines(words.toLocaleLowerCase('sv'))]
  return { off, advice, add: is.filter((w) => !was.includes(w)), remove: was.filter((w) => !is.includes(w)), ...(rule.words && most !== rule.words && { words: most }) }
}

/** @param {string} text */
const lines = (text) => text.split('\n').map((line) => line.trim().replace(/\s+/g, ' ')).filter(Boolean)
