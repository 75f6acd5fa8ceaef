/** Sending something large, with how far it is. */

/** A sending of which nothing more has left within this time counts as not sent. */
const STALLED = 60_000

/**
 * Does what fetch does, and tells how far it is, which fetch can't.
 * @param {string} url
 * @param {{method: string, headers: Record<string, string>, body: FormData}} config
 * @param {(share: number) => void} progress
 * @returns {Promise<Response>}
 */
export function sendSlowly(url, { method, headers, body }, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    let timer = setTimeout(() => request.abort(), STALLED)
    request.open(method, url)
    for (const [name, value] of Object.entries(headers)) if (name.toLowerCase() !== 'content-type') request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded, total }) => {
      clearTimeout(timer)
      timer = setTimeout(() => request.abort(), STALLED)
      progress(total ? loaded / total : 0)
    }
    request.onloadend = () => {
      clearTimeout(timer)
      if (request.status === 0) return reject(new TypeError('the network failed'))
      const known = ['Content-Type', 'Date'].flatMap((name) => { const value = request.getResponseHeader(name); return value ? [[name, value]] : [] })
      resolve(new Response(request.status === 204 ? null : request.responseText, { status: request.status, headers: Object.fromEntries(known) }))
    }
    request.send(body)
  })
}
