/**
 * The shapes that staff's and translators' screens share: records as
 * PocketBase's record API gives them, and the answers of /api/folje/v1/staff.
 * Nothing here runs.
 *
 * @typedef {'picture'|'file'} AttachedKind
 * @typedef {'heading'|'paragraph'|'item'|'date'|'place'|'contact'|AttachedKind} Kind
 * @typedef {{id: string, text: string}} Segment
 * @typedef {{id: string, kind: Kind, text: string, segments?: Segment[], attachment?: string}} Block
 *   attachment: the id of what a block of an attached kind stands for
 *
 * @typedef {object} Attachment
 * @property {string} id
 * @property {AttachedKind} kind
 * @property {string} type
 * @property {number} bytes
 * @property {number} [width] of a picture
 * @property {number} [height]
 *
 * @typedef {object} Content what staff write in a letter
 * @property {string} title
 * @property {string} question
 * @property {string[]} groups ids
 * @property {Block[]} blocks
 * @property {boolean} sensitive keeps the title out of every notification
 *
 * @typedef {object} LetterFields what a letter carries besides its content
 * @property {string} id
 * @property {string} unit
 * @property {string} meeting "" where the letter has none
 * @property {number} base counts the saves; a save carries the one it started from
 * @property {number} number the last published revision, 0 before the first
 * @property {string} published time of the first publication, or ""
 * @property {string} corrected time of the last correction, or ""
 * @property {string} withdrawn time, or ""
 * @property {string} release when the revision after `number` goes out, which waits until then; "" where none does
 * @property {string} updated
 *
 * @typedef {Content & LetterFields} Letter
 *
 * @typedef {object} Revision what was published last
 * @property {{id: string, kind: string, text: string, attachment?: string}[]} content with title and question as its first blocks
 * @property {string[]} groups
 * @property {boolean} sensitive
 *
 * @typedef {{id: string, name: string, kind: string, authority: string, address: string}} Unit
 * @typedef {{id: string, name: string, unit: string, children?: number, yearFrom?: string, yearTo?: string, moves?: {from: string, until: string, to: string[]}|null}} Group children: 0 where nobody has said
 *
 * @typedef {object} Meeting
 * @property {string} id
 * @property {'qpm'|'thematic'} kind
 * @property {string} theme of a thematic meeting, or ""
 * @property {string} title its theme's, or ""
 * @property {string} heldBy
 * @property {string} unit
 * @property {string[]} groups
 * @property {string} starts UTC
 * @property {string} ends UTC, or ""
 * @property {string} place
 * @property {string} information
 * @property {string} question
 * @property {string} contact whom parents and interpreters reach
 * @property {boolean} childcare it is offered
 * @property {string} answerBy the last moment for answers, or ""
 * @property {string} bookBy the last moment to book an interpreter, or ""
 * @property {string} cancelBy the last moment to cancel one, or ""
 * @property {number} base counts the saves; a save carries the one it started from
 * @property {string} published when parents were invited, or ""
 * @property {string} cancelled time, or ""
 * @property {string} updated
 *
 * @typedef {'on_site'|'phone'|'video'} Mode
 * @typedef {'requested'|'booked'|'none_found'|'cancelled'} BookingState
 * @typedef {{language: string, mode: Mode, state: BookingState, contact: string}} Booking language: a BCP 47 tag or what the parent wrote
 * @typedef {Booking & {families: number, late: number}} Interpreter families: how many answers ask for it; late: how many of them came late
 *
 * @typedef {object} Answers what parents answered
 * @property {{answers: number, people: number}} accepted
 * @property {{answers: number, people: number}} tentative
 * @property {{answers: number}} declined
 * @property {{answers: number}} late among all of them
 * @property {{answers: number, children: number}} childcare
 * @property {{text: string, late: boolean}[]} notes
 * @property {Interpreter[]} interpreters
 * @property {string} starts
 * @property {string} ends
 * @property {string} place
 * @property {string} contact
 * @property {string} bookBy
 * @property {string} cancelBy
 *
 * @typedef {object} Ringing what became of ringing parents' phones; numbers are in steps of 5, 0 stands for fewer than 5
 * @property {string} kind why they ring: letter, correction, meeting …
 * @property {string} due when it happens
 * @property {string|null} hold they don't ring before
 * @property {string} rings when phones with the usual quiet hours ring
 * @property {boolean} released it can't be undone any more
 * @property {boolean} done nothing more is sent
 * @property {string[]} [awaits] languages that phones are held back for, until hold at the latest
 * @property {number} phones that follow the groups
 * @property {number} reachable of them, by a notification
 * @property {number} rung
 * @property {number} waiting
 * @property {number} failed
 *
 * @typedef {{phones: number, arrived: number, opened: number}} Come in steps of 5, 0 stands for fewer than 5
 * @typedef {Come & {locales: (Come & {tag: string})[]}} Reach how far a letter has come: phones of its groups, those that have it, those on which it was opened
 *
 * @typedef {'open'|'used'|'set_aside'} WishState
 * @typedef {{id: string, text: string, day: string, state: WishState}} Wish day: 2026-11-26
 * @typedef {{wishes: Wish[]}} Wishes newest first
 *
 * @typedef {'editor'|'translator'|'coordinator'|'steget'|'admin'} Role
 * @typedef {{id: string, name: string, email: string, roles: Role[], units: string[], locales: string[], noMail?: boolean}} Person
 *
 * @typedef {{size: number, path: string}} QR path data of the dark modules on a size × size grid
 * @typedef {{id: string, code: string, url: string, expires: string, uses: number|null, qr: QR}} Invite uses is null below five
 * @typedef {{invites: Invite[], devices: number|null}} Invites devices is null below five
 *
 * @typedef {object} PosterData
 * @property {import('../data/types.js').Logo} [logo] the municipality's
 * @property {string} municipality
 * @property {string} address what to type, without a scheme
 * @property {string} unit
 * @property {string} group
 * @property {string} code
 * @property {string} url
 * @property {string} expires
 * @property {QR} qr
 * @property {PosterLine[]} lines
 *
 * @typedef {{locale: string, dir: 'ltr'|'rtl', text: string, typed: string, once: string}} PosterLine what to do with the QR code, how without one, and that a slip's works once
 * @typedef {{code: string, url: string, expires: string, qr: QR}} Slip
 * @typedef {Pick<PosterData, 'logo'|'municipality'|'address'|'unit'|'group'|'lines'> & {slips: Slip[]}} Slips
 *
 * @typedef {'missing'|'machine'|'draft'|'reused'|'reviewed'|'source'} State
 *
 * @typedef {object} Place one sentence at its place in a letter
 * @property {string} block id of the block; "title" and "question" for those two
 * @property {string} kind
 * @property {string} segment
 * @property {string} context hash of its neighbours
 * @property {string} source
 * @property {string|null} text what parents get
 * @property {string|null} draft an unfinished text that they don't get
 * @property {State} state
 * @property {boolean} only the wording holds for this place only
 * @property {string} version "" where there is no translation
 * @property {{count: number, notes: string[]}} [reports] of readers who did not understand it; none after a save
 * @property {{source: string, text: string|null}|null} [previous] the sentence that stood here before, with its text
 * @property {boolean} [mayReview] somebody else's finished text, which she may say is right
 * @property {string} [elsewhere] who reviewed it before it came here with a content pack
 * @property {string} [note] what is said about it to the translator
 *
 * @typedef {{kind: 'letters'|'meetings', id: string}} Owner what a text belongs to
 * @typedef {'letters'|'meetings'|'glossary'|'messages'} WorkKind
 * @typedef {{kind: WorkKind, id: string}} TextOwner what is translated: a record, or an audience's messages
 *
 * @typedef {[op: -1|0|1, text: string]} Change a piece of text that is gone, the same, or new
 * @typedef {{source: string, text: string, score: number, state: State, diff: Change[]}} Suggestion a similar sentence (0–100) and how it was translated
 * @typedef {{term: string, text: string|null, explanation: string|null, state: State}} SchoolWord with its approved word in the locale
 * @typedef {{suggestions: Record<string, Suggestion[]>, terms: Record<string, SchoolWord[]>}} Help by segment
 *
 * @typedef {object} Places
 * @property {string} locale
 * @property {'ltr'|'rtl'} dir
 * @property {string} [title] a letter's
 * @property {string} [starts] a meeting's
 * @property {Place[]} places in reading order
 * @property {number} total
 * @property {number} missing
 *
 * @typedef {{tag: string, total: number, missing: number, machine: number, draft: number, reused: number, reviewed: number, readers: number, nearby: number}} Readiness
 *   readers, nearby: phones of its groups, and of the whole unit, that read it, in steps of 5; 0 stands for fewer than 5
 * @typedef {{locales: Readiness[]}} ReadinessAnswer those first that most phones read
 * @typedef {Record<string, 'person'|'engine'|'nobody'>} TranslatedBy who translates into a locale
 * @typedef {{locales: TranslatedBy}} Engines
 *
 * @typedef {{name: string, mine: boolean, until: string}} Claim who has taken a text, and until when
 *
 * @typedef {object} Task a record in one language, as the translators' queue lists it
 * @property {WorkKind} collection
 * @property {string} id
 * @property {string} locale
 * @property {string} title a letter's title, a meeting's question, a school word, or the key of a message
 * @property {string[]} groups names
 * @property {string} needed when its texts are needed, or ""
 * @property {string} published when parents got it, or ""
 * @property {number} readers phones that read the language, in steps of 5; 0 stands for fewer than 5
 * @property {number} total
 * @property {number} missing
 * @property {number} machine
 * @property {number} draft
 * @property {number} reused
 * @property {number} reviewed
 * @property {number} reports
 * @property {Claim|null} claim
 * @property {boolean} open there is something to do
 *
 * @typedef {{tasks: Task[], left: number}} Queue most urgent first, and how many more there are
 *
 * @typedef {Record<string, {code: string, message: string}>} Fields what is wrong, by field
 *
 * @typedef {object} Phrase a question for meetings or a sentence for letters, in the bank
 * @property {string} id
 * @property {'question'|'phrase'} kind
 * @property {string} topic
 * @property {number} ageFrom in years
 * @property {number} ageTo 0 for every age
 * @property {string} text
 * @property {'bank'|'wish'} from
 * @property {boolean} hidden nobody is offered it
 * @property {string} author the id of the one who added it
 *
 * @typedef {{phrase: string, times: number, last: string}} PhraseUse
 * @typedef {{uses: PhraseUse[]}} PhraseUses
 *
 * @typedef {object} Recording a letter read aloud
 * @property {string} id
 * @property {string} type
 * @property {number} bytes
 * @property {number} milliseconds
 * @property {string} version of the words that were read
 * @property {string} made
 * @property {boolean} old the letter says something else by now
 *
 * @typedef {object} Script what there is to read aloud
 * @property {string} letter
 * @property {string} title
 * @property {string} locale
 * @property {{segment: string, kind: string, text: string}[]} sentences
 * @property {string} version
 * @property {number} missing how many have no text yet
 * @property {Recording|null} recording
 * @property {number} maxBytes
 * @property {number} maxMilliseconds
 */
export {}
