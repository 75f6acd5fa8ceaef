// Package web is everything of HTTP that lies outside PocketBase's routes: the
// guard around its handler, the split between what the public and what
// administrators reach, the timeouts, the security headers, and the static
// files of the app.
//
// A request passes, from the outside in:
//
//	http.Server (timeouts) → guard → public: Quick, the feeds from memory
//	                                         allow-list → PocketBase's mux
//	                                         otherwise  → Site, the static files
//	http.Server (timeouts) → guard → administration: all of PocketBase's mux
//
// The two listeners share one PocketBase. Only requests of the administrators'
// listener are marked as such, and a superuser's token counts on marked
// requests only, so a request that came in some other way can never have it.
package web

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Config says how the program meets the network.
type Config struct {
	// Site is what is served outside the API. Required.
	Site *Site
	// Messages says message ids in the caller's language. Required.
	Messages Messages
	// Origin is the public origin, such as "https://folje.example.se". Where it
	// is https, browsers are told to use nothing else.
	Origin string
	// TrustedProxies are the addresses whose X-Forwarded-For is believed.
	TrustedProxies []netip.Prefix
	// Admin is the address of the administrators' listener; "" or "off" for none.
	Admin string
	// AdminOpened, where set, is told the address that Admin became.
	AdminOpened func(net.Addr)
	// Ready reports whether requests can be served now; /readyz calls it.
	// Nil means always.
	Ready func(context.Context) error
	// Plain answers GET and HEAD of /plain and what is below it. Nil for nothing
	// there.
	Plain http.Handler
	// Quick answers on the public listener what it can before anything else is
	// asked. Nil for nothing.
	Quick Quick
	// Fence is asked before a request is worked on and before it is answered, on
	// both listeners; nil for nothing.
	Fence Fence
	// Told, where set, is told the path and the status of every answer of the
	// public listener. It must not wait.
	Told func(path string, status int)
	// Status answers /metrics, /healthz and /readyz on the administrators'
	// listener. Nil for nothing there.
	Status http.Handler
	// Timeouts of the public listener; the zero value means [DefaultTimeouts].
	Timeouts Timeouts
}

// Messages says a message id in a locale. *locale.Bundle is one.
type Messages interface {
	Negotiate(acceptLanguage string) string
	Text(locale, id string, params map[string]any) string
}

// bindPriority makes Bind's OnServe handler the outermost one: what other
// handlers wrap around PocketBase's mux stays inside the guard.
const bindPriority = -9000

// Bind puts the guard, the split and the static files around the handler that
// app will serve, and opens the administrators' listener with it. It fails if
// cfg can't work; an administrators' address that is taken fails the start.
func Bind(app core.App, cfg Config) error {
	if cfg.Site == nil || cfg.Messages == nil {
		return errors.New("web: Site and Messages are required")
	}
	https, err := parseOrigin(cfg.Origin)
	if err != nil {
		return err
	}
	if cfg.Timeouts == (Timeouts{}) {
		cfg.Timeouts = DefaultTimeouts
	}
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{
		Id: "foljeWeb", Priority: bindPriority,
		Func: func(e *core.ServeEvent) error { return serve(e, cfg, https) },
	})
	return nil
}

