package push

import (
	"fmt"
	"net/http"
	"time"

	"folje/internal/allowance"
	"folje/internal/locale"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Config is what subscriptions need of the program around them.
type Config struct {
	Locales *locale.Bundle
	// Authenticate gives the id of the device that asks; its error is what the
	// phone is told.
	Authenticate func(*http.Request) (device string, err error)
	// StillThere fails where the device was deleted or shut out after it had
	// been authenticated (access.StillThere).
	StillThere func(tx core.App, device string) error
	VAPID      *VAPID
	Services   Services
	// Test puts a test notification to the device in the outbox; id makes it
	// one.
	Test func(tx core.App, device, id string) error
	Now  func() time.Time
}

// own is where the app's routes live.
const own = "/api/folje/v1/"

// What a phone may ask for within an hour, and how often one endpoint may be
// written, by whatever phones: else many phones could have one endpoint rung by
// turns, until its service has had enough of us.
const (
	testsAnHour          = 5
	writesAnHour         = 60
	endpointWritesAnHour = 12
)

type feature struct {
	Config
	tests, writes, endpoints *allowance.Hourly
}

// Register binds PUT and DELETE devices/me/subscription and POST
// devices/me/subscription/test, keeps subscriptions and keys in step at the
// start and every night, and ends those of a phone that is shut out.
func Register(app core.App, cfg Config) {
	f := &feature{cfg, allowance.NewHourly(testsAnHour), allowance.NewHourly(writesAnHour), allowance.NewHourly(endpointWritesAnHour)}
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljePush", Func: func(e *core.ServeEvent) error {
		f.tidy(e.App)
		e.Router.PUT(own+"devices/me/subscription", problem.Handle(cfg.Locales, f.put))
		e.Router.DELETE(own+"devices/me/subscription", problem.Handle(cfg.Locales, f.remove))
		e.Router.POST(own+"devices/me/subscription/test", problem.Handle(cfg.Locales, f.test))
		return e.Next()
	}})
	app.OnRecordAfterUpdateSuccess("devices").Bind(&hook.Handler[*core.RecordEvent]{Id: "foljePushRevoked", Func: shutOut})
	app.Cron().MustAdd("foljePushTidy", "41 2 * * *", func() { f.tidy(app) })
}

// tidy fails for nobody: with a full disk too, letters are to be read.
func (f *feature) tidy(app core.App) {
	if err := Tidy(app, f.VAPID, f.Now()); err != nil {
		app.Logger().Error("tidy subscriptions", "cause", err.Error())
	}
}

// shutOut deletes what a revoked phone subscribed with. Nothing is sent to it
// anyway ([Reachable], [Find]).
func shutOut(e *core.RecordEvent) error {
	if !e.Record.GetDateTime("revoked").IsZero() {
		if err := forgetAll(e.App, e.Record.Id); err != nil {
			e.App.Logger().Error("delete a revoked phone's subscriptions", "cause", err.Error())
		}
	}
	return e.Next()
}

func forgetAll(app core.App, device string) error {
	found, err := app.FindAllRecords(collection, dbx.HashExp{"device": device})
	if err != nil {
		return fmt.Errorf("find the device's subscriptions: %w", err)
	}
	for _, r := range found {
		if err := app.Delete(r); err != nil {
			return fmt.Errorf("delete subscription: %w", err)
		}
	}
	return nil
}
