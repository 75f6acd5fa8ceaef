package translation

import (
	"slices"

	"folje/internal/access"
	"folje/internal/locale"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Work is a kind of record that staff write and translators translate, such as
// letters: all of them are translated through the same routes.
type Work struct {
	Collection string // its routes are below staff/{collection}
	Name       string // what an answer calls the record's id
	// Owner gives what a record uses of segments now.
	Owner func(app core.App, r *core.Record) (Owner, error)
	// Head gives what tells a record from others beside its id, as JSON fields.
	Head func(app core.App, r *core.Record) (map[string]any, error)
	// Queued narrows the collection to what a translator may have work in, what
	// comes first in the queue first.
	Queued func(q *dbx.SelectQuery)
}

// DeskConfig is what the translators' desk needs from outside.
type DeskConfig struct {
	Locales *locale.Bundle
	Works   []Work
}

type desk struct{ DeskConfig }

// maxBody bounds the bodies of the desk's routes, in bytes.
const maxBody = 64 << 10

// RegisterDesk binds the routes that translators work through: the queue, the
// settling of readers' reports, and for each kind of work its places, their
// texts and their readiness.
func RegisterDesk(app core.App, cfg DeskConfig) {
	d := &desk{cfg}
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljeDesk", Func: func(e *core.ServeEvent) error {
		g := e.Router.Group("/api/folje/v1/staff")
		g.Bind(apis.Gzip())
		g.GET("/queue", d.handle(d.queue))
		g.POST("/reports/resolve", d.handle(d.resolve))
		for _, w := range d.Works {
			at := "/" + w.Collection + "/{id}"
			g.GET(at+"/readiness", d.handle(d.of(w, d.readiness)))
			g.GET(at+"/places/{locale}", d.handle(d.of(w, d.places)))
			g.PUT(at+"/places/{locale}/{segment}", d.handle(d.of(w, d.translate)))
			g.POST(at+"/places/{locale}/{segment}/confirm", d.handle(d.of(w, d.confirm)))
		}
		return e.Next()
	}})
}

type handler = func(*core.RequestEvent) error

// handle lets signed-in staff through; what the handler returns is written as
// a problem.
func (d *desk) handle(h handler) handler {
	return problem.Handle(d.Locales, func(e *core.RequestEvent) error {
		if !access.IsStaff(e.Auth) {
			return problem.SignIn()
		}
		return h(e)
	})
}

// item is one record of a work, as the request names it.
type item struct {
	*core.Record
	work Work
}

// of finds the record of the path for an editor or a translator of its unit.
// Who may not know it gets the same answer as for one that isn't there.
func (d *desk) of(w Work, h func(*core.RequestEvent, item) error) handler {
	return func(e *core.RequestEvent) error {
		r, err := e.App.FindRecordById(w.Collection, e.Request.PathValue("id"))
		if err != nil {
			return err
		}
		reads := access.HasRole(e.Auth, access.RoleEditor) || access.HasRole(e.Auth, access.RoleTranslator)
		if !reads || !access.InUnit(e.Auth, r.GetString("unit")) {
			return problem.NotFound()
		}
		return h(e, item{r, w})
	}
}

// places gives the record's places as they are being written, or those of what
// phones have.
func (r item) places(app core.App, published bool) ([]Place, error) {
	o, err := r.work.Owner(app, r.Record)
	if err != nil {
		return nil, err
	}
	if published {
		return o.Published, nil
	}
	return o.Drafted, nil
}

// known finds the locale, and refuses one the app doesn't have.
func (d *desk) known(tag string) (locale.Info, error) {
	info, ok := d.Locales.Find(tag)
	if !ok {
		return info, problem.NotFound()
	}
	return info, nil
}

// targets are the locales that staff's texts are translated into.
func (d *desk) targets() []string {
	var tags []string
	for _, info := range d.Locales.Locales() {
		if info.Tag != sourceLocale {
			tags = append(tags, info.Tag)
		}
	}
	return tags
}

// canTranslate reports whether staff may write in the locale: a translator of
// it, or an administrator; nobody into the source.
func canTranslate(staff *core.Record, tag string) bool {
	if tag == sourceLocale {
		return false
	}
	return access.IsAdmin(staff) || access.HasRole(staff, access.RoleTranslator) && slices.Contains(staff.GetStringSlice("locales"), tag)
}
