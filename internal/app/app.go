// Package app binds Följe's features to PocketBase, in order. Main and tests
// use the same function, so that what is tested is what runs.
package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"time"

	"folje/internal/access"
	"folje/internal/activity"
	"folje/internal/audit"
	"folje/internal/calendar"
	"folje/internal/confidential"
	"folje/internal/database"
	"folje/internal/erasure"
	"folje/internal/glossary"
	"folje/internal/guide"
	"folje/internal/letter"
	"folje/internal/locale"
	"folje/internal/machine"
	"folje/internal/meeting"
	"folje/internal/operation"
	"folje/internal/outbox"
	"folje/internal/phrase"
	"folje/internal/policy"
	"folje/internal/recording"
	"folje/internal/sync"
	"folje/internal/theme"
	"folje/internal/translation"
	"folje/internal/web"
	"folje/internal/wish"
	_ "folje/pb_migrations" // the collections

	"github.com/pocketbase/pocketbase/core"
)

// minimum is the oldest build of the web app that still works with this
// server; "" while every one does.
const minimum = ""

// Config is what differs between a municipality's server, the demo and a test.
type Config struct {
	Public  fs.FS // the web app's files
	Locales *locale.Bundle
	// Site is what [NewSite] made of them, where that was done ahead; nil has
	// it done.
	Site *web.Site
	// Hooks is the folder of the municipality's own policy; it may be missing.
	Hooks string
	// Origin is where the app is reached, such as https://folje.example.
	Origin         string
	TrustedProxies []netip.Prefix
	// Admin is the address of the administrators' listener; "off" for none.
	Admin       string
	AdminOpened func(net.Addr)
	// Undo is for how long what staff publish waits before it leaves the
	// server and phones ring; zero is not at all.
	Undo time.Duration
	// Settle is how long translators must not have edited a message before the
	// web app says the new ones; zero is not at all.
	Settle time.Duration
	// Engine drafts the texts that nobody has translated; nil for none.
	Engine machine.Engine
	// Push is how phones are reached.
	Push Push
	// Sender hands messages to push services instead of what Push describes:
	// for tests.
	Sender outbox.Sender
	Now    func() time.Time
}

// Open gives the app of the data folder, migrated, without any feature bound.
func Open(dir string) (core.App, error) {
	app := core.NewBaseApp(core.BaseAppConfig{
		DataDir: dir, DBConnect: database.Connect,
		DataMaxOpenConns: database.MaxOpen, DataMaxIdleConns: database.MaxOpen,
		AuxMaxOpenConns: 2, AuxMaxIdleConns: 2,
	})
	if err := app.Bootstrap(); err != nil {
		return nil, fmt.Errorf("open the data folder: %w", err)
	}
	if err := app.RunAppMigrations(); err != nil { // it has been through PocketBase's own
		return nil, fmt.Errorf("migrate: %w", err)
	}
	return app, nil
}

// Register binds every feature, the site's own policy, and the HTTP around
// them. The app must be open.
func Register(app core.App, cfg Config) error {
	site, err := siteOf(cfg)
	if err != nil {
		return err
	}
	keys, err := access.OpenKeys(app)
	if err != nil {
		return err
	}
	journal, err := openJournal(app)
	if err != nil {
		return err
	}
	index := access.Register(app, access.Config{
		Locales: cfg.Locales, Keys: keys, Now: cfg.Now,
		Erased:     func(device string) bool { return journal.Has(erasure.Device, keys.ErasureMark(device)) },
		Origin:     func(*http.Request) string { return cfg.Origin },
		AddressKey: func(r *http.Request) string { return web.AddressKey(web.ClientIP(r)) },
	})
	ofLetters := letter.Config{Locales: cfg.Locales, Now: cfg.Now, Undo: cfg.Undo, Recordings: recordings}
	audit.Register(app)
	letters := letter.Register(app, ofLetters)
	ofMeetings := meeting.Config{Locales: cfg.Locales, Authenticate: index.Authenticate, Now: cfg.Now, Undo: cfg.Undo}
	meetings := meeting.Register(app, ofMeetings)
	words := glossary.Register(app, glossary.Config{Locales: cfg.Locales})
	themes := theme.Register(app, theme.Config{Locales: cfg.Locales, Now: cfg.Now})
	activities := activity.Register(app, activity.Config{Locales: cfg.Locales, Now: cfg.Now})
	ofGuide := guide.Config{Locales: cfg.Locales, Origin: cfg.Origin, Now: cfg.Now}
	guides, plain := guide.Register(app, ofGuide), guide.NewPlain(app, ofGuide)
	phrase.Register(app, phrase.Config{Locales: cfg.Locales})
	phones, err := openPhones(app, cfg)
	if err != nil {
		return err
	}
	phones.register(app, cfg, index)
	outbox.Register(app, outbox.Config{
		Kinds: merged(letter.Kinds(ofLetters), meeting.Kinds(ofMeetings)), Sender: phones.sender, Topic: phones.topic,
		Rule: phones.services.Rule, Locales: cfg.Locales, Origin: cfg.Origin, Now: cfg.Now,
	})
	translate, err := registerDesk(app, cfg, func() {
		site.Reword(projections(cfg.Locales.Frozen()))
		plain.Changed()
	})
	if err != nil {
		return err
	}
	recording.Register(app, recording.Config{
		Locales: cfg.Locales, Letters: letter.Work(), Authenticate: index.Authenticate, Now: cfg.Now,
	})
	registerMachine(app, cfg)
	wish.Register(app, cfg.Locales)
	feeds := sync.Register(app, sync.Config{
		Locales: cfg.Locales, Texts: translation.Texts,
		Sources:   merged(map[string]sync.Source{"letters": letters, "meetings": meetings, "glossary": words, "activities": activities}, guides, themes),
		Authorize: authorize(index, cfg.Now), Build: site.Build, Minimum: minimum,
		VapidKey: phones.key, Changed: plain.ChangedIn, Now: cfg.Now,
	})
	registerOperations(app, cfg, index, feeds.Epoch, translate, func(device string) error {
		return journal.Append(erasure.Device, keys.ErasureMark(device), cfg.Now())
	})
	confidential.Register(app, confidential.Config{
		Locales: cfg.Locales, Keys: keys, Origin: cfg.Origin, Now: cfg.Now,
		AddressKey: func(r *http.Request) string { return web.AddressKey(web.ClientIP(r)) },
	})
	calendar.Register(app, calendar.Config{
		Locales: cfg.Locales, Authenticate: index.Authenticate, Now: cfg.Now, Origin: cfg.Origin,
	})
	if err := policy.Register(app, cfg.Hooks, cfg.Locales); err != nil {
		return err
	}
	web.SwitchBackupsOff(app, cfg.Locales)
	return web.Bind(app, web.Config{
		Site: site, Messages: cfg.Locales, Origin: cfg.Origin, TrustedProxies: cfg.TrustedProxies,
		Admin: cfg.Admin, AdminOpened: cfg.AdminOpened, Plain: plain, Quick: feeds.Quick, Ready: answers(app),
	})
}

