package letter

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"folje/internal/audit"
	"folje/internal/outbox"
	"folje/internal/sync"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// released lets the row's revision out, which has waited for it; true where it
// is out and phones may ring for it. It is an [outbox.Kind]'s Release.
func released(tx core.App, row outbox.Row, now time.Time) (bool, error) {
	l, err := Find(tx, row.Item)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("find letter: %w", err)
	}
	if l.Number() >= row.Number { // it went out in the request that published it
		return l.Live() && l.Number() == row.Number, nil
	}
	if !l.Waits() || l.Number()+1 != row.Number {
		return false, nil
	}
	next, err := Next(tx, l)
	if err != nil {
		return false, fmt.Errorf("find waiting revision: %w", err)
	}
	if err := release(tx, l, next, row.Kind, now); err != nil {
		return false, err
	}
	return true, audit.Write(tx, "system", "release letter", l.Id, now)
}

// release makes the revision what phones have. Kind is that of the row which
// tells them of it and is there already, "" for none.
func release(tx core.App, l Letter, next Revision, kind string, now time.Time) error {
	var before []string
	if l.Live() {
		latest, err := Latest(tx, l)
		if err != nil {
			return fmt.Errorf("find latest revision: %w", err)
		}
		before = latest.Groups()
	}
	places, err := next.places()
	if err != nil {
		return err
	}
	if err := stampRevision(tx, next, places, now); err != nil {
		return err
	}
	if err := replaceRinging(tx, l, before, next, kind, now); err != nil {
		return err
	}
	if l.Live() {
		l.Set("corrected", now.UTC())
	} else {
		l.Set("published", now.UTC())
		l.Set("corrected", nil)
	}
	l.Set("withdrawn", nil)
	l.Set("release", nil)
	l.Set("number", next.Number())
	if err := store(tx, l); err != nil {
		return err
	}
	return translation.Tell(tx, sync.Item(letters, l.Id), places, before, next.Groups())
}

// stampRevision notes when the revision went out, and in which locales nothing
// was missing then.
func stampRevision(tx core.App, next Revision, places []translation.Place, now time.Time) error {
	complete, err := translation.Complete(tx, places)
	if err != nil {
		return err
	}
	next.Set("published", now.UTC())
	next.Set("complete", complete)
	if err := tx.Save(next.Record); err != nil {
		return fmt.Errorf("save revision: %w", err)
	}
	return nil
}

// replaceRinging ends what waits of the letter's earlier revisions, so that no
// phone rings twice, and tells the groups that have the letter no more. Rows of
// the kind that is being released are left to [stands].
func replaceRinging(tx core.App, l Letter, before []string, next Revision, kind string, now time.Time) error {
	ends := slices.DeleteFunc([]string{kindLetter, kindCorrection, kindTranslation, kindWithdrawal}, func(k string) bool { return k == kind })
	if err := outbox.Cancel(tx, l.Id, now, ends...); err != nil {
		return fmt.Errorf("cancel earlier notifications: %w", err)
	}
	dropped := slices.DeleteFunc(slices.Clone(before), func(g string) bool { return slices.Contains(next.Groups(), g) })
	if len(dropped) == 0 {
		return nil
	}
	return add(tx, withdrawalRow(l, dropped, next.GetString("author"), now))
}
