package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// push_subscriptions: where a phone can be reached (a W3C PushSubscription).
// `mark` is the endpoint's hash, `service` its origin, `key` names the VAPID
// key it was made with. `faults` counts what its service refused in a row;
// `parked` is the day from which nothing is sent until the phone says again
// that it is there, `ended` the day from which it never will, with the `reason`.
// No moment is noted. Locked.
func init() {
	create("1763884802_push_subscriptions.go", "push_subscriptions", func(app core.App) (*core.Collection, error) {
		device, err := relation(app, "device", "devices", 1, true, true)
		if err != nil {
			return nil, err
		}
		c := timeless("push_subscriptions", device,
			hidden("mark", 64), text("service", 255, true), hidden("endpoint", 2000),
			hidden("p256dh", 100), hidden("auth", 40), text("key", 40, true),
			number("faults"), text("heard", 10, false), text("parked", 10, false),
			text("ended", 10, false), text("reason", 30, false))
		c.AddIndex("idx_push_subscriptions_mark", true, "mark", "")
		c.AddIndex("idx_push_subscriptions_device", false, "device", "")
		return c, nil
	})
}