// answers fails where the database doesn't.
func answers(app core.App) func(context.Context) error {
	return func(ctx context.Context) error {
		var one int
		return app.DB().NewQuery("SELECT 1").WithContext(ctx).Row(&one)
	}
}

// siteOf gives the web app's files, made where that was not done before.
func siteOf(cfg Config) (*web.Site, error) {
	if cfg.Site != nil {
		return cfg.Site, nil
	}
	return NewSite(cfg.Public, cfg.Locales)
}

// openJournal opens the data folder's journal of erasures for as long as app
// runs.
func openJournal(app core.App) (*erasure.Journal, error) {
	journal, err := erasure.Open(erasure.File(app.DataDir()))
	if err != nil {
		return nil, err
	}
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		return errors.Join(e.Next(), journal.Close())
	})
	return journal, nil
}

// recordings are a letter's for the feeds.
func recordings(app core.App, id string, places []translation.Place) (any, error) {
	all, err := recording.Published(app, id, places)
	if len(all) == 0 {
		return nil, err
	}
	return all, err
}

// merged is what all features have, by its name: kinds of the outbox, sources
// of the feeds.
func merged[V any](features ...map[string]V) map[string]V {
	all := map[string]V{}
	for _, kinds := range features {
		maps.Copy(all, kinds)
	}
	return all
}

// registerOperations binds what phones may want done. Note is told a device
// before it is erased.
func registerOperations(app core.App, cfg Config, index *access.Index, epoch func() string, translate operation.Kind, note func(device string) error) {
	knows := func(tag string) bool {
		_, ok := cfg.Locales.Find(tag)
		return ok
	}
	operation.Register(app, operation.Config{
		Locales: cfg.Locales, Authenticate: index.Authenticate, Epoch: epoch, Now: cfg.Now,
		Kinds: map[string]operation.Kind{
			"rsvp":     meeting.RSVP(cfg.Now),
			"wish":     wish.Kind(cfg.Now),
			"report":   translation.Report(knows, cfg.Now),
			"settings": operation.Settings(knows),
			"leave":    operation.Leave(),
			"erase":    operation.Erase(note),

			"translate": translate,
		},
	})
}

// authorize lets everybody read the public scope, and a group's the devices
// that follow it.
func authorize(index *access.Index, now func() time.Time) func(*http.Request, string) error {
	return func(r *http.Request, scope string) error {
		if scope == sync.Public {
			return nil
		}
		device, err := index.Authenticate(r)
		if err != nil {
			return err
		}
		if !device.In(scope, now()) {
			return access.ErrNotMember
		}
		return nil
	}
}

// NewSite makes the web app's files ready to be served.
func NewSite(public fs.FS, messages *locale.Bundle) (*web.Site, error) {
	site, err := web.NewSite(public, projections(messages.Frozen()))
	if err != nil {
		return nil, fmt.Errorf("read the web app: %w", err)
	}
	return site, nil
}

// projections are the messages as the browser gets them, by path.
func projections(b *locale.Bundle) map[string]web.Generated {
	files := map[string]web.Generated{}
	for _, audience := range locale.Audiences() {
		files["/locales/"+audience+"/keys.json"] = web.Generated{
			Known: b.KnownKeys(audience),
			Make:  func() []byte { return b.Keys(audience) },
		}
		for _, info := range b.Locales() {
			files["/locales/"+audience+"/"+info.Tag+".json"] = web.Generated{
				Known: b.Known(info.Tag, audience), Wording: b.Wording(info.Tag, audience),
				Make: func() []byte { return b.Projection(info.Tag, audience) },
			}
		}
	}
	return files
}
