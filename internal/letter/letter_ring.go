package letter

import (
	"fmt"
	"strconv"
	"time"

	"folje/internal/outbox"

	"github.com/pocketbase/pocketbase/core"
)

// The kinds of what phones are told about a letter.
const (
	kindLetter      = "letter"      // it is new
	kindCorrection  = "correction"  // it says something else now
	kindWithdrawal  = "withdrawal"  // it is gone
	kindTranslation = "translation" // it can be read in a language in which something was missing
)

// For how many days it makes sense to tell a phone, from when phones ring.
const (
	tellDays     = 14
	tellGoneDays = 3
)

// mark makes what rings for a revision happen once.
func mark(letter string, number int) string {
	return kindLetter + " " + letter + " " + strconv.Itoa(number)
}

// ringing is the row of the revision that is being published. While phones are
// held back, none of them has heard of the letter: its correction takes the
// place of what they were to be told, and waits as long.
func ringing(tx core.App, l Letter, next Revision, o order, now time.Time) (outbox.Row, error) {
	held, waits, err := outbox.Held(tx, l.Id, kindLetter, kindCorrection)
	if err != nil {
		return outbox.Row{}, err
	}
	if waits = waits && held.Hold.After(now); !waits {
		held = outbox.Row{}
	}
	row := outbox.Row{
		Kind: kindLetter, Item: l.Id, Number: next.Number(), Mark: mark(l.Id, next.Number()),
		Groups: next.Groups(), Author: o.author, Due: now.Add(o.undo), Hold: held.Hold, Awaits: held.Awaits,
	}
	if l.Live() && !waits {
		row.Kind = kindCorrection
	}
	if o.hold != nil {
		row.Hold, row.Awaits = *o.hold, o.awaits
	}
	if !row.Hold.After(row.Due) {
		row.Hold, row.Awaits = time.Time{}, nil
	}
	row.Until = later(row.Due, row.Hold).UTC().AddDate(0, 0, tellDays)
	return row, nil
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// withdrawalRow tells the groups that they have the letter's revision of this
// number no more.
func withdrawalRow(l Letter, number int, groups []string, author string, now time.Time) outbox.Row {
	return outbox.Row{
		Kind: kindWithdrawal, Item: l.Id, Number: number, Groups: groups, Author: author,
		Mark: kindWithdrawal + " " + l.Id + " " + strconv.Itoa(number),
		Due:  now, Until: now.UTC().AddDate(0, 0, tellGoneDays),
	}
}

// add writes a row that can't be there yet.
func add(tx core.App, row outbox.Row) error {
	added, err := outbox.Add(tx, row)
	if err != nil {
		return err
	}
	if !added {
		return fmt.Errorf("outbox row %q is there already", row.Mark)
	}
	return nil
}
