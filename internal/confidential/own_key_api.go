package confidential

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"

	"folje/internal/audit"
	"folje/internal/database"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// ownKey is a member of staff's own key, nil where she made none.
func ownKey(app core.App, staff string) (*core.Record, error) {
	r, err := app.FindFirstRecordByData(own, "staff", staff)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find a member of staff's key: %w", err)
	}
	return r, nil
}

// ownPair is a member of staff's own key: the secret half under her passphrase.
type ownPair struct {
	Recipient string `json:"recipient"`
	Identity  string `json:"identity"`
}

func readOwnKey(e *core.RequestEvent) (in ownPair, err error) {
	if err := problem.Read(e, maxBody, &in); err != nil {
		return in, err
	}
	f := fields{}
	f.need("recipient", in.Recipient, recipientForm.MatchString(in.Recipient))
	f.need("identity", in.Identity, isLocked(in.Identity))
	return in, f.err()
}

// storeOwnKey keeps her key. With another one what was encrypted to the one
// before is of no use to her: she has to be let in again, everywhere.
func (f *feature) storeOwnKey(tx core.App, staff string, in ownPair) error {
	r, err := ownKey(tx, staff)
	if err != nil {
		return err
	}
	if r == nil {
		if r, err = database.NewRecord(tx, own); err != nil {
			return err
		}
		r.Set("staff", staff)
	}
	other := r.GetString("recipient") != in.Recipient
	r.Load(map[string]any{"recipient": in.Recipient, "identity": in.Identity})
	if err := tx.Save(r); err != nil {
		return fmt.Errorf("save a member of staff's key: %w", err)
	}
	if other {
		if err := f.askAgain(tx, staff); err != nil {
			return err
		}
	}
	return audit.Write(tx, staff, "change own key", staff, f.Now())
}

// askAgain makes her one who asked wherever she is in, and tells each channel so.
func (f *feature) askAgain(tx core.App, staff string) error {
	all, err := tx.FindRecordsByFilter(holders, "staff = {:staff} && state = 'in'", "", 0, 0, dbx.Params{"staff": staff})
	if err != nil {
		return fmt.Errorf("list holders: %w", err)
	}
	for _, r := range all {
		if err := unwrap(tx, r.Id); err != nil {
			return err
		}
		r.Set("state", "asked")
		if err := tx.Save(r); err != nil {
			return fmt.Errorf("save a holder: %w", err)
		}
		channel, err := tx.FindRecordById(channels, r.GetString("channel"))
		if err != nil {
			return fmt.Errorf("find a channel: %w", err)
		}
		if err := audit.Write(tx, staff, "ask to be let in", subject(channel.GetString("name"), r.Id), f.Now()); err != nil {
			return err
		}
	}
	return nil
}

// getOwnKey answers GET key → {recipient, identity}, both "" before she made one.
func (f *feature) getOwnKey(e *core.RequestEvent) error {
	r, err := ownKey(e.App, e.Auth.Id)
	if err != nil {
		return err
	}
	var pair ownPair
	if r != nil {
		pair = ownPair{r.GetString("recipient"), r.GetString("identity")}
	}
	return e.JSON(http.StatusOK, pair)
}

// putOwnKey answers PUT key {recipient, identity} with the same.
func (f *feature) putOwnKey(e *core.RequestEvent) error {
	in, err := readOwnKey(e)
	if err != nil {
		return err
	}
	err = e.App.RunInTransaction(func(tx core.App) error { return f.storeOwnKey(tx, e.Auth.Id, in) })
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, in)
}
