package access

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// FindInvites gives the group's live invites, the newest first.
func FindInvites(app core.App, group string, now time.Time) ([]*Invite, error) {
	records, err := app.FindRecordsByFilter("invites",
		"kind = 'group' && group = {:group} && revoked = '' && expires > {:now}",
		"-created,-id", 0, 0, dbx.Params{"group": group, "now": stamp(now)})
	if err != nil {
		return nil, fmt.Errorf("find invites: %w", err)
	}
	invites := make([]*Invite, len(records))
	for i, r := range records {
		invites[i] = wrapInvite(r)
	}
	return invites, nil
}

// findInvite gives the invite of a code, live or not; [ErrCodeInvalid] where
// there is none.
func findInvite(app core.App, keys *Keys, code Code) (*Invite, error) {
	r, err := app.FindFirstRecordByData("invites", "codeHash", keys.Lookup(code))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrCodeInvalid
	}
	if err != nil {
		return nil, fmt.Errorf("find invite: %w", err)
	}
	return wrapInvite(r), nil
}
