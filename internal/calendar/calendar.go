// Package calendar gives a phone's calendar program the meetings of the
// groups that the phone follows.
//
// The phone asks for an address ([Register], POST devices/me/calendar) and
// hands it to a calendar program, on itself or at some other service, which
// reads the feed from then on without knowing the phone's secret. The address
// holds 256 random bits, of which only an HMAC is kept; a phone has one at
// most, and a new one ends the old. It stops working with the phone.
//
// What the feed says is read by others than the parent (see event.go), so it
// says when, where, and that it is a parents' meeting; the rest is in the app.
package calendar

import (
	"net/http"
	"time"

	"folje/internal/access"
	"folje/internal/allowance"
	"folje/internal/locale"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Config is what calendars need of the program around them.
type Config struct {
	Locales *locale.Bundle
	// Authenticate finds the device that asks (access.Index.Authenticate).
	Authenticate func(*http.Request) (*access.Device, error)
	Now          func() time.Time
	// Origin is where the app is reached, such as https://folje.example.
	Origin string
}

// own is where the app's routes live.
const own = "/api/folje/v1/"

// mostHourly is how many addresses a phone may ask for within an hour.
const mostHourly = 10

type feature struct {
	Config
	mark  func(capability string) string
	limit *allowance.Hourly
}

// Register binds POST devices/me/calendar → {url}, DELETE devices/me/calendar,
// and the feed itself, GET calendar/{capability}.ics. Attempts at the feed's
// addresses are not limited: of 2^256 nobody guesses one.
func Register(app core.App, cfg Config) {
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljeCalendar", Func: func(e *core.ServeEvent) error {
		keys, err := access.OpenKeys(e.App)
		if err != nil {
			return err
		}
		f := &feature{cfg, keys.CalendarMark, allowance.NewHourly(mostHourly)}
		e.Router.POST(own+"devices/me/calendar", problem.Handle(cfg.Locales, f.begin))
		e.Router.DELETE(own+"devices/me/calendar", problem.Handle(cfg.Locales, f.end))
		e.Router.GET(own+"calendar/{file}", problem.Handle(cfg.Locales, f.read))
		return e.Next()
	}})
}

// begin gives the device a new address.
func (f *feature) begin(e *core.RequestEvent) error {
	device, err := f.Authenticate(e.Request)
	if err != nil {
		return err
	}
	if err := problem.Read(e, 4096, &struct{}{}); err != nil {
		return err
	}
	if wait := f.limit.Take(device.ID, 1, f.Now()); wait > 0 {
		return problem.TooMany("error.too_many_requests", wait)
	}
	capability := newCapability()
	err = e.App.RunInTransaction(func(tx core.App) error {
		if err := access.StillThere(tx, device.ID); err != nil {
			return err
		}
		return keep(tx, device.ID, f.mark(capability))
	})
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, map[string]string{"url": f.Origin + own + "calendar/" + capability + suffix})
}

// end ends the device's address; one without is as well off.
func (f *feature) end(e *core.RequestEvent) error {
	device, err := f.Authenticate(e.Request)
	if err != nil {
		return err
	}
	if err := forget(e.App, device.ID); err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}
