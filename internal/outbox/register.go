package outbox

import (
	"fmt"
	"math/rand/v2"
	"time"

	"folje/internal/locale"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Config is what the dispatcher needs of the program around it.
type Config struct {
	// Kinds says what is to be done for rows, by their kind. The kind "test" is
	// outbox's own.
	Kinds map[string]Kind
	// Sender hands messages to push services. Nil sends nothing: rows are
	// released, and then done.
	Sender Sender
	// Others says that Sender has others send; nil that it sends by itself.
	Others *Others
	// Told, where set, is told what became of each delivery that was tried, when
	// that is written: sent, ended, failed, expired, or later for one that is
	// tried again. It must not wait.
	Told func(result string)
	// Topic names a message to its push service so that a later one of the same
	// tag replaces it, differently for each subscription; nil names none.
	Topic func(subscription, tag string) string
	// Rule gives what the operator allowed a service by. It stands in the log for
	// services that never took anything, whose names any phone may have made up;
	// nil gives nothing.
	Rule    func(service string) string
	Locales *locale.Bundle
	// Origin is where the app is reached, such as https://folje.example.
	Origin string
	Now    func() time.Time // nil is the system's clock
	// Random spreads what is tried again, in [0, 1); nil is math/rand/v2.
	Random func() float64
}

// Others are who hands messages over for a Sender that has others do it. What
// they have outlives this process: its leases are kept over a restart, and the
// answers come to [Dispatcher.Take].
type Others struct {
	// Least is how many deliveries they may have at once where nothing is known
	// of how far off a service is, Most where it is far, and Pace how many they
	// are expected to send in a second.
	Least, Most, Pace int
	// Marked is told of deliveries whose answers are written; it must not wait.
	Marked func(deliveries []string)
}

// Register makes the dispatcher. It works from the moment the app is served
// until it ends, and is woken by every row that is written. Old rows and
// deliveries are deleted at night, those of a phone with the phone.
func Register(app core.App, cfg Config) *Dispatcher {
	d := newDispatcher(app, cfg.withDefaults())
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{
		Id: "foljeOutbox",
		Func: func(e *core.ServeEvent) error {
			if err := e.Next(); err != nil {
				return err
			}
			d.start()
			return nil
		},
	})
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		d.end()
		return e.Next()
	})
	wake := func(e *core.RecordEvent) error {
		d.Wake()
		return e.Next()
	}
	app.OnRecordAfterCreateSuccess(collection).BindFunc(wake)
	app.OnRecordAfterUpdateSuccess(collection).BindFunc(wake)
	app.OnRecordDelete("devices").BindFunc(forgetPhone)
	app.Cron().MustAdd("foljeOutboxPrune", "37 2 * * *", func() {
		if err := Prune(app, d.cfg.Now()); err != nil {
			app.Logger().Error("run scheduled job", "job", "foljeOutboxPrune", "cause", err.Error())
		}
	})
	return d
}

// forgetPhone deletes the rows that are for the phone only, which name it. Its
// deliveries go with its subscriptions.
func forgetPhone(e *core.RecordEvent) error {
	_, err := e.App.NonconcurrentDB().Delete(collection, dbx.HashExp{"device": e.Record.Id}).Execute()
	if err != nil {
		return fmt.Errorf("delete the phone's outbox rows: %w", err)
	}
	return e.Next()
}

func (c Config) withDefaults() Config {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Random == nil {
		c.Random = rand.Float64
	}
	if c.Topic == nil {
		c.Topic = func(string, string) string { return "" }
	}
	if c.Rule == nil {
		c.Rule = func(string) string { return "" }
	}
	kinds := map[string]Kind{testKind: testOf(c.Locales)}
	for name, kind := range c.Kinds {
		kinds[name] = kind
	}
	c.Kinds = kinds
	return c
}
