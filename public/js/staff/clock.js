/**
 * The server's clock, as its last answer had it: what is counted down here ends
 * there, and the clocks of shared computers are wrong.
 */
let ahead = 0

/** An answer came from the server; its date is cut to whole seconds. @param {Response} answer */
export function heard(answer) {
  const date = Date.parse(answer.headers.get('Date') ?? '')
  if (!Number.isNaN(date)) ahead = date + 500 - Date.now()
}

export const serverTime = () => new Date(Date.now() + ahead)
