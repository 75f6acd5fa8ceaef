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
	before, err := scopes(tx, l)
	if err != nil {
		return false, err
	}
	if err := release(tx, l, next, before, row.Kind, now); err != nil {
		return false, err
	}
	if err := ringLosers(tx, l, next, before, now); err != nil {
		return false, err
	}
	return true, audit.Write(tx, "system", "release letter", l.Id, now)
}

// scopes are the groups that have the letter.
func scopes(tx core.App, l Letter) ([]string, error) {
	if !l.Live() {
		return nil, nil
	}
	latest, err := Latest(tx, l)
	if err != nil {
		return nil, fmt.Errorf("find latest revision: %w", err)
	}
	return latest.Groups(), nil
}

// release makes the revision what phones have; before are the groups that have
// the letter until then. What waits of its earlier revisions ends, so that no
// phone rings twice, but for rows of the kind that is being released: those
// are left to [stands]. Groups that were to hear that the letter is gone, and
// don't get it now either, still hear it.
func release(tx core.App, l Letter, next Revision, before []string, kind string, now time.Time) error {
	places, err := next.places()
	if err != nil {
		return err
	}
	if err := stampRevision(tx, next, places, now); err != nil {
		return err
	}
	ends := slices.DeleteFunc([]string{kindLetter, kindCorrection, kindTranslation}, func(k string) bool { return k == kind })
	if err := outbox.Cancel(tx, l.Id, now, ends...); err != nil {
		return fmt.Errorf("cancel earlier notifications: %w", err)
	}
	if err := keepWithdrawing(tx, l, next, now); err != nil {
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
	if err := ringReady(tx, l.Id, places, now); err != nil {
		return err
	}
	return translation.Tell(tx, sync.Item(letters, l.Id), places, before, next.Groups())
}

// keepWithdrawing ends the withdrawals that groups of the revision were to hear
// of, and goes on with them for the groups that don't have it.
func keepWithdrawing(tx core.App, l Letter, next Revision, now time.Time) error {
	without, err := outbox.CancelFor(tx, l.Id, next.Groups(), now, kindWithdrawal)
	if err != nil {
		return fmt.Errorf("cancel withdrawals: %w", err)
	}
	if len(without) == 0 {
		return nil
	}
	row := withdrawalRow(l, next.Number()-1, without, next.GetString("author"), now)
	row.Mark += " again"
	return add(tx, row)
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

// ringLosers tells the groups that had the letter before and have it no more.
func ringLosers(tx core.App, l Letter, now Revision, before []string, at time.Time) error {
	lost := slices.DeleteFunc(slices.Clone(before), func(g string) bool { return slices.Contains(now.Groups(), g) })
	if len(lost) == 0 {
		return nil
	}
	return add(tx, withdrawalRow(l, now.Number()-1, lost, now.GetString("author"), at))
}
