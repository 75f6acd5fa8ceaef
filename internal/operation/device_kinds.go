package operation

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"folje/internal/access"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// Leave is the kind "leave" {group}: the device follows the group no more. It
// is applied also where it did not.
func Leave() Kind {
	return Kind{Version: 1, Apply: func(tx core.App, device access.Device, op Operation) (Outcome, error) {
		var body struct {
			Group string `json:"group"`
		}
		if err := Decode(op, &body); err != nil {
			return Outcome{}, err
		}
		return Outcome{}, access.LeaveGroup(tx, device.ID, body.Group)
	}}
}

// Erase is the kind "erase" {}: everything stored for the device goes, and the
// device with it, except for the lock on a revoked one. What was never stored
// with a device (wishes, reports) stays. Before it is applied, note is told the
// device's id, so that a restored backup can be made to forget it too. A server
// that was restored to an earlier time may not know the device, and one that is
// restored to a later time knows it again: then note is told the secret's hash.
func Erase(note func(idOrHash string) error) Kind {
	erase := func(tx core.App, id string) error {
		if err := note(id); err != nil {
			return err
		}
		return access.EraseDevice(tx, id)
	}
	return Kind{Version: 1, Anyone: true,
		Apply: func(tx core.App, device access.Device, _ Operation) (Outcome, error) {
			return Outcome{}, erase(tx, device.ID)
		},
		Strange: func(tx core.App, secretHash string) error {
			device, err := tx.FindFirstRecordByData("devices", "secretHash", secretHash)
			if errors.Is(err, sql.ErrNoRows) {
				return note(secretHash)
			}
			if err != nil {
				return fmt.Errorf("find a device that has just been registered: %w", err)
			}
			return erase(tx, device.Id)
		},
	}
}

// Decode reads the operation's body into the struct that into points to. What
// does not fit is a malformed operation; unknown fields are ignored.
func Decode(op Operation, into any) error {
	if err := json.Unmarshal(op.Body, into); err != nil {
		return errMalformed.Because(err)
	}
	return nil
}

// Malformed rejects an operation whose body can't be meant.
func Malformed(cause error) *problem.Problem { return errMalformed.Because(cause) }
