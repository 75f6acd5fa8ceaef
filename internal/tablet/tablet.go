// Package tablet lets the staff of a unit write and publish on a tablet that
// they share.
//
// An administrator makes the tablet known with a code that is good once. On it a
// colleague taps her name and types a PIN that she chose herself, with her own
// account. What she gets is a short session of its own kind: not one of
// PocketBase's, signed in as a record that is an editor of that one unit, and
// open to the routes that stand in a table. Whatever isn't listed is closed.
//
// The package owns the collections tablets, staff_pins and tablet_sessions,
// which no record rule opens. Neither PINs nor secrets are stored or logged.
package tablet

import (
	"net/http"
	"time"

	"folje/internal/access"
	"folje/internal/allowance"
	"folje/internal/locale"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

const (
	tablets  = "tablets"
	pins     = "staff_pins"
	sessions = access.TabletSessions
	staff    = "staff"
)

// maxBody is the largest body that any of the routes takes, in bytes.
const maxBody = 4 << 10

// mostCodes is how many codes one address may try in an hour to make a tablet
// known.
const mostCodes = 60

// Config is what the feature needs of the program around it.
type Config struct {
	Locales *locale.Bundle
	// Keys find the codes and stand between a PIN and its hash.
	Keys *access.Keys
	// Origin is where staff reach the app, for the codes.
	Origin string
	// AddressKey is what tries are counted by, in memory only.
	AddressKey func(*http.Request) string
	Now        func() time.Time
}

type feature struct {
	Config
	codes *allowance.Hourly // by address
}

// Register binds the routes, what narrows the sessions, and what ends them.
func Register(app core.App, cfg Config) {
	f := &feature{Config: cfg, codes: allowance.NewHourly(mostCodes)}
	f.bindAccounts(app)
	f.bindSweep(app)
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljeTablets", Func: func(e *core.ServeEvent) error {
		e.Router.Bind(&hook.Handler[*core.RequestEvent]{
			Id: "foljeTabletSession", Func: f.narrow, Priority: apis.DefaultLoadAuthTokenMiddlewarePriority - 1,
		})
		f.bindRoutes(e)
		return e.Next()
	}})
}

func (f *feature) bindRoutes(e *core.ServeEvent) {
	v1 := e.Router.Group("/api/folje/v1")
	v1.GET("/staff/tablets", f.administrator(f.list))
	v1.POST("/staff/tablets", f.administrator(f.add))
	v1.DELETE("/staff/tablets/{id}", f.administrator(f.revoke))
	v1.GET("/staff/me/pin", f.account(f.hasPIN))
	v1.PUT("/staff/me/pin", f.account(f.setPIN))
	v1.DELETE("/staff/me/pin", f.account(f.dropPIN))
	v1.POST("/tablet/enrol", f.anybody(f.enrol))
	v1.GET("/tablet", f.anybody(f.show))
	v1.POST("/tablet/enter", f.anybody(f.enter))
	v1.POST("/tablet/leave", f.anybody(f.leave))
}

type handler = func(*core.RequestEvent) error

// anybody binds a handler that looks itself who asks. What it answers is kept
// by nobody.
func (f *feature) anybody(h handler) handler {
	return problem.Handle(f.Locales, func(e *core.RequestEvent) error {
		e.Response.Header().Set("Cache-Control", "private, no-store")
		return h(e)
	})
}

// account binds a handler for whoever is signed in with her own account.
func (f *feature) account(h handler) handler {
	return f.anybody(func(e *core.RequestEvent) error {
		if !access.IsStaff(e.Auth) || e.Auth.Collection().Name != staff {
			return problem.SignIn()
		}
		return h(e)
	})
}

func (f *feature) administrator(h handler) handler {
	return f.account(func(e *core.RequestEvent) error {
		if !access.IsAdmin(e.Auth) {
			return problem.Forbidden()
		}
		return h(e)
	})
}
