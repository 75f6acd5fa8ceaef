package outbox

import (
	"fmt"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// rangMost bounds the devices that one query asks about.
const rangMost = 500

// Rang tells which of the devices were sent something of these kinds about the
// item. One that is being sent something now, or whose push service gave no
// answer, may have got it, and counts. What was sent is known for a month.
func Rang(app core.App, item string, devices []string, kinds ...string) (map[string]bool, error) {
	rang := map[string]bool{}
	for some := range slices.Chunk(devices, rangMost) {
		var found []string
		err := app.DB().Select("s.device").Distinct(true).
			From(deliveries+" d").
			InnerJoin(collection+" o", dbx.NewExp("[[o.id]] = [[d.outbox]]")).
			InnerJoin("push_subscriptions s", dbx.NewExp("[[s.id]] = [[d.subscription]]")).
			Where(dbx.And(
				dbx.HashExp{"o.item": item}, dbx.In("o.kind", anys(kinds)...), dbx.In("s.device", anys(some)...),
				dbx.NewExp("[[d.state]] = 'sent' OR [[d.lease]] <> '' OR ([[d.tries]] > 0 AND [[d.answer]] = 0)"),
			)).Column(&found)
		if err != nil {
			return nil, fmt.Errorf("find who was told: %w", err)
		}
		for _, device := range found {
			rang[device] = true
		}
	}
	return rang, nil
}
