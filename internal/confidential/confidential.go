// Package confidential receives requests that only those may read whom they are
// for: questions to Steget's leaders and to Familjeguiden's coordinator.
//
// A request is encrypted on the phone to its channel's public key, in the age
// format, and comes without the phone's credential, always of one size. This
// program has no key that opens one and never asks for any. The channel's secret
// key is stored encrypted: to each holder's own key, whose secret half is
// encrypted with her passphrase, and to a recovery key that is on paper, without
// which no channel opens.
//
// Before a request is given to whoever may read it a row of the audit log says
// so, in the same transaction; where the row can't be written nobody reads.
package confidential

import (
	"net/http"
	"time"

	"folje/internal/access"
	"folje/internal/allowance"
	"folje/internal/locale"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/router"
)

// The collections, all of them locked.
const (
	channels = "channels"
	keys     = "request_keys"
	own      = "staff_keys"
	holders  = "request_holders"
	wraps    = "request_wraps"
	requests = "requests"
	shares   = "request_shares"
)

// Config is what the feature needs of the program around it.
type Config struct {
	Locales *locale.Bundle
	// Keys mark requests in the ledger of operations.
	Keys *access.Keys
	// AddressKey is what requests are counted by, in memory only.
	AddressKey func(*http.Request) string
	// Origin is where staff reach the app, for e-mail.
	Origin string
	Now    func() time.Time
}

type feature struct {
	Config
	each, all *allowance.Hourly
	published published
	faults    faults
}

// Register binds the routes, what happens to holders when accounts change, the
// e-mail and the nightly clearing up.
func Register(app core.App, cfg Config) {
	f := &feature{Config: cfg, each: allowance.NewHourly(mostEach), all: allowance.NewHourly(mostAll)}
	f.published.bind(app)
	f.bindStaff(app)
	f.bindDashboard(app)
	f.bindPost(app)
	f.bindSweep(app)
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljeConfidential", Func: func(e *core.ServeEvent) error {
		f.bindRoutes(e.Router.Group("/api/folje/v1"))
		return e.Next()
	}})
}

func (f *feature) bindRoutes(v1 *router.RouterGroup[*core.RequestEvent]) {
	f.bindSubmit(v1)
	v1.GET("/request-keys", problem.Handle(f.Locales, f.listKeys))
	g := v1.Group("/staff")
	f.route(g.GET, "/key", f.getOwnKey)
	f.route(g.PUT, "/key", f.putOwnKey)
	f.route(g.GET, "/channels", f.listChannels)
	f.route(g.POST, "/channels/{name}", f.configure)
	f.route(g.GET, "/channels/{name}/holder", f.getHolder)
	f.route(g.PUT, "/channels/{name}/holder", f.putHolder)
	f.route(g.PUT, "/channels/{name}/holders/{id}", f.changeHolder)
	f.route(g.POST, "/channels/{name}/keys", f.addKey)
	f.route(g.POST, "/channels/{name}/recover", f.recover)
	f.route(g.GET, "/channels/{name}/requests", f.listRequests)
	f.route(g.POST, "/requests/{id}/open", f.open)
	f.route(g.PUT, "/requests/{id}", f.setState)
	f.route(g.POST, "/requests/{id}/share", f.share)
	f.route(g.POST, "/requests/{id}/export", f.export)
	f.route(g.GET, "/shares/mine", f.listShares)
	f.route(g.POST, "/shares/{id}/open", f.openShare)
	f.route(g.GET, "/people", f.listPeople)
	f.route(g.GET, "/audit/chain", f.listChain)
}

// route binds a handler for signed-in staff; what it returns is written as a
// problem, and what it answers is kept by nobody.
func (f *feature) route(method func(string, func(*core.RequestEvent) error) *router.Route[*core.RequestEvent], path string, h func(*core.RequestEvent) error) {
	method(path, problem.Handle(f.Locales, func(e *core.RequestEvent) error {
		if !access.IsStaff(e.Auth) {
			return problem.SignIn()
		}
		e.Response.Header().Set("Cache-Control", "private, no-store")
		return h(e)
	}))
}

// minute is the present, no finer than anything of requests is stored.
func (f *feature) minute() time.Time { return f.Now().UTC().Truncate(time.Minute) }
