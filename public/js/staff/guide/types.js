/**
 * The guide as staff have it: records as PocketBase's record API gives them.
 * Nothing here runs.
 *
 * @typedef {{id: string, part: string, kind: 'paragraph'|'item', text: string}} Part
 * @typedef {{part: string, text: string}} Note
 * @typedef {{kind: 'phone'|'sms'|'mail'|'web'|'visit', value: string, label: string}} Contact
 *
 * @typedef {object} EntryRecord
 * @property {string} id
 * @property {string} key never changes
 * @property {string} name what it is called here, or ""
 * @property {string} title
 * @property {string[]} also
 * @property {'service'|'knowledge'|'history'} type
 * @property {'everyone'|'staff'} audience
 * @property {boolean} hidden
 * @property {number} ageFrom
 * @property {number} ageTo
 * @property {Part[]} parts
 * @property {Note[]} staff
 * @property {Contact[]} contacts
 * @property {{name: string, address: string}|null} place
 * @property {string[]} related keys
 * @property {string[]} chain
 * @property {boolean} sensitive
 * @property {boolean} urgent
 * @property {boolean} ask
 * @property {string} owner
 * @property {string} checked
 * @property {number} order
 * @property {number} base counts the saves; a save carries the one it started from
 *
 * @typedef {object} WorryRecord
 * @property {string} id
 * @property {string} key
 * @property {string} title
 * @property {string} synonyms
 * @property {string[]} guide ids
 * @property {number} order
 * @property {number} base
 *
 * @typedef {object} GroupRecord a term's support group
 * @property {string} id
 * @property {string} entry id
 * @property {string} title
 * @property {string} information
 * @property {number} ageFrom
 * @property {number} ageTo
 * @property {string} period
 * @property {string} from
 * @property {string} to
 * @property {number} weekday
 * @property {string} starts
 * @property {string} ends
 * @property {number} places
 * @property {string[]} publish
 * @property {boolean} hidden
 * @property {number} base
 *
 * @typedef {{id: string, key: string, name: string, title: string, checked: string, owner: {id: string, name: string}|null, reminded: boolean, overdue: boolean}} Due
 * @typedef {{since: string, entries: Due[]}} DueAnswer
 *
 * @typedef {{entries: EntryRecord[], worries: WorryRecord[], at: number}} Kept at: when the server gave it
 */
export {}
