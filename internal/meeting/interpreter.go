package meeting

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"folje/internal/text"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"golang.org/x/text/cases"
)

const bookings = "interpreter_bookings"

// maxLanguage bounds the name of a language, in runes.
const maxLanguage = 60

// The states of a booking. Without a row it is Requested.
const (
	Requested = "requested"
	Booked    = "booked"
	NoneFound = "none_found"
	Called    = "cancelled" // the booking, not the meeting
)

var bookingStates = []string{Requested, Booked, NoneFound, Called}

// need is what interpreters are booked by: the families that ask for the same
// language, however they write it, in the same way to take part.
type need struct{ language, mode string }

func (i interpreter) need() need { return need{foldLanguage(i.Language), i.Mode} }

// foldLanguage is a language's name as it is compared, without regard to case.
func foldLanguage(name string) string { return cases.Fold().String(text.Fold(name)) }

// validLanguage says whether a language has a name, and one that can be stored
// as it was written and as it is compared.
func validLanguage(name string) bool {
	n := max(utf8.RuneCountInString(name), utf8.RuneCountInString(foldLanguage(name)))
	return strings.IndexFunc(name, unicode.IsLetter) >= 0 && n <= maxLanguage
}

func (i interpreter) fault() error {
	switch {
	case !validLanguage(i.Language):
		return errors.New("the language is missing or too long")
	case !slices.Contains(modes, i.Mode):
		return errors.New("no such mode")
	}
	return nil
}

// bookingsOf gives the meeting's bookings by what they are for.
func bookingsOf(app core.App, meeting string) (map[need]*core.Record, error) {
	rows, err := app.FindAllRecords(bookings, dbx.HashExp{"meeting": meeting})
	if err != nil {
		return nil, fmt.Errorf("list interpreter bookings: %w", err)
	}
	out := make(map[need]*core.Record, len(rows))
	for _, r := range rows {
		out[need{r.GetString("language"), r.GetString("mode")}] = r
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

// askAgain reopens a booking that was cancelled when no family needed it any
// more, now that one does.
func askAgain(tx core.App, meeting string, n need) error {
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
