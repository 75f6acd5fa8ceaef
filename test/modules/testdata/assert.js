/** Throws unless two values have the same JSON. */
export function same(got, want, about = '') {
  const [a, b] = [JSON.stringify(got), JSON.stringify(want)]
  if (a !== b) throw new Error(`${about ? `${about}: ` : ''}got ${a}, want ${b}`)
}
