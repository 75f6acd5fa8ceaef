/**
 * What went wrong with a request, in one shape whatever answered: the app's
 * own routes, PocketBase's record API, or nobody.
 *
 * @import {Fields} from './types.js'
 */
import { t } from '../i18n/messages.js'

export class Problem extends Error {
  /**
   * @param {number} status 0: no answer came
   * @param {string} code message id, or "" where the answer has none
   * @param {string} message in the reader's language
   * @param {{fields?: Fields, current?: any}} [more] current: the record a conflict was lost to
   */
  constructor(status, code, message, more = {}) {
    super(message)
    this.status = status
    this.code = code
    this.fields = more.fields ?? {}
    this.current = more.current
  }

  get offline() {
    return this.status === 0
  }

  get signedOut() {
    return this.status === 401
  }
}

/** Nobody is signed in, and the request was not sent or not answered. */
export const signedOut = () => new Problem(401, 'error.sign_in', t('staff.problem.signed_out'))

/** No answer came within reasonable time, or there is no network. */
export const offline = () => new Problem(0, '', t('staff.problem.offline'))

/**
 * @param {number} status
 * @param {any} body the answer's JSON
 */
export function fromAnswer(status, body) {
  if (body?.code && typeof body.code === 'string') {
    return new Problem(status, body.code, body.message, { fields: body.fields, current: body.current })
  }
  const data = body?.data ?? {}
  return new Problem(status, '', words(status, body?.message), { fields: fieldsOf(data), current: data.current })
}

/**
 * The field errors among PocketBase's `data`; its own codes get our words,
 * since its sentences are in English.
 * @param {Record<string, any>} data
 * @returns {Fields}
 */
function fieldsOf(data) {
  /** @type {Fields} */
  const fields = {}
  for (const [name, value] of Object.entries(data)) {
    if (typeof value?.code !== 'string' || typeof value.message !== 'string') continue
    const ours = value.code.startsWith('error.')
    const key = value.code === 'validation_required' ? 'staff.problem.required' : 'staff.problem.field'
    fields[name] = { code: value.code, message: ours ? value.message : t(key) }
  }
  return fields
}

/** @param {number} status @param {string|undefined} message */
function words(status, message) {
  if (status === 409 && message) return message
  if (status === 400) return t('staff.problem.input')
  if (status === 403) return t('staff.problem.forbidden')
  if (status === 404) return t('staff.problem.not_found')
  if (status === 429) return t('staff.problem.too_many')
  return t('staff.problem.server')
}
