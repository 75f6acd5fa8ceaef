import { negotiate } from '/js/i18n/locales.js'
import { same } from './assert.js'

export default {
  'the phone is offered what the server would choose': async () => {
    const cases = await (await fetch('/vectors/negotiate.json')).json()
    for (const { wanted, want } of cases) same(negotiate(wanted), want, wanted.join(','))
  },
}
