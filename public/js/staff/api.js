/**
 * Everything staff's and translators' screens ask the server for. Every
 * function throws a Problem.
 *
 * @import {NotesRecord} from './meeting/dialogues.js'
 * @import {Answers, Attachment, Booking, Claim, Engines, Group, Help, Interpreter, Invite, Invites, Letter, Meeting, Owner, Place, Places, Phrase, PhraseUses, PosterData, Queue, Reach, ReadinessAnswer, Recording, Revision, Ringing, Script, Slips, TextOwner, Unit, Wish, WishState, Wishes} from './types.js'
 */
import { fetchMessages } from '../i18n/messages.js'
import { call, download, upload } from './client.js'

/**
 * @template T
 * @param {string} name
 * @param {object} query
 * @returns {Promise<T[]>}
 */
const list = (name, query) =>
  call((pb, options) => pb.collection(name).getFullList({ ...query, ...options }))

/**
 * @template T
 * @param {string} name
 * @param {string} id
 * @returns {Promise<T>}
 */
const one = (name, id) => call((pb, options) => pb.collection(name).getOne(id, options))

/**
 * @template T
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<T>}
 */
const ours = (method, path, body) =>
  call((pb, options) => pb.send(`/api/folje/v1/${path}`, { ...options, method, body }))

const part = encodeURIComponent

/** @param {number} base @param {string} hold @param {string[]} [awaits] */
const held = (base, hold, awaits = []) => ({ base, ...(hold && { hold }), ...(awaits.length > 0 && { awaits }) })

/** @returns {Promise<Unit[]>} */
export const units = () => list('units', { sort: 'name' })
/** @returns {Promise<Group[]>} */
export const groups = () => list('groups', { sort: 'name' })
/** @param {string} id @returns {Promise<Group>} */
export const group = (id) => one('groups', id)
/** @param {string} id @returns {Promise<Unit>} */
export const unit = (id) => one('units', id)

/** A group's meetings, latest first. @param {string} group @returns {Promise<Meeting[]>} */
export const meetings = (group) => list('meetings', { filter: `groups.id ?= "${group}"`, sort: '-starts' })
/** All meetings of her units, to be searched. @returns {Promise<Meeting[]>} */
export const allMeetings = () => list('meetings', { fields: 'id,title,question,information,place,heldBy,groups,starts', sort: '-starts' })
/** A unit's last QPM meetings, latest first. @param {string} unit @param {number} most @returns {Promise<Meeting[]>} */
export const lastMeetings = (unit, most) => call(async (pb, options) => {
  const query = { filter: `unit = "${unit}" && kind = "qpm" && cancelled = ""`, sort: '-starts', skipTotal: true }
  return /** @type {any} */ ((await pb.collection('meetings').getList(1, most, { ...query, ...options })).items)
})
/** @param {string} id @returns {Promise<Meeting>} */
export const meeting = (id) => one('meetings', id)
/** @param {Partial<Meeting>} body @returns {Promise<Meeting>} */
export const createMeeting = (body) => call((pb, options) => pb.collection('meetings').create(body, options))
/** @param {string} id @param {Partial<Meeting>} body with its base @returns {Promise<Meeting>} */
export const updateMeeting = (id, body) => call((pb, options) => pb.collection('meetings').update(id, body, options))
/** Only a meeting that parents were never invited to. @param {string} id */
export const deleteMeeting = (id) => call((pb, options) => pb.collection('meetings').delete(id, options))
/** Parents are invited. @param {string} id @param {number} base @param {string} hold their phones don't ring before; "" at once @returns {Promise<Meeting>} */
export const publishMeeting = (id, base, hold) => ours('POST', `staff/meetings/${part(id)}/publish`, held(base, hold))
/** @param {string} id @param {number} base @returns {Promise<Meeting>} */
export const cancelMeeting = (id, base) => ours('POST', `staff/meetings/${part(id)}/cancel`, { base })

