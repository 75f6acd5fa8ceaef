package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// deliveries: one outbox row on its way to one subscription. It is sent from
// `due` on by whoever holds its `lease` (until `leased`); `tries` counts, and
// `answer` is the push service's last status. Deleted a month after its end.
// Locked.
func init() {
	create("1763884804_deliveries.go", "deliveries", func(app core.App) (*core.Collection, error) {
		links, err := relations(app,
			link{name: "outbox", to: "outbox", required: true, cascade: true},
			link{name: "subscription", to: "push_subscriptions", required: true, cascade: true})
		if err != nil {
			return nil, err
		}
		c := timeless("deliveries", append(links,
			text("service", 255, true),
			&core.SelectField{Name: "state", Values: []string{"waiting", "sent", "ended", "failed", "expired", "dropped"}, MaxSelect: 1, Required: true},
			number("tries"), number("answer"), date("due"), text("lease", 36, false), date("leased"), date("finished"))...)
		c.AddIndex("idx_deliveries_pair", true, "outbox, subscription", "")
		c.AddIndex("idx_deliveries_due", false, "state, service, lease, due", "")
		c.AddIndex("idx_deliveries_subscription", false, "subscription", "")
		return c, nil
	})
}
