package access

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"folje/internal/audit"
	"folje/internal/database"
)

// MakeInvite makes a code for the group that lives for days from now. Author
// is the id of a member of staff, or "" for the system. It fails with
// [ErrInviteDays] and [ErrTooManyInvites]. Call it in a transaction, after
// [CanInvite].
func MakeInvite(tx core.App, keys *Keys, group, author string, days int, now time.Time) (*Invite, error) {
	if days < 1 || days > MaxInviteDays {
		return nil, ErrInviteDays
	}
	live, err := FindInvites(tx, group, now)
	if err != nil {
		return nil, err
	}
	if len(live) >= maxLiveInvites {
		return nil, ErrTooManyInvites
	}
	invite, err := makeInvite(tx, keys, group, author, days, now)
	if err != nil {
		return nil, err
	}
	return invite, note(tx, author, "make invite", invite.Id, now)
}

// RotateInvites makes a new code for the group and stops all others, printed
// slips too. With drop
// it also ends every membership of the group, so that all phones join anew;
// handovers made by those phones carry nothing then. Call it in a transaction,
// after [CanInvite].
func RotateInvites(tx core.App, keys *Keys, group, author string, drop bool, now time.Time) (*Invite, error) {
	live, err := FindInvites(tx, group, now)
	if err != nil {
		return nil, err
	}
	for _, i := range live {
		if err := revoke(tx, i, now); err != nil {
			return nil, err
		}
	}
	if err := revokeSlips(tx, group, now); err != nil {
		return nil, err
	}
	action := "rotate invites"
	if drop {
		action = "rotate invites and drop devices"
		if err := dropMemberships(tx, group); err != nil {
			return nil, err
		}
	}
	if err := note(tx, author, action, group, now); err != nil {
		return nil, err
	}
	return makeInvite(tx, keys, group, author, DefaultInviteDays, now)
}

// RevokeInvite stops the invite's code; phones that joined stay. Revoking
// again changes nothing. Call it in a transaction, after [CanInvite].
func RevokeInvite(tx core.App, invite *Invite, author string, now time.Time) error {
	if !invite.GetDateTime("revoked").IsZero() {
		return nil
	}
	if err := revoke(tx, invite, now); err != nil {
		return err
	}
	return note(tx, author, "revoke invite", invite.Id, now)
}

func makeInvite(tx core.App, keys *Keys, group, author string, days int, now time.Time) (*Invite, error) {
	r, err := newCodeRecord(tx, keys, NewCode(), kindGroup, inDays(now, days))
	if err != nil {
		return nil, err
	}
	r.Set("group", group)
	r.Set("author", author)
	if err := tx.Save(r); err != nil {
		return nil, fmt.Errorf("save invite: %w", err)
	}
	return wrapInvite(r), nil
}

// newCodeRecord is an unsaved row with the code, sealed.
func newCodeRecord(tx core.App, keys *Keys, code Code, kind string, expires time.Time) (*core.Record, error) {
	r, err := database.NewRecord(tx, "invites")
	if err != nil {
		return nil, err
	}
	r.Set("kind", kind)
	r.Set("codeHash", keys.Lookup(code))
	r.Set("codeSealed", keys.Seal(code))
	r.Set("expires", expires.UTC())
	return r, nil
}

func revoke(tx core.App, invite *Invite, now time.Time) error {
	invite.Set("revoked", now.UTC())
	if err := tx.Save(invite); err != nil {
		return fmt.Errorf("revoke invite: %w", err)
	}
	return nil
}

func dropMemberships(tx core.App, group string) error {
	all, err := tx.FindAllRecords("memberships", dbx.HashExp{"group": group})
	if err != nil {
		return fmt.Errorf("find memberships: %w", err)
	}
	for _, m := range all {
		if err := tx.Delete(m); err != nil {
			return fmt.Errorf("drop membership: %w", err)
		}
	}
	return nil
}

func note(tx core.App, author, action, subject string, now time.Time) error {
	if author == "" {
		author = "system"
	}
	return audit.Write(tx, author, action, subject, now)
}