/** What staff noted at a meeting; null where they have not. @param {string} meeting @returns {Promise<NotesRecord|null>} */
export const notes = (meeting) => call(async (pb, options) => {
  const query = { filter: `meeting = "${meeting}"`, skipTotal: true }
  return /** @type {any} */ ((await pb.collection('meeting_notes').getList(1, 1, { ...query, ...options })).items[0] ?? null)
})
/** @param {Partial<NotesRecord>} body with its meeting @returns {Promise<NotesRecord>} */
export const createNotes = (body) => call((pb, options) => pb.collection('meeting_notes').create(body, options))
/** @param {string} meeting @param {Partial<NotesRecord>} body with its base @returns {Promise<NotesRecord>} */
export const saveNotes = (meeting, body) => call((pb, options) => pb.collection('meeting_notes').update(meeting, body, options))

/** What parents answered. @param {string} meeting @returns {Promise<Answers>} */
export const answers = (meeting) => ours('GET', `staff/meetings/${part(meeting)}/answers`)
/** Says what was done about an interpreter. @param {string} meeting @param {Booking} booking @returns {Promise<Interpreter>} */
export const book = (meeting, booking) => ours('PUT', `staff/meetings/${part(meeting)}/interpreters`, booking)
/** The interpreters that are needed, as a table for other programs. @param {string} meeting @returns {Promise<Blob>} */
export const interpreterTable = (meeting) => download(`/api/folje/v1/staff/meetings/${part(meeting)}/interpreters.csv`)

/** A group's wishes, newest first. @param {string} group @returns {Promise<Wishes>} */
export const wishes = (group) => ours('GET', `staff/groups/${part(group)}/wishes`)
/** @param {string} id @param {WishState} state @returns {Promise<Wish>} */
export const setWish = (id, state) => ours('POST', `staff/wishes/${part(id)}`, { state })

/**
 * The bank of questions and sentences, in its order.
 * @returns {Promise<Phrase[]>}
 */
export const phrases = () => list('phrases', { sort: 'order,topic,text' })
/** @param {string} id @returns {Promise<Phrase>} */
export const phrase = (id) => one('phrases', id)
/** @param {Partial<Phrase>} body @returns {Promise<Phrase>} */
export const addPhrase = (body) => call((pb, options) => pb.collection('phrases').create(body, options))
/** @param {string} id @param {Partial<Phrase>} body @returns {Promise<Phrase>} */
export const savePhrase = (id, body) => call((pb, options) => pb.collection('phrases').update(id, body, options))
/**
 * Which questions of the bank the meetings of her units have had.
 * @returns {Promise<PhraseUses>}
 */
export const phraseUses = () => ours('GET', 'staff/phrases/used')

/** A group's letters, latest first. @param {string} group @returns {Promise<Letter[]>} */
export const letters = (group) => list('letters', { filter: `groups.id ?= "${group}"`, sort: '-updated' })
/** All letters of her units, to be searched. @returns {Promise<Letter[]>} */
export const allLetters = () => list('letters', { fields: 'id,title,question,blocks,groups,number,published,withdrawn,updated', sort: '-updated' })
/** The letters of a meeting, oldest first. @param {string} meeting @returns {Promise<Letter[]>} */
export const lettersOf = (meeting) => list('letters', { filter: `meeting = "${meeting}"`, sort: 'created' })
/** @param {string} id @returns {Promise<Letter>} */
export const letter = (id) => one('letters', id)
/** @param {Partial<Letter>} body with an id made here @returns {Promise<Letter>} */
export const createLetter = (body) => call((pb, options) => pb.collection('letters').create(body, options))
/** @param {string} id @param {Partial<Letter>} body with its base @returns {Promise<Letter>} */
export const saveLetter = (id, body) => call((pb, options) => pb.collection('letters').update(id, body, options))
/** Only a letter that was never published. @param {string} id */
export const deleteLetter = (id) => call((pb, options) => pb.collection('letters').delete(id, options))

/** What was published last of the letter, also where it waits to go out. @param {Letter} letter @returns {Promise<Revision>} */
export const published = (letter) => call((pb, options) => {
  const filter = `letter = "${letter.id}" && number = ${letter.number + (letter.release ? 1 : 0)}`
  return pb.collection('letter_revisions').getFirstListItem(filter, options)
})
/**
 * @param {string} id
 * @param {number} base
 * @param {{hold: string, awaits: string[]}} ring phones don't ring before hold ("" is at once), or before it can be read in the languages awaited
 * @returns {Promise<Letter>}
 */
