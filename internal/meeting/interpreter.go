package meeting

import (
	"errors"
	"fmt"
	"slices"
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

func (i interpreter) need() need {
	return need{cases.Fold().String(text.Fold(i.Language)), i.Mode}
}

func (i interpreter) fault() error {
	switch n := i.need(); {
	case n.language == "" || max(utf8.RuneCountInString(i.Language), utf8.RuneCountInString(n.language)) > maxLanguage:
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
