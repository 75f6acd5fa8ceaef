package access

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"folje/internal/locale"
	"folje/internal/problem"
	"folje/internal/ticket"
)

// Config is what access needs of the program around it. Only Locales must be
// set.
type Config struct {
	// Locales says messages, and which locales a phone may choose.
	Locales *locale.Bundle
	// Keys seal the codes; nil opens the data folder's when serving starts
	// ([OpenKeys]).
	Keys *Keys
	// Origin is where the app is reached from outside, such as
	// https://folje.example, without a slash at the end; nil takes what the
	// request says, which is right on one's own machine only.
	Origin func(*http.Request) string
	// Now is the clock; nil is the system's.
	Now func() time.Time
	// AddressKey is what attempts are counted by; nil is the address that the
	// request came from, for IPv6 its /64.
	AddressKey func(*http.Request) string
	// Erased reports whether all of the device with the id, or with the secret
	// of the hash, was erased at its own wish. Such an id is taken for good, so
	// that a registration which the network held back does not bring it back.
	// Nil is for none.
	Erased func(id, secretHash string) bool
	// Limits bounds attempts; the zero value is [DefaultLimits].
	Limits Limits
	// Tickets are issued to phones that ask for one; nil where nobody but this
	// program answers feeds: then there is no route for it.
	Tickets *ticket.Issuer
	// Term is the term of the writer's lease; nil is 0.
	Term func() uint64
	// Has gives the change that a cursor of the group's records stands for, if
	// it is one that was given out; nil for none.
	Has func(group, cursor string) (seq int, ok bool)
}

// Register binds access to the app: its index of devices, its routes under
// /api/folje/v1 once it is served, and the daily clearing up. The index is
// filled when serving starts.
func Register(app core.App, cfg Config) *Index {
	cfg = cfg.withDefaults()
	index := newIndex(cfg.Now)
	if cfg.Tickets != nil {
		index.tickets.Set(cfg.Tickets.Public())
	}
	index.bind(app)
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{
		Id: "foljeAccess",
		Func: func(e *core.ServeEvent) error {
			a, err := newAPI(e.App, cfg, index)
			if err != nil {
				return err
			}
			a.bind(e)
			return e.Next()
		},
	})
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		if err := errors.Join(index.WriteSeen(e.App), index.WriteSent(e.App)); err != nil {
			e.App.Logger().Warn("write when devices were seen", "cause", err.Error())
		}
		return e.Next()
	})
	schedule(app, "foljeDevicesSeen", "* * * * *", func() error {
		return errors.Join(index.WriteSeen(app), index.WriteSent(app))
	})
	schedule(app, "foljeAccessPrune", "17 2 * * *", func() error { return Prune(app, cfg.Now()) })
	return index
}

func schedule(app core.App, id, when string, job func() error) {
	app.Cron().MustAdd(id, when, func() {
		if err := job(); err != nil {
			app.Logger().Error("run scheduled job", "job", id, "cause", err.Error())
		}
	})
}

func (c Config) withDefaults() Config {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Origin == nil {
		c.Origin = requestOrigin
	}
	if c.AddressKey == nil {
		c.AddressKey = remoteKey
	}
	if c.Erased == nil {
		c.Erased = func(_, _ string) bool { return false }
	}
	if c.Term == nil {
		c.Term = func() uint64 { return 0 }
	}
	if c.Limits == (Limits{}) {
		c.Limits = DefaultLimits()
	}
	return c
}

func requestOrigin(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// api is the routes with what they share.
type api struct {
	Config
	index  *Index
	codes  *gate // wrong codes
	fresh  *gate // new devices without a code
	joined *gate // new devices with a right code
}

func newAPI(app core.App, cfg Config, index *Index) (*api, error) {
	if cfg.Keys == nil {
		keys, err := OpenKeys(app)
		if err != nil {
			return nil, fmt.Errorf("open the keys of the invites: %w", err)
		}
		cfg.Keys = keys
	}
	if err := index.rebuild(app); err != nil {
		return nil, fmt.Errorf("fill the index of devices: %w", err)
	}
	l := cfg.Limits
	return &api{
		Config: cfg, index: index,
		codes:  newGate(l.WrongCodes, l.AllWrongCodes, l.Addresses),
		fresh:  newGate(l.NewDevices, Rate{}, l.Addresses),
		joined: newGate(l.JoinedDevices, Rate{}, l.Addresses),
	}, nil
}

func (a *api) bind(e *core.ServeEvent) {
	handle := func(h func(*core.RequestEvent) error) func(*core.RequestEvent) error {
		return problem.Handle(a.Locales, h)
	}
	v1 := e.Router.Group("/api/folje/v1")
	v1.PUT("/devices/{id}", handle(a.registerDevice))
	v1.GET("/devices/me/groups", handle(a.listGroups))
	v1.POST("/devices/me/groups", handle(a.joinGroup))
	v1.POST("/devices/me/groups/{id}/year", handle(a.goOn))
	v1.DELETE("/devices/me/groups/{id}", handle(a.leaveGroup))
	v1.POST("/devices/me/handover", handle(a.makeHandover))
	if a.Tickets != nil {
		v1.POST("/devices/me/ticket", handle(a.giveTicket))
	}

	v1.GET("/staff/groups/{id}/invites", handle(a.listInvites))
	v1.POST("/staff/groups/{id}/invites", handle(a.createInvite))
	v1.POST("/staff/groups/{id}/invites/rotate", handle(a.rotateInvites))
	v1.GET("/staff/groups/{id}/poster", handle(a.showPoster))
	v1.POST("/staff/groups/{id}/slips", handle(a.makeSlips))
	v1.DELETE("/staff/groups/{id}/slips", handle(a.endSlips))
	v1.DELETE("/staff/invites/{id}", handle(a.deleteInvite))
}

// maxBody is the largest body any of these routes takes, in bytes.
const maxBody = 4096

// guardCode runs use, which tries a code, unless too many wrong ones were
// tried before. Only an answer of [ErrCodeInvalid] costs.
func (a *api) guardCode(r *http.Request, use func() error) error {
	return guard(a.codes, a.AddressKey(r), a.Now(), "error.too_many_codes", func() (bool, error) {
		err := use()
		return isCodeInvalid(err), err
	})
}

// guard runs attempt, which says whether it costs, if the gate admits it.
func guard(g *gate, address string, now time.Time, code string, attempt func() (bool, error)) error {
	leave, wait := g.enter(address, now)
	if wait > 0 {
		return problem.TooMany(code, wait)
	}
	costs := true // where attempt panics
	defer func() { leave(costs) }()
	var err error
	costs, err = attempt()
	return err
}

// knownLocale reports whether a phone may choose the locale.
func (a *api) knownLocale(tag string) bool {
	_, ok := a.Locales.Find(tag)
	return ok
}

// joinURL is where a code is scanned. With the id of a letter a phone that has
// it opens it, and any other joins.
func (a *api) joinURL(r *http.Request, code Code, letter string) string {
	path := "/join"
	if letter != "" {
		path = "/letters/" + letter
	}
	return strings.TrimSuffix(a.Origin(r), "/") + path + "#" + code.String()
}
