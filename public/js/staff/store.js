/** Where the session of who is signed in is kept. */
import { BaseAuthStore, LocalAuthStore } from '../../vendor/pocketbase/pocketbase.js'

/** The name of a session, in the browser's storage or, on a shared computer, in the window's. */
const SESSION = 'pocketbase_auth'

/** What the tokens of a shared tablet's sessions begin with. They say nothing of when they end. */
const ON_TABLET = 'folje-tablet-'

/** Keeps the session in this browser, or where others use the computer in this window only. */
export class Store extends LocalAuthStore {
  #shared = false

  /** When a session on a shared tablet ends, whatever is done in it. */
  until = 0

  /** Whether others use this computer. */
  get shared() {
    return this.#shared || sessionStorage.getItem(SESSION) !== null
  }

  set shared(shared) {
    this.#shared = shared
    if (!shared) sessionStorage.removeItem(SESSION)
  }

  get token() {
    return this.#kept()?.token ?? super.token
  }

  get record() {
    return this.#kept()?.record ?? super.record
  }

  /** Whether it is a session on a unit's shared tablet, also one that is over. */
  get onTablet() {
    return this.token.startsWith(ON_TABLET)
  }

  get isValid() {
    return this.onTablet ? Date.now() < (this.#kept()?.until ?? 0) : super.isValid
  }

  /** @param {string} token @param {any} record */
  save(token, record) {
    if (!this.shared) return super.save(token, record)
    localStorage.removeItem(SESSION)
    sessionStorage.setItem(SESSION, JSON.stringify({ token, record, until: this.until || this.#kept()?.until }))
    BaseAuthStore.prototype.save.call(this, token, record)
  }

  clear() {
    this.shared = false
    super.clear()
  }

  /** @returns {{token: string, record: any, until?: number}|null} */
  #kept() {
    return JSON.parse(sessionStorage.getItem(SESSION) ?? 'null')
  }
}
