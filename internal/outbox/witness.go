package outbox

import (
	"database/sql"
	"errors"

	"github.com/pocketbase/dbx"
)

// credible reports whether the refusal of a subscription may speak for its
// service: where the service has taken messages of late, only that of one it
// took them for. Anybody can make subscriptions that a service refuses, with
// another server's key, on phones that follow no group.
func (d *Dispatcher) credible(subscription, service string) bool {
	return d.took(dbx.HashExp{"subscription": subscription}) || !d.knows(service)
}

// knows reports whether the service has taken messages of late.
func (d *Dispatcher) knows(service string) bool { return d.took(dbx.HashExp{"service": service}) }

func (d *Dispatcher) took(of dbx.HashExp) bool {
	var one int
	err := d.app.DB().Select("(1)").From(deliveries).Where(dbx.And(dbx.HashExp{"state": "sent"}, of)).Limit(1).Row(&one)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		d.app.Logger().Error("look what a push service took before", "cause", err.Error())
	}
	return err == nil
}
