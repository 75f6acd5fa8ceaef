package letter

import (
	"time"

	"folje/internal/access"
	"folje/internal/locale"
	"folje/internal/problem"
	"folje/internal/sync"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
)

// Config is what the feature needs from outside.
type Config struct {
	Locales *locale.Bundle
	Now     func() time.Time
	// Undo is for how long a publication can be undone: phones have nothing of
	// it until then. With 0 it goes out in the request that publishes.
	Undo time.Duration
	// Recordings gives what phones get of a letter's recordings, of the places
	// that they have; nil for none. Nil is a server without recordings.
	Recordings func(app core.App, letter string, places []translation.Place) (any, error)
	// Sent stores what is known of phones that were sent their groups' records,
	// so that it can be counted; nil where nothing waits to be.
	Sent func(app core.App) error
}

type feature struct{ Config }

// maxBody bounds the bodies of the feature's own routes, in bytes.
const maxBody = 64 << 10

// Register binds the letters' hooks and routes, and gives the source from
// which feeds read published letters; it belongs to the collection letters.
func Register(app core.App, cfg Config) sync.Source {
	f := &feature{cfg}
	f.bindSave(app)
	f.bindDelete(app)
	f.bindLate(app)
	bindMeeting(app)
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		g := e.Router.Group("/api/folje/v1/staff")
		g.Bind(apis.Gzip())
		f.route(g.POST, "/letters/{id}/publish", f.publish)
		f.route(g.POST, "/letters/{id}/withdraw", f.withdraw)
		f.route(g.POST, "/letters/{id}/undo", f.undo)
		f.route(g.GET, "/letters/{id}/ringing", f.counts)
		f.route(g.GET, "/letters/{id}/reach", f.reached)
		f.route(g.POST, "/letters/{id}/ring", f.ring)
		return e.Next()
	})
	return f.Source
}

type handler = func(*core.RequestEvent) error

// route binds a handler for signed-in staff; what it returns is written as a
// problem.
func (f *feature) route(method func(string, func(*core.RequestEvent) error) *router.Route[*core.RequestEvent], path string, h handler) {
	method(path, problem.Handle(f.Locales, func(e *core.RequestEvent) error {
		if !access.IsStaff(e.Auth) {
			return problem.SignIn()
		}
		return h(e)
	}))
}

// letter finds the letter of the path for an editor of its unit. Who may not
// know it gets the same answer as for one that isn't there.
func (f *feature) letter(e *core.RequestEvent) (Letter, error) {
	l, err := Find(e.App, e.Request.PathValue("id"))
	if err != nil {
		return l, err
	}
	if !access.HasRole(e.Auth, access.RoleEditor) || !access.InUnit(e.Auth, l.Unit()) {
		return l, problem.NotFound()
	}
	return l, nil
}

// publish answers POST …/publish {base, hold?, awaits?} with the letter.
func (f *feature) publish(e *core.RequestEvent) error {
	l, err := f.letter(e)
	if err != nil {
		return err
	}
	var in struct {
		Base   *int     `json:"base"`
		Hold   string   `json:"hold"`
		Awaits []string `json:"awaits"`
	}
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	if in.Base == nil {
		return problem.Invalid(map[string]problem.Field{"base": {Code: "error.field_required"}})
	}
	now := f.Now()
	o := order{author: e.Auth.Id, base: *in.Base, undo: f.Undo}
	if o.hold, err = holdOf(in.Hold, now); err != nil {
		return err
	}
	if o.awaits, err = f.awaited(in.Awaits, o.hold); err != nil {
		return err
	}
	if l, err = publish(e.App, l.Id, o, now); err != nil {
		return err
	}
	return e.JSON(200, l.PublicExport())
}

// undo answers POST …/undo {number?} with the letter as it was.
func (f *feature) undo(e *core.RequestEvent) error {
	l, err := f.letter(e)
	if err != nil {
		return err
	}
	var in struct {
		Number int `json:"number"`
	}
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	if l, err = Undo(e.App, l.Id, e.Auth.Id, in.Number, f.Now()); err != nil {
		return err
	}
	return e.JSON(200, l.PublicExport())
}

func (f *feature) withdraw(e *core.RequestEvent) error {
	l, err := f.letter(e)
	if err != nil {
		return err
	}
	if l, err = withdraw(e.App, l.Id, e.Auth.Id, false, f.Now()); err != nil {
		return err
	}
	return e.JSON(200, l.PublicExport())
}
