package rules_test

import (
	"context"

	"folje/internal/announce"

	"github.com/nats-io/nats.go"
)

// deafNATS takes what it is told, and tells nobody.
type deafNATS struct{}

func (deafNATS) Publish(context.Context, *nats.Msg) error { return nil }
func (deafNATS) Up() bool                                 { return true }

// announcing is how the world's server has edges.
func announcing() *announce.Config { return &announce.Config{Conn: deafNATS{}} }

// told makes what edges are still to be told of a device of the unit's.
func (w *world) told(p *place) {
	p.ids["announcement"] = w.save("announcements", map[string]any{"kind": "later", "key": w.text(kDevice, p.letter)}).Id
}

// announcementTarget is such a word. It is locked.
func announcementTarget(p *place) target {
	return target{
		view: p.id("announcement"), change: p.id("announcement"), update: body{"key": "new"},
		create: body{"kind": "later", "key": "another"},
	}
}

// ticketRows are a phone that asks for a ticket.
func (w *world) ticketRows() []row {
	const mine = "devices/me/ticket"
	return []row{
		ask("POST", mine, "", mine, body{}),
		ask("POST", mine, "having read B", mine, body{"has": body{w.units['B'].id("group"): "epoch.1"}}),
	}
}
