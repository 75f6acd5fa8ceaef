/**
 * The shapes of what the phone keeps and of what the server sends. Nothing
 * here runs.
 *
 * @typedef {import('../../vendor/idb/index.js').DBSchema} DBSchema
 *
 * @typedef {object} Unit
 * @property {string} id
 * @property {string} name
 * @property {string} [kind]
 *
 * @typedef {object} Group a group this phone follows
 * @property {string} id
 * @property {string} name
 * @property {Unit} unit
 *
 * @typedef {object} Membership what the phone keeps about a group
 * @property {string} code with which it came in; sent again if a restored server has forgotten the phone
 * @property {boolean} ended the server no longer lets this phone read the group
 *
 * @typedef {object} GroupRecord
 * @property {'group'} kind
 * @property {string} id
 * @property {string} name
 * @property {Unit} unit
 *
 * @typedef {object} BlockRecord
 * @property {string} kind heading, paragraph, item, date, place or contact
 * @property {number[]} segments
 *
 * @typedef {object} LetterRecord a published letter; the numbers are segments of the scope it came through
 * @property {'letter'} kind
 * @property {string} id
 * @property {number} number the revision
 * @property {string} published
 * @property {string} corrected time of the last correction, or ""
 * @property {boolean} sensitive
 * @property {{starts: string, ends: string, place: string} | null} meeting
 * @property {number[]} title
 * @property {number[]} question
 * @property {BlockRecord[]} blocks
 *
 * @typedef {GroupRecord | LetterRecord} FeedRecord
 *
 * @typedef {object} Row a record with every scope it came through; forgotten when none is left
 * @property {string} id
 * @property {string} kind
 * @property {Record<string, {epoch: string, record: FeedRecord}>} via by scope; the segments' numbers belong to that
 *   scope and epoch
 *
 * @typedef {'machine' | 'draft' | 'reused' | 'reviewed'} TextState
 * @typedef {Record<string, [string, TextState]>} Texts a scope's texts in one locale, by segment number
 * @typedef {Record<string, string>} SourceTexts
 *
 * @typedef {object} Feed how far one feed of one scope has been read
 * @property {string} epoch
 * @property {string} cursor
 * @property {string} etag
 *
 * @typedef {object} Device
 * @property {string} id UUID
 * @property {string} secret 256 bits, base64url
 * @property {boolean} registered the server has answered for it
 * @property {string} locale that the server was last told
 *
 * @typedef {object} Hello
 * @property {string} epoch
 * @property {string} build
 * @property {{tag: string, name: string, dir: 'ltr' | 'rtl', machine: boolean}[]} locales
 * @property {{name: string, address: string}} municipality
 *
 * @typedef {object} Meta
 * @property {Device} device
 * @property {string[]} locales whose texts this phone fetches, the chosen one first
 * @property {string} second a second language to read, or ""
 * @property {Hello} hello
 * @property {number} heard when the server last answered, on the phone's clock
 * @property {'ok' | 'offline' | 'revoked'} contact how the last attempt ended
 *
 * @typedef {object} Stores
 * @property {{key: string, value: Meta[keyof Meta]}} meta
 * @property {{key: string, value: Group & Membership}} groups
 * @property {{key: string, value: Row}} records
 * @property {{key: string, value: Texts | SourceTexts}} texts by textKey(); the locale "source" holds plain strings
 * @property {{key: string, value: Feed}} feeds by feedKey()
 * @property {{key: string, value: number}} opened the revision of a letter that was last opened here
 * @property {{key: string, value: any}} drafts staff's unsaved text by letter id
 *
 * @typedef {DBSchema & Stores} Schema
 */
export {}
