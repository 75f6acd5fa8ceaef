package operation

import (
	"encoding/json"

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
// device, so that a restored backup can be made to forget it too.
func Erase(note func(device string) error) Kind {
	return Kind{Version: 1, Anyone: true, Apply: func(tx core.App, device access.Device, _ Operation) (Outcome, error) {
		if err := note(device.ID); err != nil {
			return Outcome{}, err
		}
		return Outcome{}, access.EraseDevice(tx, device.ID)
	}}
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
