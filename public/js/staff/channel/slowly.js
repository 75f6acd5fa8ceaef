/**
 * Locking an identity with a passphrase, which is slow so that trying
 * passphrases is: run in a worker of its own, so that the page goes on living.
 */
import { Decrypter, Encrypter } from '../../../vendor/age-encryption/age.js'
import { fromBase64, toBase64 } from '../../confidential/age.js'

/** The work of scrypt as age counts it: 2^17 is what OWASP's cheat sheet on storing passwords asks for, and 128 MB. */
const WORK = 17
/** A little work, by which the time of the whole is guessed. */
const SAMPLE = 12

/** @typedef {{lock: string} | {unlock: string}} What an identity, or one that is locked */
/** @typedef {{expected: number} | {done: string | null}} Said how long it takes, in ms, and then what came out: null for a wrong passphrase */

/**
 * @param {string} passphrase
 * @param {What} what
 * @param {(said: Said) => void} tell
 */
export async function work(passphrase, what, tell) {
  const began = performance.now()
  await encrypt(passphrase, 'sample', SAMPLE)
  tell({ expected: (performance.now() - began) * 2 ** (WORK - SAMPLE) })
  tell({ done: 'lock' in what ? await encrypt(passphrase, what.lock, WORK) : await decrypt(passphrase, what.unlock) })
}

/** @param {string} passphrase @param {string} text @param {number} factor */
async function encrypt(passphrase, text, factor) {
  const encrypter = new Encrypter()
  encrypter.setScryptWorkFactor(factor)
  encrypter.setPassphrase(passphrase)
  return toBase64(await encrypter.encrypt(text))
}

/** @param {string} passphrase @param {string} locked */
async function decrypt(passphrase, locked) {
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  try {
    return await decrypter.decrypt(fromBase64(locked), 'text')
  } catch {
    return null
  }
}

if (!('document' in globalThis)) {
  const worker = /** @type {any} */ (globalThis)
  worker.onmessage = async (/** @type {MessageEvent<{passphrase: string, what: What}>} */ { data }) => {
    await work(data.passphrase, data.what, (said) => worker.postMessage(said))
  }
}
