// Package outbox holds what is to leave the server and brings it to phones: a
// row is written in the transaction of its cause, expanded to a delivery for
// each subscription of its groups, and each delivery is leased, sent and
// marked. Whatever dies, nothing is lost.
package outbox

import (
	"context"
	"time"

	"folje/internal/push"

	"github.com/pocketbase/pocketbase/core"
)

// Row is what is to happen, once for each Mark.
type Row struct {
	ID     string // given by the database
	Kind   string // one of [Config.Kinds]
	Item   string // the record it is about
	Number int    // the item's revision, where it has any
	// Mark makes it once: a row whose mark is there already is not added again.
	Mark   string
	Groups []string // whose phones ring
	Locale string   // only phones that read this; "" for all
	Device string   // only this phone, whatever its groups; "" for all
	Author string   // whose deed it is, for the audit log
	// From Due on it happens, from Hold on, where that is later, phones ring,
	// after Until it makes no sense any more.
	Due, Hold, Until time.Time
	// Awaits are locales that a held row waits for: see [Ready].
	Awaits []string
}

// Reader is how a phone wants to be told.
type Reader struct {
	Locale string
	Titles bool // titles may be shown
}

// Note is what a notification says. Navigate is a path of the app. Notes of one
// Tag replace each other. A Quiet one replaces without ringing where the other
// is still there.
type Note struct {
	Title, Body, Navigate, Tag string
	Quiet                      bool
}

// Kind is what a feature knows of its rows. Its functions may be nil, except
// for Compose.
type Kind struct {
	// Release is called once, in the transaction in which the row falls due;
	// false drops the row, for what it was to tell is no longer so.
	Release func(tx core.App, row Row, now time.Time) (bool, error)
	// Still is asked before phones are rung, at any later time; false drops
	// what has not been sent.
	Still func(app core.App, row Row) (bool, error)
	// Skip tells which of the devices are not to ring.
	Skip func(app core.App, row Row, devices []string) (map[string]bool, error)
	// Compose says it to a reader. It is called once for each kind of reader,
	// not for each phone.
	Compose func(app core.App, row Row, reader Reader) (Note, error)
	// Anytime rings in quiet hours too.
	Anytime bool
}

// Sender hands one message to a push service. *push.Sender is one.
type Sender interface {
	Send(ctx context.Context, to push.Subscription, m push.Message) push.Answer
}
