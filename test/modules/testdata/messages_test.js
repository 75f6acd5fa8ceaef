import { fetchMessages } from '/js/i18n/messages.js'
import { same } from './assert.js'

/**
 * Answers requests with what is said, and tells how each file was asked for.
 * @param {Record<string, object[]>} answers by the file's name, the last one again and again
 * @param {() => Promise<void>} work
 */
async function against(answers, work) {
  const asked = []
  const own = globalThis.fetch
  globalThis.fetch = async (address, { cache }) => {
    const name = address.split('/').pop()
    asked.push(`${name} ${cache}`)
    const left = answers[name]
    return Response.json(left.length > 1 ? left.shift() : left[0])
  }
  try {
    await work()
  } finally {
    globalThis.fetch = own
  }
  return asked
}

const KEYS = { keys: 'k1', list: ['a', 'n'] }
const TEXTS = { keys: 'k1', texts: ['ett', { one: 'en', other: 'flera' }] }
const OLD = { keys: 'k0', list: ['n'] }

export default {
  'texts are put beside their keys': async () => {
    const asked = await against({ 'keys.json': [KEYS], 'sv.json': [TEXTS] }, async () => {
      same(await fetchMessages('parent', 'sv'), { a: 'ett', n: { one: 'en', other: 'flera' } })
    })
    same(asked, ['keys.json default', 'sv.json default'])
  },

  'keys of another version are fetched anew once, with the texts': async () => {
    const asked = await against({ 'keys.json': [OLD, KEYS], 'sv.json': [TEXTS] }, async () => {
      same(Object.keys(await fetchMessages('parent', 'sv')), ['a', 'n'])
    })
    same(asked, ['keys.json default', 'sv.json default', 'keys.json reload', 'sv.json reload'])
  },

  'texts without their keys are not shown': async () => {
    let failed = ''
    const asked = await against({ 'keys.json': [OLD], 'sv.json': [TEXTS] }, async () => {
      await fetchMessages('parent', 'sv').catch((error) => { failed = String(error) })
    })
    same(failed.includes('another version'), true, failed)
    same(asked.length, 4)
  },
}