export const publish = (id, base, { hold, awaits }) => ours('POST', `staff/letters/${part(id)}/publish`, held(base, hold, awaits))
/** Takes back the revision that waits to go out; again where it is undone already. @param {string} id @param {number} number its @returns {Promise<Letter>} */
export const undo = (id, number) => ours('POST', `staff/letters/${part(id)}/undo`, { number })
/** What became of ringing phones about it, null where they never rang. @param {Owner} owner @returns {Promise<Ringing|null>} */
export const ringing = ({ kind, id }) => ours('GET', `staff/${kind}/${part(id)}/ringing`)
/** How far it has come; null where parents don't have it. @param {string} letter @returns {Promise<Reach|null>} */
export const reach = (letter) => ours('GET', `staff/letters/${part(letter)}/reach`)
/** Phones that are held back ring from now on. @param {Owner} owner a letter @returns {Promise<Ringing|null>} */
export const ringNow = ({ kind, id }) => ours('POST', `staff/${kind}/${part(id)}/ring`)
/** @param {string} id @returns {Promise<Letter>} */
export const withdraw = (id) => ours('POST', `staff/letters/${part(id)}/withdraw`, {})

/** @param {Owner} owner the letter or meeting @returns {Promise<ReadinessAnswer>} */
export const readiness = ({ kind, id }) => ours('GET', `staff/${kind}/${part(id)}/readiness`)
/** Who translates a unit's texts. @param {string} unit @returns {Promise<Engines>} */
export const engines = (unit) => ours('GET', `staff/engines?unit=${part(unit)}`)
/** @param {TextOwner} owner @param {string} locale */
const placesOf = ({ kind, id }, locale) => `staff/${kind}/${part(id)}/places/${part(locale)}`
/**
 * @param {TextOwner} owner what the text belongs to
 * @param {string} locale
 * @param {'draft'|'published'} of
 * @returns {Promise<Places>}
 */
export const places = (owner, locale, of) => ours('GET', `${placesOf(owner, locale)}?of=${of}`)
/**
 * Stores a translator's text. A draft is kept for her and not shown to parents;
 * a context makes the wording hold for that place only.
 * @param {TextOwner} owner
 * @param {string} locale
 * @param {string} segment
 * @param {{text: string, base: string, context: string, draft: boolean}} body base: the version last seen
 * @returns {Promise<Place>}
 */
export const translate = (owner, locale, segment, body) =>
  ours('PUT', `${placesOf(owner, locale)}/${part(segment)}`, body)
/**
 * Says that a reused text is right in this place.
 * @param {TextOwner} owner
 * @param {string} locale
 * @param {string} segment
 * @param {string} context
 * @returns {Promise<Place>}
 */
export const confirm = (owner, locale, segment, context) =>
  ours('POST', `${placesOf(owner, locale)}/${part(segment)}/confirm`, { context })
/** The readers' reports of a sentence are dealt with. @param {string} segment @param {string} locale @returns {Promise<void>} */
export const resolveReports = (segment, locale) => ours('POST', 'staff/reports/resolve', { segment, locale })
/** @param {string} letter @param {string} locale */
const recordingOf = (letter, locale) => `staff/letters/${part(letter)}/recordings/${part(locale)}`
/** What there is to read aloud of a letter, and the recording that it has. @param {string} letter @param {string} locale @returns {Promise<Script>} */
export const script = (letter, locale) => ours('GET', recordingOf(letter, locale))
/** A recording's sound. @param {string} id @returns {Promise<Blob>} */
export const recording = (id) => download(`/api/folje/v1/recordings/${part(id)}`)
/** @param {string} letter @param {string} locale @returns {Promise<void>} */
export const removeRecording = (letter, locale) => ours('DELETE', recordingOf(letter, locale))
/**
 * Sends a recording in place of the one before.
 * @param {string} letter
 * @param {string} locale
 * @param {FormData} form
 * @param {(share: number) => void} progress is told how much of it is sent, from 0 to 1
 * @returns {Promise<Recording>}
 */
export const sendRecording = (letter, locale, form, progress) => upload(`/api/folje/v1/${recordingOf(letter, locale)}`, form, progress)

