// Package app binds Följe's features to PocketBase, in order. Main and tests
// use the same function, so that what is tested is what runs.
package app

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"net/netip"
	"time"

	"folje/internal/access"
	"folje/internal/announce"
	"folje/internal/audit"
	"folje/internal/calendar"
	"folje/internal/colleague"
	"folje/internal/confidential"
	"folje/internal/erasure"
	"folje/internal/letter"
	"folje/internal/locale"
	"folje/internal/machine"
	"folje/internal/meeting"
	"folje/internal/metrics"
	"folje/internal/municipality"
	"folje/internal/operation"
	"folje/internal/outbox"
	"folje/internal/policy"
	"folje/internal/sync"
	"folje/internal/tablet"
	"folje/internal/translation"
	"folje/internal/web"
	"folje/internal/wish"

	"github.com/pocketbase/pocketbase/core"
)

// minimum is the oldest build of the web app that still works with this
// server; "" while every one does.
const minimum = ""

// Config is what differs between a municipality's server, the demo and a test.
type Config struct {
	Public  fs.FS // the web app's files
	Locales *locale.Bundle
	// Site is what [OpenSite] made of them, where that was done ahead; nil has
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
	// Fence stands between requests and answers of a writer that may lose its
	// place; nil for none.
	Fence web.Fence
	// Figures are told what happens, for those who run the program; nil for
	// nobody.
	Figures *metrics.Set
	// Announce is how others that answer phones hear of who may not read any
	// more; nil where there are none, and then no phone gets a ticket.
	Announce *announce.Config
	// Cluster is what others do that answer phones and ring them; nil where this
	// program does all of it.
	Cluster *Cluster
	// Version is what the program calls itself, such as v1.2.0.
	Version string
	Now     func() time.Time
}

// Register binds every feature, the site's own policy, and the HTTP around
// them. The app must be open.
func Register(app core.App, cfg Config) error {
	site := siteOf(cfg)
	keys, err := access.OpenKeys(app)
	if err != nil {
		return err
	}
	journal, err := openJournal(app)
	if err != nil {
		return err
	}
	index, there, err := registerPhones(app, cfg, keys, journal)
	if err != nil {
		return err
	}
	keepIDs(app, cfg.Locales)
	audit.Register(app)
	written := registerContent(app, cfg, index)
	phones, err := openPhones(app, cfg)
	if err != nil {
		return err
	}
	phones.register(app, cfg, index)
	phones.dispatcher = outbox.Register(app, outbox.Config{
		Kinds: written.kinds, Sender: phones.sender, Others: phones.others(), Topic: phones.topic,
		Told: delivered(cfg), Rule: phones.services.Rule, Locales: cfg.Locales, Origin: cfg.Origin, Now: cfg.Now,
	})
	reword, changed := bindLook(app, site, cfg), func() {}
	translate, err := registerDesk(app, cfg, func() {
		reword()
		written.plain.Changed()
		changed()
	})
	if err != nil {
		return err
	}
	registerMachine(app, cfg)
	feeds := sync.Register(app, sync.Config{
		Locales: cfg.Locales, Texts: translation.Texts, Sources: written.sources,
		Authorize: authorize(index), Tickets: there.tickets != nil, Sent: index.Sent, Build: site.Build, Minimum: minimum, Version: cfg.Version,
		VapidKey: phones.key, Changed: written.plain.ChangedIn, Now: cfg.Now,
	})
	there.feeds = feeds
	if changed, err = tellOthers(app, cfg, phones, feeds); err != nil {
		return err
	}
	registerOperations(app, cfg, index, feeds.Epoch, translate, there.erasing(journal, keys, cfg.Now))
	registerPeople(app, cfg, keys)
	registerFigures(app, cfg)
	calendar.Register(app, calendar.Config{
		Locales: cfg.Locales, Authenticate: index.Authenticate, Now: cfg.Now, Origin: cfg.Origin,
	})
	if err := policy.Register(app, cfg.Hooks, cfg.Locales, policy.Binding{Name: "$question", Value: written.questions.Add}); err != nil {
		return err
	}
	web.SwitchBackupsOff(app, cfg.Locales)
	return web.Bind(app, web.Config{
		Site: site, Messages: cfg.Locales, Origin: cfg.Origin, TrustedProxies: cfg.TrustedProxies,
		Admin: cfg.Admin, AdminOpened: cfg.AdminOpened, Plain: written.plain, Quick: feeds.Quick, Ready: answers(app), Fence: cfg.Fence,
		Told: cfg.Figures.Teller(), Status: statusOf(cfg),
	})
}

