package letter

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"time"

	"folje/internal/outbox"
	"folje/internal/problem"
	"folje/internal/sync"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// bindDelete forgets what a deleted letter used, and takes it back from phones.
// What the API was asked to delete is looked at again inside the transaction:
// it may have been published since the rule let the request through, and only
// PocketBase's superusers may delete a letter that parents have had or are
// about to get.
func (f *feature) bindDelete(app core.App) {
	app.OnRecordDeleteRequest(letters).BindFunc(func(e *core.RecordRequestEvent) error {
		outer := e.App
		defer func() { e.App = outer }()
		return outer.RunInTransaction(func(tx core.App) error {
			e.App = tx
			l, err := Find(tx, e.Record.Id)
			if err == nil && !e.HasSuperuserAuth() {
				err = deletable(l)
			}
			if err != nil {
				return problem.API(e.RequestEvent, f.Locales, err)
			}
			return e.Next()
		})
	})
	app.OnRecordDelete(letters).BindFunc(func(e *core.RecordEvent) error {
		outer := e.App
		defer func() { e.App = outer }()
		return outer.RunInTransaction(func(tx core.App) error {
			e.App = tx
			if err := forget(tx, e.Record.Id, f.Now()); err != nil {
				return err
			}
			return e.Next()
		})
	})
}

func deletable(l Letter) error {
	if l.Number() > 0 {
		return problem.NotFound()
	}
	if l.Waits() {
		return problem.New(http.StatusBadRequest, "error.letter_waiting")
	}
	return nil
}

// forget goes by what is stored: the caller's copy may be from before the
// letter was published.
func forget(tx core.App, id string, now time.Time) error {
	l, err := Find(tx, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("find letter: %w", err)
	}
	if err := takeBack(tx, l); err != nil {
		return err
	}
	if err := outbox.Cancel(tx, id, now, kindLetter, kindCorrection, kindTranslation); err != nil {
		return fmt.Errorf("cancel notifications: %w", err)
	}
	if l.Live() {
		latest, err := Latest(tx, l)
		if err != nil {
			return fmt.Errorf("find latest revision: %w", err)
		}
		if err := add(tx, withdrawalRow(l, l.Number(), latest.Groups(), "system", now)); err != nil {
			return err
		}
		if err := translation.Tell(tx, sync.Item(letters, id), nil, latest.Groups(), nil); err != nil {
			return err
		}
	}
	return translation.Index(tx, translation.Owner{Collection: letters, ID: id})
}
