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
 * @property {Moves} [moves] what its phones are asked when a school year ends
 *
 * @typedef {{from: string, until: string, to: {id: string, name: string, unit: string}[]}} Moves from a day to a day: 2026-08-10
 *
 * @typedef {object} BlockRecord
 * @property {string} kind heading, paragraph, item, date, place or contact
 * @property {number[]} segments
 * @property {AttachmentRecord} [attachment] of the kinds picture and file
 *
 * @typedef {object} AttachmentRecord
 * @property {string} id names these very bytes, for good
 * @property {string} type
 * @property {number} bytes
 * @property {number} width of a picture
 * @property {number} height
 *
 * @typedef {object} LetterRecord a published letter; the numbers are segments of the scope it came through
 * @property {'letter'} kind
 * @property {string} id
 * @property {number} number the revision
 * @property {string} published
 * @property {string} corrected time of the last correction, or ""
 * @property {boolean} sensitive
 * @property {{id?: string, starts: string, ends: string, place: string} | null} meeting
 * @property {number[]} title
 * @property {number[]} question
 * @property {BlockRecord[]} blocks
 * @property {Record<string, RecordingRecord>} [recordings] by locale
 *
 * @typedef {object} RecordingRecord a letter read aloud
 * @property {string} id names these very bytes, for good
 * @property {string} type
 * @property {number} bytes
 * @property {number} milliseconds
 * @property {number[]} marks at which millisecond each of the letter's sentences begins: title, question, blocks
 * @property {string} version of the words that were read
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
 * @typedef {object} Town what the municipality says of itself; the optional are missing where an older server answered
 * @property {string} name
 * @property {string} address
 * @property {string} [mail]
 * @property {string} [phone]
 * @property {string} [officer] the data protection officer's e-mail address
 * @property {string} [assessed] the day on which accessibility was assessed, or ""
 * @property {string} [colour] that the server draws the app in
 * @property {TownNumber[]} [numbers] for urgent help
 * @property {Logo} [logo]
 *
 * @typedef {{kind: string, name: string, number: string}} TownNumber whose it is (social, care, shelter or other), what
 *   that is called in the municipality ("" where it has no name of its own), and what to call
 *
 * @typedef {{id: string, width: number, height: number}} Logo the id names one picture for good; pixels
 *
 * @typedef {object} Hello
 * @property {string} epoch
 * @property {string} build
 * @property {string} [version] of the program, such as v1.2.0
 * @property {{tag: string, name: string, dir: 'ltr' | 'rtl', machine: boolean}[]} locales
 * @property {Town} municipality
 * @property {{leaveTo: string, consentLink: string}} [guide] where "leave quickly" goes, and the municipality's own
 *   e-identification service; "" for none
 * @property {string} [vapidKey] that subscriptions are made with, base64url; "" where this server sends no push
 * @property {boolean} [tickets] others answer in this server's stead, to whoever shows a ticket
 *
 * @typedef {object} Ticket what this phone shows them instead of its secret
 * @property {string} device whose it is
 * @property {string} text
 * @property {number} until it is good until then, on this phone's clock
 * @property {number} life for how long it was good when it came, in ms
 * @property {string[]} scopes the groups that it is for
 *
 * @typedef {object} Push what this phone has done about notifications
 * @property {boolean} wanted the reader said yes, and has not said no since
 * @property {boolean} lost the browser or the server will not have it, though it is wanted
 * @property {string} key that the subscription was made with
 * @property {string} endpoint
 * @property {number} told when the server was last told of it, 0 for never
 *
 * @typedef {object} Ringing
 * @property {{from: number, to: number} | null} quiet the hours, of Stockholm's clock, in which this phone doesn't ring
 * @property {boolean} titles notes may show a letter's title
 *
 * @typedef {object} Meta
 * @property {Device} device
 * @property {string[]} locales whose texts this phone fetches, the chosen one first
 * @property {string} second a second language to read, or ""
 * @property {Hello} hello
 * @property {Ticket} ticket
 * @property {{id: string, url: string}} logo the municipality's, as a data: address
 * @property {Record<string, string>} moved by group, until which day it asks what was answered
 * @property {number} heard when the server last answered, on the phone's clock
 * @property {'ok' | 'offline' | 'revoked'} contact how the last attempt ended
 * @property {number} seq of the newest operation made here; it only ever grows
 * @property {number} quiet the server asked to be left alone with operations until then
 * @property {string} answersTag of the own answers as the server last told them
 * @property {boolean} persisted what the browser answered when it was asked not to clear this app's data
 * @property {number} refilled when the browser was found to have cleared this app's data, which was then fetched again
 * @property {string} calendar the address that a calendar program may read this phone's meetings from
 * @property {number} full since when the phone has no space for all letters: old ones made room, or not even that was
 *   enough; gone as soon as something new fits
 * @property {string} horizon letters as old as this made room and are not kept again
 * @property {Push} push
 * @property {Ringing} ringing as it was last chosen here
 * @property {import('../push/asking.js').Asked} asked whether notifications are wanted
 * @property {import('../push/note.js').Words} words that the worker shows when a message can't be read, in the reader's language
 * @property {Record<string, number>} shown deliveries that were shown here, by id, and when
 * @property {{seq: number, hash: string}} auditHead where the log of who read confidential requests ended, when it was last seen on this computer
 * @property {RequestKeys} requestKeys what confidential requests are encrypted to; every phone has them
 * @property {Record<string, import('../push/note.js').Note>} latest what was shown last of each tag
 *
 * @typedef {object} OperationRow an operation in the outbox: it stays there until the server's verdict on it was read
 * @property {string} op UUID
 * @property {number} seq
 * @property {string} kind
 * @property {number} v
 * @property {any} body
 * @property {string} made on this phone's clock
 * @property {'waiting' | 'refused'} state
 * @property {number} tries
 * @property {number} next not tried before then, unless there is a reason to hope
 * @property {string} code why it was refused
 * @property {string} message the same in the reader's language
 * @property {string} about the meeting or group it is about, or ""
 * @property {string} [secret] of the phone that an erasure is meant for; this phone has forgotten it
 * @property {boolean} [resent] it had been applied before the server was restored
 *
 * @typedef {object} SentRow an applied operation, kept for 30 days in case that the server is restored from a backup
 * @property {string} op
 * @property {number} seq
 * @property {string} kind
 * @property {number} v
 * @property {any} body
 * @property {string} made
 * @property {string} about
 * @property {number} sent when its verdict was read
 * @property {string} epoch of the server that it was sent to, "" if not known
 *
 * @typedef {'accepted' | 'declined' | 'tentative' | 'none'} Status RFC 5545's words; none: taken back
 *
 * @typedef {object} Interpreter
 * @property {string} language a BCP 47 tag, or a language in words
 * @property {'on_site' | 'phone' | 'video'} mode
 *
 * @typedef {object} AnswerBody what a parent answers to an invitation
 * @property {Status} status
 * @property {number} count how many come of those who don't answer themselves, the answering person included
 * @property {number} childcare how many children need care
 * @property {Interpreter | null} interpreter
 * @property {string} note
 *
 * @typedef {object} Held an answer as the server has it
 * @property {AnswerBody} body
 * @property {number} seq
 * @property {boolean} late
 *
 * @typedef {object} OwnAnswer the own answer to a meeting, as it was last written here
 * @property {string} meeting
 * @property {string} op that carries it, "" when the server told it to this phone
 * @property {number} seq
 * @property {number} made when it was written, or first heard of, on the phone's clock
 * @property {Status} status
 * @property {number} count
 * @property {number} childcare
 * @property {Interpreter | null} interpreter
 * @property {string} note
 * @property {'pending' | 'applied' | 'late' | 'refused'} state
 * @property {string} message why it is late or refused, in the language that was read then
 * @property {'' | 'requested' | 'booked' | 'none_found' | 'cancelled'} booking how far the interpreter's booking has come
 * @property {string} contact with the interpreter, as staff wrote it
 * @property {Held | null} held what the server is known to have
 *
 * @typedef {object} SealedRow a confidential request that is encrypted and not sent yet
 * @property {string} op UUID
 * @property {string} to the key it is encrypted to
 * @property {string} ciphertext base64
 * @property {number} made
 *
 * @typedef {object} Channel who reads confidential requests, and when
 * @property {'steget' | 'familjeguiden'} channel
 * @property {string} key id
 * @property {string} recipient age1…, what to encrypt to
 * @property {boolean} open
 * @property {{days: number}} answers within so many working days
 * @property {{from: string, to: string}[]} away days, both included, when nobody reads
 * @property {string} hours
 *
 * @typedef {object} RequestKeys
 * @property {string} etag
 * @property {number} size of every ciphertext
 * @property {Channel[]} channels
 *
 * @typedef {object} Stores
 * @property {{key: string, value: Meta[keyof Meta]}} meta
 * @property {{key: string, value: Group & Membership}} groups
 * @property {{key: string, value: Row}} records
 * @property {{key: string, value: Texts | SourceTexts}} texts by textKey(); the locale "source" holds plain strings
 * @property {{key: string, value: Feed}} feeds by feedKey()
 * @property {{key: string, value: number}} opened the revision of a letter that was last opened here
 * @property {{key: string, value: OperationRow}} outbox
 * @property {{key: string, value: SentRow}} sent
 * @property {{key: string, value: OwnAnswer}} answers by meeting
 * @property {{key: string, value: SealedRow}} sealed
 * @property {{key: string, value: any}} drafts staff's unsaved text by letter id
 *
 * @typedef {DBSchema & Stores} Schema
 */
export {}