// registerPeople binds who works here, where, and who reads what is asked in
// confidence.
func registerPeople(app core.App, cfg Config, keys *access.Keys) {
	addressKey := func(r *http.Request) string { return web.AddressKey(web.ClientIP(r)) }
	colleagues := colleague.Register(app, colleague.Config{
		Locales: cfg.Locales, Keys: keys, Origin: cfg.Origin, Now: cfg.Now,
		AddressKey: addressKey,
	})
	tablet.Register(app, tablet.Config{
		Locales: cfg.Locales, Keys: keys, Origin: cfg.Origin, Now: cfg.Now,
		AddressKey: addressKey,
	})
	confidential.Register(app, confidential.Config{
		Locales: cfg.Locales, Keys: keys, Origin: cfg.Origin, Now: cfg.Now,
		AddressKey: addressKey,
	})
	municipality.Register(app, municipality.Config{Locales: cfg.Locales, Keys: keys, Invite: colleagues.Invite, Now: cfg.Now})
}

// answers fails where the database doesn't.
func answers(app core.App) func(context.Context) error {
	return func(ctx context.Context) error {
		var one int
		return app.DB().NewQuery("SELECT 1").WithContext(ctx).Row(&one)
	}
}

// siteOf gives the web app's files, made where that was not done before.
func siteOf(cfg Config) *web.Site {
	if cfg.Site != nil {
		return cfg.Site
	}
	return OpenSite(cfg.Public, cfg.Locales)
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

// erasedIn reports whether the journal has a device, by its id or its secret.
func erasedIn(journal *erasure.Journal, keys *access.Keys) func(id, secretHash string) bool {
	return func(id, secretHash string) bool {
		return journal.Has(erasure.Device, keys.ErasureMark(id)) || journal.Has(erasure.Device, keys.ErasureMark(secretHash))
	}
}

// registerOperations binds what phones may want done. Note is told a device
// before it is erased, by its id or its secret's hash.
func registerOperations(app core.App, cfg Config, index *access.Index, epoch func() string, translate operation.Kind, note func(idOrHash string) error) {
	knows := func(tag string) bool {
		_, ok := cfg.Locales.Find(tag)
		return ok
	}
	operation.Register(app, operation.Config{
		Locales: cfg.Locales, Authenticate: index.Authenticate, Epoch: epoch, Now: cfg.Now,
		AddressKey: func(r *http.Request) string { return web.AddressKey(web.ClientIP(r)) },
		Kinds: map[string]operation.Kind{
			"rsvp":     meeting.RSVP(cfg.Now),
			"wish":     wish.Kind(cfg.Now),
			"report":   translation.Report(knows, cfg.Now),
			"opened":   letter.Opened(knows, cfg.Now),
			"settings": operation.Settings(knows),
			"leave":    operation.Leave(),
			"erase":    operation.Erase(note),

			"translate": translate,
		},
	})
}

// authorize lets everybody read the public scope, and a group's the devices
// that follow it.
func authorize(index *access.Index) func(*http.Request, string) error {
	return func(r *http.Request, scope string) error {
		if scope == sync.Public {
			return nil
		}
		return index.MayRead(r, scope)
	}
}

// OpenSite makes the web app's files ready to be served; they are read when they
// are first asked for, with what the messages say then.
func OpenSite(public fs.FS, messages *locale.Bundle) *web.Site {
	return web.OpenSite(public, texts(messages))
}

// texts gives the messages for the browser as they are when it is called.
func texts(messages *locale.Bundle) func() map[string]web.Generated {
	return func() map[string]web.Generated { return projections(messages.Frozen()) }
}

// projections are the messages as the browser gets them, by path.
func projections(b *locale.Bundle) map[string]web.Generated {
	files := map[string]web.Generated{}
	for _, audience := range locale.Audiences() {
		files["/locales/"+audience+"/keys.json"] = web.Generated{
			Known: b.KnownKeys(audience),
			Make:  func() []byte { return b.Keys(audience) },
		}
		for _, tag := range b.Tags() {
			files["/locales/"+audience+"/"+tag+".json"] = web.Generated{
				Known: b.Known(tag, audience), Wording: b.Wording(tag, audience),
				Make: func() []byte { return b.Projection(tag, audience) },
			}
		}
	}
	return files
}
