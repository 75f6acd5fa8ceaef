package outbox

import "github.com/pocketbase/dbx"

// credible reports whether the refusal of a subscription may speak for its
// service: where the service has taken messages of late, only that of one it
// took them for. Anybody can make subscriptions that a service refuses, with
// another server's key, on phones that follow no group.
func (d *Dispatcher) credible(subscription, service string) bool {
	var yes bool
	err := d.app.DB().NewQuery(`SELECT EXISTS (SELECT 1 FROM deliveries WHERE subscription = {:subscription} AND state = 'sent')
			OR NOT EXISTS (SELECT 1 FROM deliveries WHERE state = 'sent' AND service = {:service})`).
		Bind(dbx.Params{"subscription": subscription, "service": service}).Row(&yes)
	if err != nil {
		d.app.Logger().Error("look what a push service took before", "cause", err.Error())
	}
	return yes
}
