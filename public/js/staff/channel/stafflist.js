/** The members of staff, for an administrator who names one. */
import { call } from '../client.js'

/** @returns {Promise<{id: string, name: string}[]>} by name */
export const listStaff = () => call((pb, options) => pb.collection('staff').getFullList({ sort: 'name', filter: 'left = ""', ...options }))
