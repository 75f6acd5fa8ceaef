/**
 * Passphrases: how strong one is, a proposal that can be remembered, and
 * locking and unlocking with one.
 */

/** @typedef {'short' | 'weak' | 'good' | 'strong'} Strength */
/** @typedef {(share: number) => void} Progress from 0 to 1 */

const SHORTEST = 12
/** From how many guessed bits on a passphrase is good, and strong. */
const BITS = { good: 40, strong: 60 }
const WORKER = '/js/staff/channel/slowly.js'

/**
 * How strong a passphrase is, by what its letters, digits and other signs add at least; what repeats or goes on by one
 * (aaa, 123) adds nothing, nor do the words that are known of her.
 * @param {string} passphrase
 * @param {string[]} known her name and address
 * @returns {Strength}
 */
export function strengthOf(passphrase, known = []) {
  if ([...passphrase].length < SHORTEST) return 'short'
  const bits = bitsOf(without(passphrase.toLowerCase(), known))
  return bits < BITS.good ? 'weak' : bits < BITS.strong ? 'good' : 'strong'
}

/** @param {string} text @param {string[]} known */
function without(text, known) {
  const words = known.flatMap((k) => k.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((w) => w.length > 2)
  return words.reduce((rest, word) => rest.replaceAll(word, ''), text)
}

/** @param {string} text */
function bitsOf(text) {
  const signs = [...text]
  const seen = new Set()
  let bits = 0
  signs.forEach((sign, i) => {
    const step = i === 0 ? 9 : Math.abs((sign.codePointAt(0) ?? 0) - (signs[i - 1].codePointAt(0) ?? 0))
    const three = signs.slice(i, i + 3).join('')
    if (step > 1 && !seen.has(three)) bits += /\p{L}/u.test(sign) ? 2.4 : /\p{N}/u.test(sign) ? 3.3 : 3
    seen.add(three)
  })
  return bits
}

const CONSONANTS = 'bdfghjklmnprstv'
const VOWELS = 'aeiou'

/** Five made-up words that can be said aloud in most languages: 62 bits. */
export function propose() {
  const syllable = () => pick(CONSONANTS) + pick(VOWELS)
  return Array.from({ length: 5 }, () => syllable() + syllable()).join(' ')
}

/** @param {string} signs */
function pick(signs) {
  // The rest of 256 that does not go up in the signs is left out, so that each is as likely.
  for (;;) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1))
    if (byte < 256 - (256 % signs.length)) return signs[byte % signs.length]
  }
}

/**
 * Locks an identity.
 * @param {string} passphrase
 * @param {string} identity
 * @param {Progress} progress
 * @returns {Promise<string>} base64
 */
export const lock = async (passphrase, identity, progress) => /** @type {string} */ (await slowly(passphrase, { lock: identity }, progress))

/**
 * Unlocks what was locked.
 * @param {string} passphrase
 * @param {string} locked base64
 * @param {Progress} progress
 * @returns {Promise<string | null>} null for a wrong passphrase
 */
export const unlock = (passphrase, locked, progress) => slowly(passphrase, { unlock: locked }, progress)

/**
 * @param {string} passphrase
 * @param {import('./slowly.js').What} what
 * @param {Progress} progress
 * @returns {Promise<string | null>}
 */
function slowly(passphrase, what, progress) {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    /** @type {ReturnType<typeof setInterval> | undefined} */
    let timer
    const end = () => {
      clearInterval(timer)
      worker?.terminate()
    }
    const fail = (/** @type {unknown} */ error) => {
      end()
      reject(error instanceof Error ? error : new Error('the worker failed'))
    }
    /** @param {import('./slowly.js').Said} said */
    const hear = (said) => {
      if ('expected' in said) timer = setInterval(() => progress(Math.min((performance.now() - began) / said.expected, 0.99)), 200)
      else {
        end()
        resolve(said.done)
      }
    }
    const sent = { passphrase: passphrase.normalize('NFC'), what }
    const worker = makeWorker()
    progress(0)
    if (!worker) return void import('./slowly.js').then(({ work }) => work(sent.passphrase, what, hear)).catch(fail)
    worker.onmessage = ({ data }) => hear(data)
    worker.onerror = fail
    worker.postMessage(sent)
  })
}

/** @type {any} */
let policy

/** A worker, or null in a browser that has none of this kind: then the page waits. */
function makeWorker() {
  try {
    policy ??= /** @type {any} */ (globalThis).trustedTypes?.createPolicy('confidential', { createScriptURL: () => WORKER })
    return new Worker(policy?.createScriptURL(WORKER) ?? WORKER, { type: 'module' })
  } catch (error) {
    console.warn('start a worker', error)
    return null
  }
}
