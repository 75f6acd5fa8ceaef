/**
 * Encryption in the age format (age-encryption.org/v1), for the phone that
 * seals a request and for those who may open it. The work is the vendored
 * library's. It is fetched by whoever imports this module, which is done when
 * a form or a channel is opened and not before.
 */
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from '../../vendor/age-encryption/age.js'

/** What was sealed for somebody else, or was changed on the way. */
export class Unopened extends Error {
  name = 'Unopened'
}

/**
 * A new pair: what opens (kept secret), and what seals (told to everybody).
 * @returns {Promise<{identity: string, recipient: string}>}
 */
export async function newIdentity() {
  const identity = await generateX25519Identity()
  return { identity, recipient: await identityToRecipient(identity) }
}

/**
 * What seals for an identity.
 * @param {string} identity
 * @returns {Promise<string>}
 * @throws {Unopened} where it is none
 */
export async function recipientOf(identity) {
  try {
    return await identityToRecipient(identity)
  } catch (error) {
    throw new Unopened('not an identity', { cause: error })
  }
}

/**
 * Seals a text so that only the recipient's identity opens it.
 * @param {string} recipient age1…
 * @param {string} text
 * @returns {Promise<string>} base64
 */
export async function seal(recipient, text) {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return toBase64(await encrypter.encrypt(text))
}

/**
 * Opens what was sealed.
 * @param {string} identity AGE-SECRET-KEY-1…
 * @param {string} ciphertext base64
 * @returns {Promise<string>}
 * @throws {Unopened}
 */
export async function open(identity, ciphertext) {
  try {
    const decrypter = new Decrypter()
    decrypter.addIdentity(identity)
    return await decrypter.decrypt(fromBase64(ciphertext), 'text')
  } catch (error) {
    throw new Unopened('not for this identity', { cause: error })
  }
}

/**
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))

/**
 * @param {string} text
 * @returns {Uint8Array}
 */
export const fromBase64 = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))
