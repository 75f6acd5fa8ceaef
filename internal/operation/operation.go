// Package operation applies what phones want done, each thing exactly once, and
// what staff did on a page without a network.
//
// A phone puts operations in its outbox and sends them, in batches and as
// often as it must, to POST /api/folje/v1/operations. The ledger (collection
// operations) keeps a verdict for each, written in the transaction that the
// operation's effects are written in, so that a repeat gets the verdict again
// and changes nothing. A phone drops an operation only when it has read its
// verdict.
//
// What an operation does is its [Kind]'s; features give theirs to [Register].
package operation

import (
	"encoding/json"

	"folje/internal/access"

	"github.com/pocketbase/pocketbase/core"
)

// Operation is what a phone wants done. ID is a UUID of version 4, Seq the
// phone's own count of its operations (1 and up), V the version of Body, which
// is a JSON object of at most [MaxBody] or [MaxStaffBody] bytes. The phone's clock is not in it:
// nothing may depend on it.
type Operation struct {
	ID   string
	Seq  int
	Kind string
	V    int
	Body json.RawMessage
}

// The largest body of an operation, in bytes: of a phone's, and of one of staff,
// who write longer texts.
const (
	MaxBody      = 4096
	MaxStaffBody = 20 << 10
)

// Kind is one kind of operation. Version is the newest v that Apply
// understands; it must understand all older ones for good, because a phone may
// have been away for years.
//
// Apply does the work inside tx, for the device as it is there (a kind for Anyone
// gets it as it was authenticated), and says how it went. An error
// that problem.From lays at the caller's door, with a status from 400 to 499
// except 401 and 429, rejects the operation with its code, and nothing of what
// Apply wrote stays; such a code's message must have no parameters, because the
// ledger keeps the code only. Any other error leaves the operation in the
// phone's outbox.
//
// A kind of staff has ForStaff instead of Apply, for the member of staff as she is
// in tx: what she may do is for it to ask. A phone doesn't know the kinds of
// staff, nor staff those of phones.
//
// A kind for Anyone is applied for a revoked device as well, and where the
// device is unknown it counts as applied, once Strange, where there is one, has
// been told the hash of the secret that came with it. It is not entered in the
// ledger: applying it twice must be the same as once.
type Kind struct {
	Version  int
	Anyone   bool
	Apply    func(tx core.App, device access.Device, op Operation) (Outcome, error)
	Strange  func(tx core.App, secretHash string) error
	ForStaff func(tx core.App, staff *core.Record, op Operation) (Outcome, error)
}

// Outcome is how an operation was applied; the zero value is plainly. Late
// says that it was stored, but after its time; Code is the message id that
// tells so.
type Outcome struct {
	Late bool
	Code string
}

// Verdict is the answer to one operation. Value is applied, repeated (applied
// by an earlier request), late or rejected; Code and Message say why in the
// phone's language.
type Verdict struct {
	Op      string `json:"op"`
	Value   string `json:"verdict"`
	Code    string `json:"code,omitempty"`
	Message string `json:"message,omitempty"`
}

// The verdicts.
const (
	Applied  = "applied"
	Repeated = "repeated"
	Late     = "late"
	Rejected = "rejected"
)
