package push

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// ServiceCount is how many subscriptions there are at a service: those that are
// sent to, those not heard of for 60 days, those that are parked, and those
// that ended within a month.
type ServiceCount struct {
	Service                     string
	Live, Silent, Parked, Ended int
}

// Count gives the counts by the id of the key that subscriptions were made
// with, ordered by service. They are exact, and for whoever runs the machine
// only.
func Count(app core.App, now time.Time) (map[string][]ServiceCount, error) {
	var rows []struct {
		Key string `db:"key"`
		ServiceCount
	}
	err := app.DB().NewQuery(`SELECT "key", service,
		sum(ended != '') AS ended, sum(ended = '' AND parked != '') AS parked,
		sum(ended = '' AND parked = '' AND heard < {:since}) AS silent,
		sum(ended = '' AND parked = '' AND heard >= {:since}) AS live
		FROM push_subscriptions GROUP BY "key", service ORDER BY "key", service`).
		Bind(dbx.Params{"since": day(now.AddDate(0, 0, -silence))}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("count subscriptions: %w", err)
	}
	counts := map[string][]ServiceCount{}
	for _, r := range rows {
		counts[r.Key] = append(counts[r.Key], r.ServiceCount)
	}
	return counts, nil
}
