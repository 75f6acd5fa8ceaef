package access

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// handoverLife is how long a handover's code lives. It is a span and not a
// day of the calendar: a parent is told "24 hours".
const handoverLife = 24 * time.Hour

// maxHandovers bounds the unused handovers of one device; the oldest gives way.
const maxHandovers = 10

// MakeHandover makes a code that lets one other device into all groups that
// this one follows, with the same ends. It fails with [ErrNothingToHandOver].
// Call it in a transaction.
func MakeHandover(tx core.App, keys *Keys, device string, now time.Time) (*Invite, error) {
	ends, err := liveEnds(tx, device, now)
	if err != nil {
		return nil, err
	}
	if len(ends) == 0 {
		return nil, ErrNothingToHandOver
	}
	if err := makeRoom(tx, device); err != nil {
		return nil, err
	}
	r, err := newCodeRecord(tx, keys, NewCode(), kindHandover, now.Add(handoverLife))
	if err != nil {
		return nil, err
	}
	r.Set("device", device)
	r.Set("ends", ends)
	if err := tx.Save(r); err != nil {
		return nil, fmt.Errorf("save handover: %w", err)
	}
	return wrapInvite(r), nil
}

// useHandover hands over what the giving device has of the groups it meant: a
// group that it left, or was dropped from, since then is not handed over.
func useHandover(tx core.App, invite *Invite, device string, now time.Time) ([]string, error) {
	meant, err := invite.ends()
	if err != nil {
		return nil, err
	}
	giver := invite.GetString("device")
	if device == giver || device == invite.GetString("usedBy") {
		return stillFollowed(tx, device, meant, now) // a repeat, or its own code: nothing is used up
	}
	if !invite.Live(now) {
		return nil, ErrCodeInvalid
	}
	given, err := stillGiven(tx, giver, meant, now)
	if err != nil {
		return nil, err
	}
	for _, group := range slices.Sorted(maps.Keys(given)) {
		if _, err := join(tx, device, group, invite.Id, given[group], now); err != nil {
			return nil, err
		}
	}
	invite.Set("usedBy", device)
	invite.Set("ends", given)
	invite.Set("uses", 1)
	if err := tx.Save(invite); err != nil {
		return nil, fmt.Errorf("use up handover: %w", err)
	}
	return slices.Sorted(maps.Keys(given)), nil
}

// stillGiven is what of the meant groups the giver follows now, with their
// ends.
func stillGiven(tx core.App, giver string, meant map[string]time.Time, now time.Time) (map[string]time.Time, error) {
	record, err := tx.FindRecordById("devices", giver)
	if err != nil {
		return nil, fmt.Errorf("find the giving device: %w", err)
	}
	given, err := liveEnds(tx, giver, now)
	if err != nil {
		return nil, err
	}
	keepOnly(given, meant)
	if len(given) == 0 || !record.GetDateTime("revoked").IsZero() {
		return nil, ErrCodeInvalid
	}
	return given, nil
}

func stillFollowed(tx core.App, device string, meant map[string]time.Time, now time.Time) ([]string, error) {
	live, err := liveEnds(tx, device, now)
	if err != nil {
		return nil, err
	}
	keepOnly(live, meant)
	if len(live) == 0 {
		return nil, ErrCodeInvalid
	}
	return slices.Sorted(maps.Keys(live)), nil
}

func keepOnly(ends, meant map[string]time.Time) {
	maps.DeleteFunc(ends, func(group string, _ time.Time) bool {
		_, ok := meant[group]
		return !ok
	})
}

// liveEnds is group → end of the device's memberships that have not ended.
func liveEnds(app core.App, device string, now time.Time) (map[string]time.Time, error) {
	all, err := app.FindAllRecords("memberships", dbx.HashExp{"device": device})
	if err != nil {
		return nil, fmt.Errorf("find memberships: %w", err)
	}
	ends := map[string]time.Time{}
	for _, m := range all {
		if t := m.GetDateTime("ends").Time(); t.After(now) {
			ends[m.GetString("group")] = t
		}
	}
	return ends, nil
}

// makeRoom deletes the device's oldest unused handovers.
func makeRoom(tx core.App, device string) error {
	waiting, err := tx.FindRecordsByFilter("invites", "kind = 'handover' && device = {:device} && usedBy = ''",
		"-created,-id", 0, maxHandovers-1, dbx.Params{"device": device})
	if err != nil {
		return fmt.Errorf("find handovers: %w", err)
	}
	for _, r := range waiting {
		if err := tx.Delete(r); err != nil {
			return fmt.Errorf("delete handover: %w", err)
		}
	}
	return nil
}
