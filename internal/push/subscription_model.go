package push

import (
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"folje/internal/database"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// How many subscriptions of one phone are sent to, and how many rows are kept
// of it, those that ended included. A browser has one; a phone whose browser
// made another before it told us has two for a while.
const (
	maxLive = 3
	maxKept = 10
)

// subscribing is what a phone says of a subscription, checked.
type subscribing struct {
	service, endpoint string
	p256dh, auth      []byte
	key               string
}

// markOf is what an endpoint's row is found by.
func markOf(endpoint string) string {
	sum := sha256.Sum256([]byte(endpoint))
	return hex.EncodeToString(sum[:])
}

// find gives the endpoint's row; nil where there is none.
func find(app core.App, endpoint string) (*core.Record, error) {
	r, err := app.FindFirstRecordByData(collection, "mark", markOf(endpoint))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find subscription: %w", err)
	}
	return r, nil
}

// upToDate reports whether the phone said all this already today.
func (in *subscribing) upToDate(app core.App, device string, now time.Time) (bool, error) {
	r, err := find(app, in.endpoint)
	if err != nil || r == nil {
		return false, err
	}
	for name, value := range in.values(device, now) {
		if r.GetString(name) != fmt.Sprint(value) {
			return false, nil
		}
	}
	return true, nil
}

// values are what the row holds after the phone said so: whatever was wrong
// with it may be right again.
func (in *subscribing) values(device string, now time.Time) map[string]any {
	text := base64.RawURLEncoding.EncodeToString
	return map[string]any{
		"device": device, "mark": markOf(in.endpoint), "service": in.service, "endpoint": in.endpoint,
		"p256dh": text(in.p256dh), "auth": text(in.auth), "key": in.key,
		"heard": day(now), "faults": 0, "parked": "", "ended": "", "reason": "",
	}
}

// keep stores the subscription as the device's. One that was another device's
// begins anew: it is the same browser with another identity, and what waits for
// the other one is not for it. Call it in a transaction.
func (in *subscribing) keep(tx core.App, device string, now time.Time) error {
	r, err := find(tx, in.endpoint)
	if err != nil {
		return err
	}
	if r != nil && r.GetString("device") != device {
		if err := tx.Delete(r); err != nil {
			return fmt.Errorf("delete another device's subscription: %w", err)
		}
		r = nil
	}
	if r == nil {
		if r, err = database.NewRecord(tx, collection); err != nil {
			return err
		}
	}
	r.Load(in.values(device, now))
	if err := tx.Save(r); err != nil {
		return fmt.Errorf("save subscription: %w", err)
	}
	return bound(tx, device, r.Id, now)
}

// bound ends the device's live subscriptions but for the one given and those
// heard of last, and deletes the rows beyond what is kept.
func bound(tx core.App, device, latest string, now time.Time) error {
	rows, err := tx.FindRecordsByFilter(collection, "device = {:device} && id != {:latest}", "ended,-heard,-id", 0, 0,
		dbx.Params{"device": device, "latest": latest})
	if err != nil {
		return fmt.Errorf("find the device's subscriptions: %w", err)
	}
	for i, r := range rows {
		switch live := r.GetString("ended") == ""; {
		case i+1 >= maxKept:
			if err := tx.Delete(r); err != nil {
				return fmt.Errorf("delete subscription: %w", err)
			}
		case live && i+1 >= maxLive:
			if err := End(tx, r.Id, ReasonTooMany, now); err != nil {
				return err
			}
		}
	}
	return nil
}

// forget deletes the device's subscription; one that it hasn't is gone already.
func forget(app core.App, device, endpoint string) error {
	r, err := find(app, endpoint)
	if err != nil || r == nil || r.GetString("device") != device {
		return err
	}
	if err := app.Delete(r); err != nil {
		return fmt.Errorf("delete subscription: %w", err)
	}
	return nil
}

// sendable fails with [ErrUnknown] where the device has no such subscription,
// or nothing is sent to it.
func sendable(app core.App, device, endpoint string) error {
	r, err := find(app, endpoint)
	if err != nil {
		return err
	}
	if r == nil || r.GetString("device") != device || r.GetString("ended") != "" || r.GetString("parked") != "" {
		return ErrUnknown
	}
	return nil
}
