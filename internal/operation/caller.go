package operation

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"folje/internal/access"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// caller is who sends operations: a device, or a member of staff. Both are nil
// where the device is unknown.
type caller struct {
	device *access.Device
	staff  *core.Record
	hash   string // of an unknown device's secret; "" where it brought none
}

// name is what the ledger and the allowance know the caller by. A device's is
// its UUID, which no account's can be.
func (c caller) name() string {
	if c.staff != nil {
		return "staff " + c.staff.Id
	}
	return c.device.ID
}

func (c caller) nobody() bool { return c.device == nil && c.staff == nil }

// maxBody is how large the body of one of the caller's operations may be.
func (c caller) maxBody() int {
	if c.staff != nil {
		return MaxStaffBody
	}
	return MaxBody
}

// knows reports whether the kind is one for such a caller.
func (c caller) knows(k Kind) bool {
	if c.staff != nil {
		return k.ForStaff != nil
	}
	return k.Apply != nil
}

// run does what the operation says, for the caller as tx has it: what she may
// do, or what the device follows, may have changed on the way.
func (c caller) run(tx core.App, kind Kind, op Operation) (Outcome, error) {
	if c.staff == nil {
		device, err := access.FindDevice(tx, c.device.ID)
		if err != nil {
			return Outcome{}, err
		}
		return kind.Apply(tx, device, op)
	}
	staff, err := c.fresh(tx)
	if err != nil {
		return Outcome{}, err
	}
	return kind.ForStaff(tx, staff, op)
}

// exists fails where the caller was shut out since she was authenticated.
func (c caller) exists(tx core.App) error {
	if c.staff == nil {
		_, err := access.FindDevice(tx, c.device.ID)
		return err
	}
	_, err := c.fresh(tx)
	return err
}

func (c caller) fresh(tx core.App) (*core.Record, error) {
	staff, err := tx.FindRecordById("staff", c.staff.Id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, problem.SignIn()
	}
	if err != nil {
		return nil, fmt.Errorf("find who sent the operation: %w", err)
	}
	if staff.TokenKey() != c.staff.TokenKey() {
		return nil, problem.SignIn()
	}
	return staff, nil
}

// caller finds who sends the request. A token of staff has dots, a device's
// secret has none: who comes with one that holds no more is to sign in again.
func (f *feature) caller(e *core.RequestEvent) (caller, error) {
	if access.IsStaff(e.Auth) {
		return caller{staff: e.Auth}, nil
	}
	if signedToken(e.Request) {
		return caller{}, problem.SignIn()
	}
	device, err := f.Authenticate(e.Request)
	by := caller{device: device}
	if device == nil {
		by.hash, _ = access.SecretHash(e.Request)
	}
	return by, err
}

func signedToken(r *http.Request) bool {
	return strings.Count(r.Header.Get("Authorization"), ".") == 2
}
