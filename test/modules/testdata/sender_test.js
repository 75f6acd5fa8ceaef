import { same } from './assert.js'

const anna = { id: 'anna00000000001', collectionId: 'staff', collectionName: 'staff', name: 'Anna', roles: ['translator'] }
const part = (value) => btoa(JSON.stringify(value)).replace(/=+$/, '')
const token = `${part({ alg: 'HS256' })}.${part({ id: anna.id, type: 'auth', exp: 4102444800 })}.s`
localStorage.setItem('pocketbase_auth', JSON.stringify({ token, record: anna }))

const { sendWaiting, waitingOf } = await import('/js/translate/sender.js')
const { draftsOf } = await import('/js/staff/drafts.js')

/** What the server says to a sending of operations; everything else is a fresh token. */
let say = (operations) => ({ verdicts: operations.map(({ op }) => ({ op, verdict: 'applied' })) })
const real = window.fetch
window.fetch = async (input, init) => {
  const url = String(input?.url ?? input)
  if (url.includes('auth-refresh')) return answer(200, { token, record: anna })
  if (!url.includes('/api/folje/v1/operations')) return real(input, init)
  const said = say(JSON.parse(init?.body ?? await input.text()).operations)
  return said.status ? answer(said.status, said) : answer(200, said)
}
const answer = (status, body) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

const texts = (count) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`s${i}.c`, { text: `Text ${i}.`, only: false, base: '', segment: `s${i}`, context: 'c', finish: true }]))
const begin = (count) => draftsOf(anna.id).keep({ id: 'translate/l1/en', kind: 'letters', record: 'l1', locale: 'en', title: 'Brev', texts: texts(count) })
const waiting = async () => Object.values((await waitingOf(anna))[0]?.texts ?? {})

export default {
  async 'a server that wants her to slow down loses nothing of hers'() {
    await begin(60)
    say = () => ({ status: 429, code: 'error.too_many_requests', message: 'later' })
    same(await sendWaiting(anna), true, 'something is left')
    const kept = await waiting()
    same([kept.length, kept.filter((typed) => typed.refused).length], [60, 0])
    const names = kept.map(({ op }) => op)
    let heard = 0
    say = (operations) => {
      if (heard >= 25) return { status: 429, code: 'error.too_many_requests', message: 'later' }
      heard += 10
      return { verdicts: operations.slice(0, 10).map(({ op }) => ({ op, verdict: 'applied' })) }
    }
    same(await sendWaiting(anna), true, 'some of each batch had no verdict')
    const left = await waiting()
    same([left.length, left.filter((typed) => typed.refused).length, left.every(({ op }) => names.includes(op))], [30, 0, true])
    const got = []
    say = (operations) => ({ verdicts: operations.map(({ op }) => { got.push(op); return { op, verdict: 'applied' } }) })
    same(await sendWaiting(anna), false, 'nothing is left')
    same([got.length, (await waiting()).length], [30, 0])
  },
  async 'an answer with some verdicts is asked again'() {
    await begin(2)
    say = (operations) => ({ verdicts: operations.slice(0, 1).map(({ op }) => ({ op, verdict: 'applied' })) })
    same([await sendWaiting(anna), (await waiting()).length], [true, 1])
    say = (operations) => ({ verdicts: operations.map(({ op }) => ({ op, verdict: 'repeated' })) })
    same([await sendWaiting(anna), (await waiting()).length], [false, 0])
  },
  async 'a message goes with its plural form, a sentence without its neighbours'() {
    const bodies = []
    say = (operations) => ({ verdicts: operations.map(({ op, body }) => { bodies.push(body); return { op, verdict: 'applied' } }) })
    const typed = { text: 'x', only: false, base: 'v', segment: 's', context: 'few', finish: true }
    await draftsOf(anna.id).keep({ id: 'translate/messages/parent/ar', kind: 'messages', record: 'parent', locale: 'ar', title: '', texts: { 's.few': typed } })
    await draftsOf(anna.id).keep({ id: 'translate/l2/ar', kind: 'letters', record: 'l2', locale: 'ar', title: '', texts: { 's.few': typed } })
    same([await sendWaiting(anna), (await waitingOf(anna)).length], [false, 0])
    same(bodies.map(({ collection, record, context, draft }) => [collection, record, context, draft]).sort(), [['letters', 'l2', '', false], ['messages', 'parent', 'few', false]])
  },
}
