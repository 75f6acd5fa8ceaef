/**
 * The small state of a view (what is open, which step) for as long as its main
 * element lives: every navigation makes a new element and so starts afresh.
 */

/** @type {WeakMap<HTMLElement, any>} */
const states = new WeakMap()

/**
 * The state that belongs to a view's element.
 * @template T
 * @param {HTMLElement} root
 * @param {() => T} fresh makes it the first time
 * @returns {T}
 */
export function stateOf(root, fresh) {
  if (!states.has(root)) states.set(root, fresh())
  return states.get(root)
}
