// A letter goes to every family of a group, is copied to their phones and is
// translated. A personal identity number never belongs in one, so such a letter
// is refused already when it is saved, at the field where the number stands.
//
// Letters stored before this file was here are checked when they are saved next.

// Here for the start alone: a fault in the module must stop it.
require(`${__hooks}/lib/personal_number.js`)

onRecordCreateRequest((e) => {
  require(`${__hooks}/lib/personal_number.js`).refuse(e)
  e.next()
}, 'letters')

onRecordUpdateRequest((e) => {
  require(`${__hooks}/lib/personal_number.js`).refuse(e)
  e.next()
}, 'letters')
