/**
 * The shapes of what the server tells staff about confidential channels.
 * Nothing here runs.
 *
 * @typedef {'steget' | 'familjeguiden'} ChannelName
 * @typedef {{from: string, to: string}} Span days, both included
 *
 * @typedef {object} Holder
 * @property {string} id
 * @property {string} staff
 * @property {string} name
 * @property {'asked' | 'in' | 'left'} state
 * @property {string} recipient
 * @property {Span | null} cover reads in these days only
 *
 * @typedef {object} Key
 * @property {string} id
 * @property {number} number
 * @property {string} recipient
 * @property {string} created
 * @property {string} replaced
 * @property {string} [recovery] the key's secret, encrypted to the recovery key
 * @property {string} [recoveryRecipient]
 *
 * @typedef {object} Channel
 * @property {ChannelName} name
 * @property {string} title
 * @property {'closed' | 'open' | 'paused'} state closed: it has no key yet
 * @property {boolean} open
 * @property {number} answersDays
 * @property {string} hours
 * @property {Span[]} away
 * @property {number} keepDays
 * @property {{id: string, name: string} | null} head
 * @property {boolean} isHead
 * @property {boolean} isAdmin
 * @property {boolean} role she may hold it
 * @property {Holder | null} mine
 * @property {Holder[]} holders
 * @property {Key[]} keys the newest first
 * @property {boolean} rotationDue
 * @property {boolean} alarm somebody has waited too long
 * @property {number} [waiting]
 * @property {string} [waitingSince]
 *
 * @typedef {{recipient: string, identity: string}} OwnKey the identity is locked with a passphrase; both "" where she has none
 * @typedef {{key: string, wrapped: string}} Wrap
 * @typedef {OwnKey & {id: string, state: Holder['state'], cover: Span | null, keys: Key[], wraps: Wrap[]}} OwnHolder
 *
 * @typedef {'new' | 'opened' | 'answered' | 'closed'} RequestState
 *
 * @typedef {object} RequestRow
 * @property {string} id
 * @property {string} key
 * @property {string} arrived
 * @property {RequestState} state
 * @property {string} opened
 * @property {string} closed
 *
 * @typedef {{id: string, request: string, channel: string, arrived: string, sha256: string, at: string, seq: number, hash: string}} Receipt
 * @typedef {{id: string, by: string, at: string, opened: string}} Share
 * @typedef {{id: string, name: string, recipient: string}} Colleague
 * @typedef {'phone' | 'visit' | 'paper' | 'mail'} ConsentWay
 *
 * @typedef {{seq: number, hash: string}} Head of the audit log
 * @typedef {{seq: number, digest: string, hash: string, at?: string, actor?: string, action?: string, subject?: string}} Link
 */
export {}
