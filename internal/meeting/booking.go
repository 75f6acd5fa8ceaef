package meeting

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"folje/internal/database"
	"folje/internal/problem"
	"folje/internal/text"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const bookings = "interpreter_bookings"

// maxContact bounds whom to reach, in runes.
const maxContact = 200

// The states of a booking. Without a row it is Requested.
const (
	Requested = "requested"
	Booked    = "booked"
	NoneFound = "none_found"
	Called    = "cancelled" // the booking, not the meeting
)

var bookingStates = []string{Requested, Booked, NoneFound, Called}

// Booking is what staff say about an interpreter. Contact is the interpreter's
// or the agency's.
type Booking struct {
	Language string `json:"language"`
	Mode     string `json:"mode"`
	State    string `json:"state"`
	Contact  string `json:"contact"`
}

// Book stores what staff say about an interpreter for the meeting, over what
// they said before, and gives the [Interpreter] as it is then. Families see
// state and contact with their answers. The error names the fields that can't
// be stored. Call it in a transaction.
func Book(tx core.App, meeting, author string, b Booking) (Interpreter, error) {
	b.Language, b.Contact = text.Fold(b.Language), text.Fold(b.Contact)
	if fields := b.faults(); len(fields) > 0 {
		return Interpreter{}, problem.Invalid(fields)
	}
	booked, err := bookingsOf(tx, meeting)
	if err != nil {
		return Interpreter{}, err
	}
	n := interpreter{b.Language, b.Mode}.need()
	row := booked[n]
	if row == nil {
		if row, err = database.NewRecord(tx, bookings); err != nil {
			return Interpreter{}, err
		}
		row.Load(map[string]any{"meeting": meeting, "language": n.language, "mode": n.mode})
	}
	row.Load(map[string]any{"state": b.State, "contact": b.Contact, "author": author})
	if err := tx.Save(row); err != nil {
		return Interpreter{}, fmt.Errorf("save interpreter booking: %w", err)
	}
	return interpreterOf(tx, meeting, n)
}

func (b Booking) faults() map[string]problem.Field {
	fields := map[string]problem.Field{}
	invalid := problem.Field{Code: "error.field_invalid"}
	if !validLanguage(b.Language) {
		fields["language"] = invalid
	}
	if !slices.Contains(modes, b.Mode) {
		fields["mode"] = invalid
	}
	if !slices.Contains(bookingStates, b.State) {
		fields["state"] = invalid
	}
	if n := utf8.RuneCountInString(b.Contact); n > maxContact {
		fields["contact"] = problem.Field{Code: text.CodeBlockTooLong, Params: map[string]any{"Max": maxContact, "Count": n}}
	}
	return fields
}

// bookingsOf gives the meeting's bookings by what they are for. Of two that were
// made when a language and its tag were not taken for the same, it is one that
// somebody must still cancel.
func bookingsOf(app core.App, meeting string) (map[need]*core.Record, error) {
	rows, err := app.FindAllRecords(bookings, dbx.HashExp{"meeting": meeting})
	if err != nil {
		return nil, fmt.Errorf("list interpreter bookings: %w", err)
	}
	out := make(map[need]*core.Record, len(rows))
	for _, r := range rows {
		n := interpreter{r.GetString("language"), r.GetString("mode")}.need()
		if other := out[n]; other == nil || other.GetString("state") != Booked {
			out[n] = r
		}
	}
	return out, nil
}

// stateOf is how far a booking has come, and whom to reach about it.
func stateOf(booking *core.Record) (state, contact string) {
	if booking == nil {
		return Requested, ""
	}
	return booking.GetString("state"), booking.GetString("contact")
}

// reopen asks again for an interpreter that was cancelled when no family needed
// it any more, now that one does.
func reopen(tx core.App, meeting string, n need) error {
	booked, err := bookingsOf(tx, meeting)
	if err != nil {
		return err
	}
	booking := booked[n]
	if booking == nil || booking.GetString("state") != Called {
		return nil
	}
	i, err := interpreterOf(tx, meeting, n)
	if err != nil || i.Families > 0 {
		return err
	}
	booking.Load(map[string]any{"state": Requested, "contact": ""})
	if err := tx.Save(booking); err != nil {
		return fmt.Errorf("reopen interpreter booking: %w", err)
	}
	return nil
}
