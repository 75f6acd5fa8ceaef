package access

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// useCode lets the device in by a code and gives the ids of the groups it now
// follows through it. A repeat by the device that the code let in, after a
// lost answer, has the same outcome, also once the code has stopped. Every
// other failure of the code is [ErrCodeInvalid]. Call it in a transaction.
func useCode(tx core.App, keys *Keys, code Code, device string, now time.Time) ([]string, error) {
	invite, err := findInvite(tx, keys, code)
	if err != nil {
		return nil, err
	}
	if invite.isHandover() {
		return useHandover(tx, invite, device, now)
	}
	if invite.forOne() {
		return useSlip(tx, invite, device, now)
	}
	return useGroupInvite(tx, invite, device, now)
}

func useGroupInvite(tx core.App, invite *Invite, device string, now time.Time) ([]string, error) {
	group := invite.Group()
	if !invite.Live(now) {
		return invited(tx, invite, device, now)
	}
	fresh, err := join(tx, device, group, invite.Id, inAYear(now), now)
	if err != nil {
		return nil, err
	}
	if fresh {
		invite.Set("uses+", 1)
		if err := tx.Save(invite); err != nil {
			return nil, fmt.Errorf("count the invite's use: %w", err)
		}
	}
	return []string{group}, nil
}

// invited is the answer to a code that has stopped: the group for the device
// that it let in, [ErrCodeInvalid] for every other.
func invited(tx core.App, invite *Invite, device string, now time.Time) ([]string, error) {
	m, err := findMembership(tx, device, invite.Group())
	if err != nil {
		return nil, err
	}
	if m == nil || m.GetString("invite") != invite.Id || !m.GetDateTime("ends").Time().After(now) {
		return nil, ErrCodeInvalid
	}
	return []string{invite.Group()}, nil
}
