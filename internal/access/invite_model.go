package access

import (
	"fmt"
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"folje/internal/problem"
)

// The kinds of invites.
const (
	kindGroup    = "group"    // made by staff, for any number of phones
	kindHandover = "handover" // made by a phone, for one other phone
	kindSlip     = "slip"     // made by staff and printed, for one phone
)

// How long a group's invite lives, in days.
const (
	DefaultInviteDays = 180
	MaxInviteDays     = 400
)

// maxLiveInvites bounds the live invites of one group.
const maxLiveInvites = 50

// What a code or an invitation is refused with.
var (
	// ErrCodeInvalid (404) is the one answer for a code that is wrong, expired,
	// rotated, revoked or used up.
	ErrCodeInvalid = problem.New(http.StatusNotFound, "error.code_invalid")
	// ErrInviteDays (400): days is not between 1 and [MaxInviteDays].
	ErrInviteDays = problem.Invalid(map[string]problem.Field{
		"days": {Code: "error.invite_days", Params: map[string]any{"Min": 1, "Max": MaxInviteDays}},
	})
	// ErrTooManyInvites (409): the group has as many live invites as it may.
	ErrTooManyInvites = problem.New(http.StatusConflict, "error.too_many_invites")
	// ErrNothingToHandOver (409): the device follows no group.
	ErrNothingToHandOver = problem.New(http.StatusConflict, "error.handover_empty")
)

// Invite is a row of invites. Its code is known only to who has the [Keys].
type Invite struct{ core.BaseRecordProxy }

func wrapInvite(r *core.Record) *Invite {
	i := &Invite{}
	i.SetProxyRecord(r)
	return i
}

// Group is the id of the group that a group's invite lets into.
func (i *Invite) Group() string { return i.GetString("group") }

// Expires is when the code stops by itself.
func (i *Invite) Expires() time.Time { return i.GetDateTime("expires").Time() }

// Uses is how many phones the code let in.
func (i *Invite) Uses() int { return i.GetInt("uses") }

// Live reports whether the code would let a new phone in at the time now.
func (i *Invite) Live(now time.Time) bool {
	used := i.forOne() && i.Uses() > 0 // also when the phone that used it is gone
	return i.GetDateTime("revoked").IsZero() && i.Expires().After(now) && !used
}

// Code opens the sealed code.
func (i *Invite) Code(keys *Keys) (Code, error) {
	return keys.Open(i.GetString("codeSealed"), i.GetString("codeHash"))
}

func (i *Invite) isHandover() bool { return i.GetString("kind") == kindHandover }

// forOne reports whether the code lets one phone in and no more.
func (i *Invite) forOne() bool { return i.isHandover() || i.GetString("kind") == kindSlip }

// ends is what a handover carries: group → end of the membership. Once used it
// is what was handed over.
func (i *Invite) ends() (map[string]time.Time, error) {
	ends := map[string]time.Time{}
	if err := i.UnmarshalJSONField("ends", &ends); err != nil {
		return nil, fmt.Errorf("read what the handover carries: %w", err)
	}
	return ends, nil
}
