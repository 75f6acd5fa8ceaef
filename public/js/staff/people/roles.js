/**
 * What colleagues may do here, in plain words.
 *
 * @import {Role, Unit} from '../types.js'
 * @import {Colleague} from './api.js'
 */
import { t } from '../../i18n/messages.js'

/** In the order in which they are offered. @type {Role[]} */
export const ROLES = ['editor', 'translator', 'coordinator', 'steget', 'admin']

/** @param {Role} role */
export const roleName = (role) => t(`staff.people.role.${role}`)

/** @param {Role} role */
export const roleWords = (role) => t(`staff.people.may.${role}`)

/** Whether a role is about units. @param {readonly Role[]} roles */
export const needsUnits = (roles) => roles.includes('editor') || roles.includes('translator')

/** One line about a colleague: what she does, and where. @param {Pick<Colleague, 'roles'|'units'>} person @param {Unit[]} all */
export function inWords({ roles, units }, all) {
  const where = all.filter((u) => units.includes(u.id)).map((u) => u.name)
  return [ROLES.filter((role) => roles.includes(role)).map(roleName).join(', ') || t('staff.people.no_role'), where.join(', ')].filter(Boolean).join(' · ')
}