// serve runs around PocketBase's own OnServe work. After e.Next() the mux is
// built and the public port is open, but nothing is answered yet.
func serve(e *core.ServeEvent, cfg Config, https bool) error {
	e.InstallerFunc = nil
	e.Router.Unbind(
		apis.DefaultCorsMiddlewareId,           // app and dashboard are of one origin with their API
		apis.DefaultPanicRecoverMiddlewareId,   // it logs what the panic said; the guard doesn't
		apis.DefaultActivityLoggerMiddlewareId, // it logs URLs and user agents
	)
	e.Router.Bind(superusersOnlyOnAdmin(), failureLog(e.App.Logger()), storageGuard(refuser{cfg.Messages}))
	close, err := gather(e.Server, &e.Listener)
	if err != nil {
		return err
	}
	if err := e.Next(); err != nil {
		return errors.Join(err, close())
	}
	mux, refuse := e.Server.Handler, refuser{cfg.Messages}
	g := guard{refuse: refuse, proxies: cfg.TrustedProxies, log: e.App.Logger(), fence: cfg.Fence}

	admin := g
	admin.next, admin.admin, admin.headers = adminHome(statusPages(cfg.Status, mux)), true, adminHeaders
	if err := bindAdmin(e.App, cfg, &admin); err != nil {
		return err
	}
	opened := sync.OnceValue(func() builds { return earlierBuilds(e.App, cfg.Site) })
	site := plain(cfg.Plain, later(opened, cfg.Site, cfg.Site.handler(refuse)), refuse)
	g.next = Public(mux, health(readyBehind(cfg.Fence, cfg.Ready), site), refuse)
	g.headers, g.limit, g.fast, g.told = publicHeaders(https), bodyLimit, cfg.Quick, cfg.Told
	if g.fixed, err = fixedHeaders(g.headers); err != nil {
		return err
	}
	e.Server.Handler = &g
	cfg.Timeouts.Apply(e.Server)
	warm(e.App, cfg.Site, opened)
	return nil
}

// bindAdmin opens the administrators' listener for as long as app runs.
func bindAdmin(app core.App, cfg Config, h http.Handler) error {
	admin, err := ServeAdmin(cfg.Admin, h, app.Logger())
	if err != nil || admin == nil {
		return err
	}
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		return errors.Join(admin.Close(ctx), e.Next())
	})
	if cfg.AdminOpened != nil {
		cfg.AdminOpened(admin.Addr())
	}
	return nil
}

// earlierBuilds opens the last builds' files in the data folder. Without them
// the program serves all the same.
func earlierBuilds(app core.App, site *Site) builds {
	opened, err := openBuilds(filepath.Join(app.DataDir(), "builds"), site, time.Now())
	if err != nil {
		app.Logger().Warn("keep the web files of builds", "cause", err.Error())
	}
	kept, err := readForms(formsFile(app))
	if err != nil {
		app.Logger().Warn("compress the web files again", "cause", err.Error())
	}
	site.useForms(kept)
	return opened
}

// formsFile is where the compressed files lie from one start to the next.
func formsFile(app core.App) string { return filepath.Join(app.DataDir(), "builds", "compressed.zip") }

// settled is when the first requests after a start have had their answers.
const settled = time.Second

// warm reads and compresses the site's files, and keeps the build, while the
// program already answers.
func warm(app core.App, site *Site, opened func() builds) {
	ctx, cancel := context.WithCancel(context.Background())
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		cancel()
		return e.Next()
	})
	go func() {
		select {
		case <-ctx.Done():
			return
		case <-time.After(settled): // who waited for the start goes first
		}
		opened()
		if err := site.Check(); err != nil {
			app.Logger().Error("the web app's modules don't fit together", "cause", err.Error())
		}
		site.Warm(ctx)
		if ctx.Err() == nil {
			if err := site.keepForms(formsFile(app)); err != nil {
				app.Logger().Warn("keep the compressed web files", "cause", err.Error())
			}
		}
		site.useForms(nil)   // the files have theirs now
		debug.FreeOSMemory() // compressing took more than serving ever will
	}()
}

// parseOrigin reports whether the origin is https. An empty one is not.
func parseOrigin(origin string) (https bool, err error) {
	if origin == "" {
		return false, nil
	}
	u, err := url.Parse(origin)
	if err != nil {
		return false, fmt.Errorf("web: origin: %w", err)
	}
	if u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.Scheme+"://"+u.Host != origin {
		return false, fmt.Errorf("web: origin %q is not of the form https://host", origin)
	}
	return u.Scheme == "https", nil
}
