import { same } from './assert.js'

const anna = { id: 'anna00000000001', collectionId: 'staff', collectionName: 'staff', name: 'Anna', email: 'anna@example.org', roles: ['editor'] }
const part = (value) => btoa(JSON.stringify(value)).replace(/=+$/, '')
const token = `${part({ alg: 'HS256' })}.${part({ id: anna.id, type: 'auth', exp: 4102444800 })}.s`
localStorage.removeItem('pocketbase_auth')
sessionStorage.removeItem('pocketbase_auth')

/** What the server is asked, and what it says to it. */
let asked = []
let says = {}
const real = window.fetch
window.fetch = async (input, init) => {
  const path = new URL(String(input?.url ?? input), location.href).pathname
  const known = Object.keys(says).find((end) => path.endsWith(end))
  if (!known) return real(input, init)
  const body = JSON.parse(init?.body ?? '{}')
  asked.push([known, body])
  const [status, answer] = says[known](body)
  return new Response(JSON.stringify(answer), { status, headers: { 'Content-Type': 'application/json' } })
}

const { enterCode, askCode, isShared, person, providers, signIn, signInWith, signOut } = await import('/js/staff/client.js')
const signedIn = () => [200, { token, record: anna }]
const storage = () => [localStorage, sessionStorage].map((kept) => kept.getItem('pocketbase_auth') !== null)

export default {
  async 'a password that is enough'() {
    says = { 'auth-with-password': signedIn }
    same(await signIn('anna@example.org', 'sju gula lönnlöv'), '')
    same([asked.pop()[1], person()?.id, storage()], [{ identity: 'anna@example.org', password: 'sju gula lönnlöv', shared: false }, anna.id, [true, false]])
    signOut()
    same([person(), storage()], [null, [false, false]])
  },
  async 'a password that a code has to come with'() {
    says = { 'auth-with-password': () => [401, { mfaId: 'half' }], 'staff/code': () => [200, { id: 'sent' }],
      'auth-with-otp': ({ password }) => (password === '123456' ? signedIn() : [400, { status: 400, message: 'no', data: {} }]) }
    const half = await signIn('anna@example.org', 'sju gula lönnlöv')
    same([half, person()], ['half', null])
    same([await askCode(half), asked.pop()[1]], ['sent', { mfa: 'half' }])
    same(await enterCode(half, 'sent', '000000', false).catch(({ status }) => status), 400)
    same(person(), null)
    await enterCode(half, 'sent', '123456', false)
    same([asked.pop()[1], person()?.id], [{ otpId: 'sent', password: '123456', shared: false, mfaId: 'half' }, anna.id])
    signOut()
  },
  async 'a wrong password is no half way'() {
    says = { 'auth-with-password': () => [400, { status: 400, message: 'Failed to authenticate.', data: {} }] }
    same(await signIn('anna@example.org', 'x').catch(({ status }) => status), 400)
    same(person(), null)
  },
  async 'on a shared computer the session is this window\'s'() {
    says = { 'auth-with-password': signedIn }
    await signIn('anna@example.org', 'sju gula lönnlöv', true)
    same([asked.pop()[1].shared, isShared(), person()?.id, storage()], [true, true, anna.id, [false, true]])
    signOut()
    same([isShared(), person(), storage()], [false, null, [false, false]])
    await signIn('anna@example.org', 'sju gula lönnlöv')
    same([isShared(), storage()], [false, [true, false]])
    signOut()
  },
  async 'the municipality\'s own account'() {
    says = { 'auth-methods': () => [200, { oauth2: { enabled: true, providers: [{ name: 'oidc' }] } }], 'auth-with-oauth2': signedIn }
    same((await providers()).map(({ name }) => name), ['oidc'])
    await signInWith('oidc', 'code', 'verifier', 'https://folje.example/staff/signed-in', true)
    same(asked.pop()[1], { provider: 'oidc', code: 'code', codeVerifier: 'verifier', redirectURL: 'https://folje.example/staff/signed-in', shared: true })
    says['auth-with-oauth2'] = () => [403, { code: 'error.provider_no_account', message: 'no account' }]
    signOut()
    same(await signInWith('oidc', 'code', 'verifier', '/', false).catch(({ code, message }) => [code, message]), ['error.provider_no_account', 'no account'])
    says['auth-methods'] = () => [200, { oauth2: { enabled: false, providers: [] } }]
    same(await providers(), [])
  },
}