/** @param {string} letter */
const attachmentsOf = (letter) => `staff/letters/${part(letter)}/attachments`
/** The pictures and documents that a letter has on the server. @param {string} letter @returns {Promise<{attachments: Attachment[]}>} */
export const attachments = (letter) => ours('GET', attachmentsOf(letter))
/** A picture's or document's bytes. @param {string} id @returns {Promise<Blob>} */
export const attachment = (id) => download(`/api/folje/v1/attachments/${part(id)}`)
/**
 * Sends a picture or a document; it may be sent again.
 * @param {string} letter
 * @param {string} id made here
 * @param {FormData} form
 * @param {(share: number) => void} progress is told how much of it is sent, from 0 to 1
 * @returns {Promise<Attachment>}
 */
export const sendAttachment = (letter, id, form, progress) => upload(`/api/folje/v1/${attachmentsOf(letter)}/${part(id)}`, form, progress)

/** @returns {Promise<Queue>} */
export const queue = () => ours('GET', 'staff/queue')
/** Similar sentences and school words for every place. @param {TextOwner} owner @param {string} locale @returns {Promise<Help>} */
export const suggestions = ({ kind, id }, locale) => ours('GET', `staff/${kind}/${part(id)}/suggestions/${part(locale)}`)
/** @param {TextOwner} owner @param {string} locale */
const claimOf = ({ kind, id }, locale) => `staff/${kind}/${part(id)}/claims/${part(locale)}`
/** She takes the text upon herself. @param {TextOwner} owner @param {string} locale @returns {Promise<Claim>} */
export const claim = (owner, locale) => ours('POST', claimOf(owner, locale))
/** She gives it back. @param {TextOwner} owner @param {string} locale @returns {Promise<void>} */
export const giveBack = (owner, locale) => ours('DELETE', claimOf(owner, locale))
/** What was translated in a month, as a table for other programs. @param {string} month 2026-11 @returns {Promise<Blob>} */
export const words = (month) => download(`/api/folje/v1/staff/words/${part(month)}`)
/** Whether she is written to when work arrives. @param {boolean} noMail @returns {Promise<void>} */
export const setNoMail = (noMail) => ours('PUT', 'staff/me', { noMail })
/** What waited on this computer, each with an id of its own. @param {object[]} operations @returns {Promise<{verdicts: any[]}>} */
export const operations = (operations) => ours('POST', 'operations', { operations })

/** @param {string} group @returns {Promise<Invites>} */
export const invites = (group) => ours('GET', `staff/groups/${part(group)}/invites`)
/** @param {string} group @param {number} days @returns {Promise<Invite>} */
export const invite = (group, days) => ours('POST', `staff/groups/${part(group)}/invites`, { days })
/** @param {string} group @param {boolean} drop @returns {Promise<Invite>} */
export const rotate = (group, drop) => ours('POST', `staff/groups/${part(group)}/invites/rotate`, { drop })
/** @param {string} id @returns {Promise<void>} */
export const endInvite = (id) => ours('DELETE', `staff/invites/${part(id)}`)
/** @param {string} group @param {string} [invite] otherwise the newest @param {string} [letter] that its QR code leads to @returns {Promise<PosterData>} */
export const poster = (group, invite = '', letter = '') => withLogo(ours('GET', `staff/groups/${part(group)}/poster?invite=${part(invite)}&letter=${part(letter)}`))
/** Codes for one phone each, told this once. @param {string} group @param {number} count @param {string} letter that they lead to, or "" @returns {Promise<Slips>} */
export const slips = (group, count, letter) => withLogo(ours('POST', `staff/groups/${part(group)}/slips?letter=${part(letter)}`, { count }))
/** Slips that nobody has used stop. @param {string} group @returns {Promise<void>} */
export const endSlips = (group) => ours('DELETE', `staff/groups/${part(group)}/slips`)
/** What the municipality says of itself. @returns {Promise<Partial<import('../data/types.js').Town>>} */
export const town = async () => (await ours('GET', 'hello')).municipality ?? {}

/** A paper with the municipality's logo, where it has one. @template T @param {Promise<T>} paper */
async function withLogo(paper) {
  const [said, { logo }] = await Promise.all([paper, town()])
  return { ...said, logo }
}

/**
 * Staff's messages in another locale than the screen's.
 * @param {string} locale
 */
export const sourceMessages = (locale) => fetchMessages('staff', locale)
