/** @import {Content} from '../types.js' */

/** The content among a record's fields. @param {Content} from @returns {Content} */
export const contentOf = ({ title, question, groups, blocks, sensitive }) => ({
  title, question, groups, blocks: blocks ?? [], sensitive,
})

/** Whether parents would read the same. @param {Content} a @param {Content} b */
export const sameText = (a, b) => JSON.stringify(textOf(a)) === JSON.stringify(textOf(b))

/** @param {Content} c */
const textOf = (c) => [
  c.title.trim(), c.question.trim(), [...c.groups].sort(), (c.blocks ?? []).map((b) => [b.kind, b.text.trim(), b.attachment ?? '']),
]
