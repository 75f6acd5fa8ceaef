// Package colleague decides who works here: colleagues are invited, given roles
// and units, and leave.
//
// An administrator invites by e-mail. The link holds a secret of 256 bits, is
// good once and for a fortnight, and makes the account: until then there is
// none. What somebody without a right link is told is always the same.
//
// A colleague who leaves loses her roles, her sessions and her address at once.
// Her account stays as the name of who wrote what is there; nothing that she
// wrote goes, for drafts belong to units.
package colleague

import (
	"net/http"
	"sync"
	"time"

	"folje/internal/access"
	"folje/internal/allowance"
	"folje/internal/locale"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/router"
)

const (
	staff   = "staff"
	invites = "staff_invites" // locked
)

// mostTries is how many links one address may try in an hour: a school whose
// staff all answer on one morning, not a guessing machine.
const mostTries = 300

// maxBody is the largest body that any of the routes takes, in bytes.
const maxBody = 8 << 10

// Config is what the feature needs of the program around it.
type Config struct {
	Locales *locale.Bundle
	// Keys find and seal the links.
	Keys *access.Keys
	// AddressKey is what tries are counted by, in memory only.
	AddressKey func(*http.Request) string
	// Origin is where staff reach the app, for the links.
	Origin string
	Now    func() time.Time
}

// Feature is what [Register] binds.
type Feature struct {
	Config
	tries   *allowance.Hourly // links, by address
	asks    *allowance.Hourly // for codes, by address
	codes   *allowance.Hourly // sent, by account
	guesses *allowance.Hourly // by code
	kick    chan struct{}     // there is something to send
	queue   chan codeMail
	sending sync.Mutex // while something is handed to the mail server
}

// Register binds the routes, what accounts must stay like, and the e-mail.
func Register(app core.App, cfg Config) *Feature {
	f := &Feature{
		Config: cfg, tries: allowance.NewHourly(mostTries), asks: allowance.NewHourly(mostTries),
		codes: allowance.NewHourly(mostCodes), guesses: allowance.NewHourly(mostGuesses),
		kick: make(chan struct{}, 1), queue: make(chan codeMail, mostQueued),
	}
	f.bindStaff(app)
	f.bindProvider(app)
	f.bindPost(app)
	f.bindSweep(app)
	app.OnRecordAuthRequest(staff).Bind(&hook.Handler[*core.RecordAuthRequestEvent]{Id: "foljeShortSession", Func: f.short})
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljeColleagues", Func: func(e *core.ServeEvent) error {
		e.Router.BindFunc(f.bounded)
		f.bindRoutes(e.Router.Group("/api/folje/v1"))
		return e.Next()
	}})
	return f
}

func (f *Feature) bindRoutes(v1 *router.RouterGroup[*core.RequestEvent]) {
	v1.POST("/welcome/look", f.stranger(f.tries, f.look))
	v1.POST("/welcome/accept", f.stranger(f.tries, f.accept))
	v1.POST("/staff/code", f.stranger(f.asks, f.sendCode))
	v1.POST("/staff/me/sign-out", problem.Handle(f.Locales, func(e *core.RequestEvent) error {
		if !access.IsStaff(e.Auth) {
			return problem.SignIn()
		}
		return f.signOut(e)
	}))
	g := v1.Group("/staff")
	f.administrator(g.GET, "/colleagues", f.list)
	f.administrator(g.POST, "/colleagues", f.invite)
	f.administrator(g.DELETE, "/colleagues/invites/{id}", f.takeBack)
	f.administrator(g.POST, "/colleagues/codes", f.tryCode)
	f.administrator(g.PUT, "/colleagues/codes", f.setCodes)
	f.administrator(g.PUT, "/colleagues/{id}", f.change)
	f.administrator(g.POST, "/colleagues/{id}/leave", f.leave)
	f.administrator(g.POST, "/colleagues/{id}/password", f.newPassword)
}

// administrator binds a handler for administrators. What it answers is kept by
// nobody.
func (f *Feature) administrator(method func(string, func(*core.RequestEvent) error) *router.Route[*core.RequestEvent], path string, h func(*core.RequestEvent) error) {
	method(path, problem.Handle(f.Locales, func(e *core.RequestEvent) error {
		if !access.IsStaff(e.Auth) {
			return problem.SignIn()
		}
		if !access.IsAdmin(e.Auth) {
			return problem.Forbidden()
		}
		e.Response.Header().Set("Cache-Control", "private, no-store")
		return h(e)
	}))
}

// stranger binds a handler for whoever comes, so many times an hour.
func (f *Feature) stranger(tries *allowance.Hourly, h func(*core.RequestEvent) error) func(*core.RequestEvent) error {
	return problem.Handle(f.Locales, func(e *core.RequestEvent) error {
		if wait := tries.Take(f.AddressKey(e.Request), 1, f.Now()); wait > 0 {
			return problem.TooMany("error.too_many_requests", wait)
		}
		e.Response.Header().Set("Cache-Control", "private, no-store")
		return h(e)
	})
}
