/**
 * School years and years of school.
 *
 * @import {TermRecord} from './types.js'
 */
import { yearsWords } from '../../parent/years.js'

export { yearsWords }

/** The school year that a term is of, by the year it begins in. @param {TermRecord} term */
export function schoolYear({ starts }) {
  const [year, month] = starts.split('-').map(Number)
  return month < 7 ? year - 1 : year
}

/** 2026/27. @param {number} year */
export const schoolYearWords = (year) => `${year}/${String(year + 1).slice(2)}`

/** Every year of school there is, in words. @returns {[string, string][]} */
export const allYears = () => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((year) => [String(year), yearsWords([year, year])])
