// A letter, or an invitation to a meeting, goes to every family of a group, is
// copied to their phones and is translated. A personal identity number never
// belongs in one, so it is refused already when it is saved, at the field where
// the number stands.
//
// What was stored before this file was here is checked when it is saved next.

// Here for the start alone: a fault in the module must stop it.
require(`${__hooks}/lib/personal_number.js`)

onRecordCreateRequest((e) => {
  require(`${__hooks}/lib/personal_number.js`).refuse(e)
  e.next()
}, 'letters', 'meetings')

onRecordUpdateRequest((e) => {
  require(`${__hooks}/lib/personal_number.js`).refuse(e)
  e.next()
}, 'letters', 'meetings')
