package letter

import (
	"fmt"
	"net/http"
	"time"

	"folje/internal/outbox"
	"folje/internal/problem"
	"folje/internal/sync"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// errOut says that what was to be undone has gone out.
var errOut = problem.New(http.StatusBadRequest, "error.letter_out")

// Undo takes back what was published and waits for its release: phones never
// hear of it, and the draft stays. Number is the revision that the author
// wants undone, 0 for whichever waits: one that isn't there any more is undone
// already. It fails where the letter has gone out.
func Undo(app core.App, id, author string, number int, now time.Time) (Letter, error) {
	var l Letter
	err := app.RunInTransaction(func(tx core.App) (err error) {
		if l, err = Find(tx, id); err != nil {
			return err
		}
		if number > 0 && l.Number() >= number {
			return errOut
		}
		if !l.Waits() {
			if l.Number() == 0 || number > 0 {
				return nil
			}
			return errOut
		}
		if err := takeBack(tx, l); err != nil {
			return err
		}
		return settle(tx, l, author, "undo letter", now)
	})
	return l, err
}

// takeBack takes the revision that waits away, with what was to ring for it;
// the caller saves the letter.
func takeBack(tx core.App, l Letter) error {
	if !l.Waits() {
		return nil
	}
	next, err := Next(tx, l)
	if err != nil {
		return fmt.Errorf("find waiting revision: %w", err)
	}
	if _, err := outbox.Erase(tx, mark(l.Id, next.Number())); err != nil {
		return fmt.Errorf("take back the notification: %w", err)
	}
	if err := tx.Delete(next.Record); err != nil {
		return fmt.Errorf("delete waiting revision: %w", err)
	}
	l.Set("release", nil)
	return nil
}

// Withdraw takes the letter back from every phone, and undoes what waits; the
// draft stays. A letter that nobody has is left as it is. It rings no phone;
// the route does.
func Withdraw(app core.App, id, author string, now time.Time) (Letter, error) {
	return withdraw(app, id, author, true, now)
}

// withdraw is [Withdraw], and tells the phones that were told of the letter.
func withdraw(app core.App, id, author string, silent bool, now time.Time) (Letter, error) {
	var l Letter
	err := app.RunInTransaction(func(tx core.App) (err error) {
		if l, err = Find(tx, id); err != nil {
			return err
		}
		waited := l.Waits()
		if !l.Live() && !waited {
			if l.Number() == 0 {
				return problem.New(http.StatusBadRequest, "error.letter_not_published")
			}
			return nil
		}
		if err := takeBack(tx, l); err != nil {
			return err
		}
		if !l.Live() {
			return settle(tx, l, author, "undo letter", now)
		}
		return recall(tx, l, author, silent, now)
	})
	return l, err
}

func recall(tx core.App, l Letter, author string, silent bool, now time.Time) error {
	latest, err := Latest(tx, l)
	if err != nil {
		return fmt.Errorf("find latest revision: %w", err)
	}
	l.Set("withdrawn", now.UTC())
	if err := settle(tx, l, author, "withdraw letter", now); err != nil {
		return err
	}
	if err := outbox.Cancel(tx, l.Id, now, kindLetter, kindCorrection, kindTranslation); err != nil {
		return fmt.Errorf("cancel notifications: %w", err)
	}
	if !silent {
		if err := add(tx, withdrawalRow(l, l.Number(), latest.Groups(), author, now)); err != nil {
			return err
		}
	}
	return translation.Tell(tx, sync.Item(letters, l.Id), nil, latest.Groups(), nil)
}
