package access

import (
	"fmt"
	"net/http"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"folje/internal/problem"
)

// How many slips are made at once and kept of one group, and for how many days
// unless staff say otherwise.
const (
	MaxSlips        = 60
	maxSlips        = 300
	DefaultSlipDays = 60
)

// What making slips is refused with.
var (
	// ErrSlips (400): count is not between 1 and [MaxSlips].
	ErrSlips = problem.Invalid(map[string]problem.Field{
		"count": {Code: "error.slips_count", Params: map[string]any{"Min": 1, "Max": MaxSlips}},
	})
	// ErrTooManySlips (409): so many slips of the group were made and not stopped
	// that more would hardly be handed out.
	ErrTooManySlips = problem.New(http.StatusConflict, "error.too_many_slips")
)

// MakeSlips makes so many codes, each of which lets one phone into the group
// within days from now. They are given once: what is stored finds a code again
// and can't tell it, so that nobody learns later whose slip it was that a phone
// came by. It fails with [ErrSlips], [ErrInviteDays] and [ErrTooManySlips].
// Call it in a transaction, after [CanInvite].
func MakeSlips(tx core.App, keys *Keys, group, author string, count, days int, now time.Time) ([]Code, error) {
	switch {
	case count < 1 || count > MaxSlips:
		return nil, ErrSlips
	case days < 1 || days > MaxInviteDays:
		return nil, ErrInviteDays
	}
	// Used ones count too: where making more becomes possible again, staff who
	// made all they can would learn that somebody came.
	made, err := tx.CountRecords("invites", keptSlips(group), dbx.NewExp("[[expires]] > {:now}", dbx.Params{"now": stamp(now)}))
	if err != nil {
		return nil, fmt.Errorf("count slips: %w", err)
	}
	if int(made)+count > maxSlips {
		return nil, ErrTooManySlips
	}
	codes := make([]Code, count)
	for i := range codes {
		codes[i] = NewCode()
		r, err := newCodeRecord(tx, keys, codes[i], kindSlip, inDays(now, days))
		if err != nil {
			return nil, err
		}
		r.Load(map[string]any{"group": group, "author": author, "codeSealed": ""})
		if err := tx.Save(r); err != nil {
			return nil, fmt.Errorf("save slip: %w", err)
		}
	}
	return codes, note(tx, author, "make slips", group, now)
}

// EndSlips stops the group's slips; phones that came by one stay. Call it in a transaction, after [CanInvite].
func EndSlips(tx core.App, group, author string, now time.Time) error {
	if err := revokeSlips(tx, group, now); err != nil {
		return err
	}
	return note(tx, author, "end slips", group, now)
}

func revokeSlips(tx core.App, group string, now time.Time) error {
	kept, err := tx.FindAllRecords("invites", keptSlips(group))
	if err != nil {
		return fmt.Errorf("find slips: %w", err)
	}
	for _, r := range kept {
		if err := revoke(tx, wrapInvite(r), now); err != nil {
			return err
		}
	}
	return nil
}

// keptSlips are those that nobody has stopped, used or not.
func keptSlips(group string) dbx.HashExp {
	return dbx.HashExp{"kind": kindSlip, "group": group, "revoked": ""}
}

// useSlip lets one phone in, for good: another is told that the code isn't one.
func useSlip(tx core.App, invite *Invite, device string, now time.Time) ([]string, error) {
	group := invite.Group()
	if !invite.Live(now) {
		return invited(tx, invite, device, now)
	}
	m, err := findMembership(tx, device, group)
	if err != nil {
		return nil, err
	}
	if m != nil && m.GetDateTime("ends").Time().After(now) {
		return []string{group}, nil // it is in already, and leaves the slip to another
	}
	if _, err := join(tx, device, group, invite.Id, inAYear(now), now); err != nil {
		return nil, err
	}
	invite.Set("uses", 1)
	if err := tx.Save(invite); err != nil {
		return nil, fmt.Errorf("use up slip: %w", err)
	}
	return []string{group}, nil
}
