/**
 * Shapes of what administrators set up. Nothing here runs.
 *
 * @typedef {'new'|'known'|'changed'} State
 * @typedef {{id: string, name: string, children: number, yearFrom: string, yearTo: string, state: State}} ImportedGroup
 * @typedef {{id: string, name: string, kind: string, authority: string, address: string, state: State, groups: ImportedGroup[]}} ImportedUnit
 * @typedef {{name: string, email: string, roles: import('../types.js').Role[], units: string[], locales: string[], state: State}} ImportedPerson
 * @typedef {{row: number, column: string, code: string, message: string}} Fault row counts as a spreadsheet does
 *
 * @typedef {object} Imported what a table makes or made
 * @property {'utf-8'|'utf-16'|'windows-1252'} encoding
 * @property {number} rows
 * @property {string[]} ignored headings that nothing is known of
 * @property {Fault[]} errors
 * @property {boolean} applied
 * @property {ImportedUnit[]} units
 * @property {ImportedPerson[]} people
 *
 * @typedef {object} Town what the municipality says of itself
 * @property {string} name
 * @property {string} address what posters print for those who type
 * @property {string} mail for everything, also for complaints about accessibility
 * @property {string} phone
 * @property {string} officer the data protection officer's e-mail address
 * @property {string} assessed the day on which accessibility was assessed: 2026-11-22
 * @property {string} colour the app is drawn in, such as #24594b; "" for its own
 * @property {TownNumber[]} numbers for urgent help
 *
 * @typedef {import('../../data/types.js').TownNumber} TownNumber
 */
export {}
