package push

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Why a subscription ended.
const (
	ReasonGone    = "gone"     // its service says so: 404, 410
	ReasonTooMany = "too_many" // its phone has newer ones
	ReasonKeyLost = "key_lost" // the VAPID key it was made with is no longer alive
)

// maxFaults is how often in a row a service may refuse a subscription before it
// is parked.
const maxFaults = 3

// End says that nothing will be sent to the subscription any more, unless its
// phone registers it again. One that has ended keeps its first reason.
func End(tx core.App, id, reason string, now time.Time) error {
	_, err := tx.DB().Update(collection, dbx.Params{"ended": day(now), "reason": reason},
		dbx.HashExp{"id": id, "ended": ""}).Execute()
	if err != nil {
		return fmt.Errorf("end subscription: %w", err)
	}
	return nil
}

// Fault counts that the subscription was refused, and parks it at the third
// time in a row: nothing is sent to it until its phone registers it again. It
// reports whether it is parked.
func Fault(tx core.App, id string, now time.Time) (parked bool, err error) {
	var since string
	err = tx.DB().NewQuery(`UPDATE push_subscriptions SET faults = faults + 1,
		parked = CASE WHEN parked = '' AND faults + 1 >= {:most} THEN {:day} ELSE parked END
		WHERE id = {:id} AND ended = '' RETURNING parked`).
		Bind(dbx.Params{"id": id, "most": maxFaults, "day": day(now)}).Row(&since)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil // it ended, or went with its phone
	}
	if err != nil {
		return false, fmt.Errorf("count a fault: %w", err)
	}
	return since != "", nil
}

// Heal forgets the subscription's faults: its service took a message.
func Heal(tx core.App, id string) error {
	_, err := tx.DB().NewQuery(`UPDATE push_subscriptions SET faults = 0, parked = ''
		WHERE id = {:id} AND (faults > 0 OR parked != '')`).
		Bind(dbx.Params{"id": id}).Execute()
	if err != nil {
		return fmt.Errorf("heal subscription: %w", err)
	}
	return nil
}
