package meeting

import (
	"fmt"
	"net/http"
	"slices"
	"unicode/utf8"

	"folje/internal/problem"
	"folje/internal/text"

	"github.com/pocketbase/pocketbase/core"
)

// maxContact bounds whom to reach, in runes.
const maxContact = 200

// answers answers GET …/answers with the [Summary].
func (f *feature) answers(e *core.RequestEvent) error {
	m, err := f.meeting(e)
	if err != nil {
		return err
	}
	s, err := Summarise(e.App, m)
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "private, no-store")
	return e.JSON(http.StatusOK, s)
}

// booking is what staff say about an interpreter.
type booking struct {
	Language string `json:"language"`
	Mode     string `json:"mode"`
	State    string `json:"state"`
	Contact  string `json:"contact"`
}

func (b booking) need() need { return interpreter{b.Language, b.Mode}.need() }

// book answers PUT …/interpreters {language, mode, state, contact} with the
// [Interpreter] as it is then. Families see state and contact with their answer.
func (f *feature) book(e *core.RequestEvent) error {
	m, err := f.meeting(e)
	if err != nil {
		return err
	}
	var in booking
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	in.Language, in.Contact = text.Fold(in.Language), text.Fold(in.Contact)
	if fields := in.faults(); len(fields) > 0 {
		return problem.Invalid(fields)
	}
	var row Interpreter
	err = e.App.RunInTransaction(func(tx core.App) error {
		if err := saveBooking(tx, m.Id, e.Auth.Id, in); err != nil {
			return err
		}
		row, err = interpreterOf(tx, m.Id, in.need())
		return err
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, row)
}

func (b booking) faults() map[string]problem.Field {
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

func saveBooking(tx core.App, meeting, author string, b booking) error {
	booked, err := bookingsOf(tx, meeting)
	if err != nil {
		return err
	}
	n := b.need()
	row := booked[n]
	if row == nil {
		c, err := tx.FindCachedCollectionByNameOrId(bookings)
		if err != nil {
			return fmt.Errorf("find collection %s: %w", bookings, err)
		}
		row = core.NewRecord(c)
		row.Load(map[string]any{"meeting": meeting, "language": n.language, "mode": n.mode})
	}
	row.Load(map[string]any{"state": b.State, "contact": b.Contact, "author": author})
	if err := tx.Save(row); err != nil {
		return fmt.Errorf("save interpreter booking: %w", err)
	}
	return nil
}

// interpreterOf gives one row of the meeting's interpreters.
func interpreterOf(app core.App, meeting string, n need) (Interpreter, error) {
	rows, err := given(app, meeting)
	if err != nil {
		return Interpreter{}, err
	}
	all, err := interpreters(app, meeting, rows)
	if err != nil {
		return Interpreter{}, err
	}
	at := slices.IndexFunc(all, func(i Interpreter) bool { return interpreter{i.Language, i.Mode}.need() == n })
	if at < 0 {
		return Interpreter{}, problem.NotFound()
	}
	return all[at], nil
}
