package sync

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"folje/internal/locale"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
)

// wireVersion is part of every ETag: raise it when the answers' form changes.
const wireVersion = "1"

// Config is what the phones' feeds need from outside.
type Config struct {
	Locales *locale.Bundle
	Sources map[string]Source // by collection; groups are added here
	Texts   TextSource
	// Authorize says whether the request may read the scope; its error is
	// what the phone is told.
	Authorize func(r *http.Request, scope string) error
	// Build names the files the phones run, Minimum the oldest that still works.
	Build, Minimum string
	Now            func() time.Time
}

type feature struct {
	Config
	feeds *Feeds
}

// Register binds the routes GET hello and GET feeds/… and the log of the
// groups' own changes.
func Register(app core.App, cfg Config) {
	cfg.Sources[groups] = groupSource
	f := &feature{Config: cfg}
	bindGroups(app)
	f.bindSettings(app)
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		epoch, err := setting[string](e.App, "epoch")
		if err != nil {
			return err
		}
		f.feeds = &Feeds{Epoch: epoch, Sources: f.Sources, Texts: f.Texts}
		g := e.Router.Group("/api/folje/v1")
		g.Bind(apis.Gzip(), apis.SkipSuccessActivityLog())
		g.GET("/hello", problem.Handle(f.Locales, f.hello))
		g.GET("/feeds/{scope}", problem.Handle(f.Locales, f.records))
		g.GET("/feeds/{scope}/texts/{locale}", problem.Handle(f.Locales, f.texts))
		return e.Next()
	})
}

func (f *feature) records(e *core.RequestEvent) error {
	scope, after := e.Request.PathValue("scope"), e.Request.URL.Query().Get("after")
	return f.answer(e, scope, Records, after, func() (any, error) {
		return f.feeds.Records(e.App, scope, after)
	})
}

func (f *feature) texts(e *core.RequestEvent) error {
	scope, after := e.Request.PathValue("scope"), e.Request.URL.Query().Get("after")
	tag := e.Request.PathValue("locale")
	known := slices.ContainsFunc(f.Locales.Locales(), func(l locale.Info) bool { return l.Tag == tag })
	if !known {
		return problem.NotFound()
	}
	return f.answer(e, scope, tag, after, func() (any, error) {
		return f.feeds.TextsOf(e.App, scope, tag, after)
	})
}

// answer sends a feed, or 304 where the phone has it: the scope's newest
// sequence number, taken before the feed is read, is in the ETag.
func (f *feature) answer(e *core.RequestEvent, scope, stream, after string, read func() (any, error)) error {
	if err := f.Authorize(e.Request, scope); err != nil {
		return err
	}
	newest, err := last(e.App, scope)
	if err != nil {
		return err
	}
	h := e.Response.Header()
	h.Set("Cache-Control", "private, no-cache")
	if scope == Public {
		h.Set("Cache-Control", "public, no-cache")
	}
	h.Add("Vary", "Authorization")
	etag := f.etag(scope, stream, after, newest)
	h.Set("ETag", etag)
	if strings.Contains(e.Request.Header.Get("If-None-Match"), etag) {
		return e.NoContent(http.StatusNotModified)
	}
	feed, err := read()
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, feed)
}

func (f *feature) etag(scope, stream, after string, newest int) string {
	day := f.Now().UTC().Format(time.DateOnly) // what is too old for a whole feed changes with the day
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %q %q %q %s %d %s", wireVersion, scope, stream, after, f.feeds.Epoch, newest, day))
	return `W/"` + hex.EncodeToString(sum[:12]) + `"`
}

// hello answers what a phone needs to know before anything else.
func (f *feature) hello(e *core.RequestEvent) error {
	municipality, err := setting[map[string]any](e.App, "municipality")
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{
		"epoch": f.feeds.Epoch, "build": f.Build, "minimum": f.Minimum,
		"now": f.Now().UTC().Format(time.RFC3339), "locales": f.Locales.Locales(),
		"vapidKey": "", "municipality": municipality,
	})
}

// setting reads one of the municipality's settings.
func setting[T any](app core.App, name string) (value T, err error) {
	r, err := app.FindFirstRecordByFilter("settings", "name = {:name}", dbx.Params{"name": name})
	if err != nil {
		return value, fmt.Errorf("find setting %s: %w", name, err)
	}
	if err := json.Unmarshal([]byte(r.GetString("value")), &value); err != nil {
		return value, fmt.Errorf("read setting %s: %w", name, err)
	}
	return value, nil
}
