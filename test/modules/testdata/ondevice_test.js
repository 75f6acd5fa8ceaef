import { available, open } from '/js/translate/ondevice.js'
import { same } from './assert.js'

/** A stand-in of the browser's Translator, which says what it was asked. */
function standIn({ state = 'available', translate = async (text) => `fi:${text}` } = {}) {
  const asked = []
  return {
    asked,
    availability: async (pair) => {
      asked.push(['availability', pair])
      if (state instanceof Error) throw state
      return state
    },
    create: async (pair) => {
      asked.push(['create', pair])
      if (state instanceof Error) throw state
      return { translate, destroy: () => asked.push(['destroy']) }
    },
  }
}

const pair = { sourceLanguage: 'sv', targetLanguage: 'fi' }

export default {
  'a browser without one has no suggestions': async () => {
    same(await available('sv', 'fi', null), '')
    same(await open('sv', 'fi', null), null)
  },
  'what it answers is what can be done': async () => {
    const answers = { available: 'ready', downloadable: 'fetch', downloading: 'fetch', unavailable: '', new: '' }
    for (const [state, want] of Object.entries(answers)) {
      const api = standIn({ state })
      same(await available('sv', 'fi', api), want)
      same(api.asked, [['availability', pair]])
    }
    same(await available('sv', 'fi', standIn({ state: null })), '')
  },
  'one that fails is none': async () => {
    const api = standIn({ state: new Error('NotAllowedError') })
    same(await available('sv', 'fi', api), '')
    same(await open('sv', 'fi', api), null)
  },
  'Dari and lätt svenska are not asked for': async () => {
    const api = standIn()
    for (const tag of ['fa-AF', 'sv-simple', 'sv']) same(await available('sv', tag, api), '')
    for (const tag of ['fa-AF', 'sv-simple']) same(await open('sv', tag, api), null)
    same(api.asked, [])
  },
  'it suggests, and is given back': async () => {
    const api = standIn({ translate: async (text, { signal }) => ` ${signal instanceof AbortSignal}:${text}\n` })
    const translator = await open('sv', 'fi', api)
    same(await translator.suggest('Vi ses.'), 'true:Vi ses.')
    translator.close()
    same(api.asked, [['create', pair], ['destroy']])
  },
  'nothing, a failure and nonsense are no suggestion': async () => {
    let calls = 0
    const counting = await open('sv', 'fi', standIn({ translate: async () => { calls += 1; return 'x' } }))
    same([await counting.suggest(' \n'), calls], ['', 0])
    const failing = await open('sv', 'fi', standIn({ translate: async () => { throw new DOMException('', 'QuotaExceededError') } }))
    same(await failing.suggest('Vi ses.'), '')
    const odd = await open('sv', 'fi', standIn({ translate: async () => ({ text: 'x' }) }))
    same(await odd.suggest('Vi ses.'), '')
  },
  'the real one, where this browser has it, is asked without a fault': async () => {
    same(['', 'ready', 'fetch'].includes(await available('sv', 'fi')), true)
  },
}
