package access

import (
	"fmt"
	"time"

	"folje/internal/database"

	"github.com/pocketbase/pocketbase/core"
)

// join makes the device follow the group until ends, or renews what it has; a
// later end is kept. It reports whether the device did not follow the group
// before. Call it in a transaction.
func join(tx core.App, device, group, invite string, ends, now time.Time) (bool, error) {
	m, err := findMembership(tx, device, group)
	if err != nil {
		return false, err
	}
	if m == nil {
		if m, err = database.NewRecord(tx, "memberships"); err != nil {
			return false, err
		}
		m.Set("device", device)
		m.Set("group", group)
	}
	before := m.GetDateTime("ends").Time()
	if !ends.After(before) {
		return false, nil
	}
	m.Set("ends", ends.UTC())
	m.Set("invite", invite)
	if err := tx.Save(m); err != nil {
		return false, fmt.Errorf("save membership: %w", err)
	}
	return !before.After(now), nil
}

// LeaveGroup ends the device's membership at once. Leaving a group that the
// device does not follow changes nothing.
func LeaveGroup(app core.App, device, group string) error {
	m, err := findMembership(app, device, group)
	if err != nil || m == nil {
		return err
	}
	if err := app.Delete(m); err != nil {
		return fmt.Errorf("delete membership: %w", err)
	}
	return nil
}
