/**
 * What a public key is compared by, read aloud over the telephone: thirty
 * digits of its hash, in groups of five, as in Signal's safety numbers.
 */

/** @param {string} recipient @returns {Promise<string[]>} six groups */
export async function fingerprint(recipient) {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(recipient)))
  return Array.from({ length: 6 }, (_, i) => {
    const five = bytes.subarray(i * 5, i * 5 + 5).reduce((sum, byte) => sum * 256 + byte, 0)
    return String(five % 100_000).padStart(5, '0')
  })
}

/**
 * What proves that somebody has a channel's recovery key, without telling it (folje recovery v1).
 * @param {string} recovery its secret half
 * @returns {Promise<{proof: string, check: string}>} hexadecimal
 */
export async function proofOf(recovery) {
  const proof = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`folje recovery v1\n${recovery}`))
  return { proof: hex(proof), check: hex(await crypto.subtle.digest('SHA-256', proof)) }
}

/** @param {ArrayBuffer} bytes */
export const hex = (bytes) => Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, '0')).join('')
