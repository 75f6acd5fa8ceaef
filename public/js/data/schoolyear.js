/**
 * What a group's parents are asked when a school year ends: whether this phone
 * stays, goes on to another group, or leaves. The question comes with the
 * group's feed; going on needs the network, as joining does.
 *
 * @import {Group, GroupRecord, Moves} from './types.js'
 */
import { dayOf } from '../lib/days.js'
import { announce } from './changes.js'
import { meta, setMeta, withDB } from './db.js'
import { ask } from './net.js'
import { syncNow } from './schedule.js'

/** @typedef {{id: string, name: string, moves: Moves}} Asked */

/**
 * The groups of this phone that ask today, and were not answered.
 * @param {number} [now]
 * @returns {Promise<Asked[]>}
 */
export async function asked(now = Date.now()) {
  const [rows, groups, answered] = await Promise.all([withDB((db) => db.getAll('records')), withDB((db) => db.getAll('groups')), meta('moved')])
  const day = dayOf(now)
  const own = new Set(groups.filter((g) => !g.ended).map((g) => g.id))
  return rows.flatMap((row) => {
    // A group comes through its own scope.
    const group = /** @type {GroupRecord | undefined} */ (row.kind === 'group' ? row.via[row.id]?.record : undefined)
    const moves = group?.moves
    return group && moves && own.has(row.id) && moves.from <= day && day <= moves.until && answered?.[row.id] !== moves.until
      ? [{ id: row.id, name: group.name, moves }] : []
  })
}

/**
 * Follows a group for the coming year; where it is another one, the group before is read no more and its letters stay.
 * @param {Asked} from
 * @param {string} to
 * @param {string} locale
 * @throws {import('./net.js').Refused | import('./net.js').Unheard}
 */
export async function goOn(from, to, locale) {
  const device = await meta('device')
  const { data } = await ask('POST', `devices/me/groups/${from.id}/year`, { locale, secret: device?.secret ?? '', body: { to } })
  await withDB(async (db) => {
    const tx = db.transaction('groups', 'readwrite')
    const before = await tx.store.get(from.id)
    for (const { id, name, unit } of /** @type {Group[]} */ (data.groups)) {
      const there = await tx.store.get(id)
      await tx.store.put({ id, name, unit, code: there?.code ?? '', ended: false })
    }
    if (before && to !== from.id) await tx.store.put({ ...before, ended: true })
    await tx.done
  })
  await answeredNow(from)
  syncNow()
}

/** It is not asked again this year. @param {Asked} group */
export async function answeredNow({ id, moves }) {
  await setMeta('moved', { ...await meta('moved'), [id]: moves.until })
  announce()
}
