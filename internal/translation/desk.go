package translation

import (
	"time"

	"folje/internal/access"
	"folje/internal/locale"
	"folje/internal/problem"

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
	// Drafted gives the places of the record as it is being written, and only
	// them; nil takes them from Owner.
	Drafted func(r *core.Record) ([]Place, error)
	// Head gives what tells a record from others beside its id, as JSON fields.
	Head func(app core.App, r *core.Record) (map[string]any, error)
	// Queue lists the records that translators may have work in at the time now,
	// in few statements, what comes first first.
	Queue func(app core.App, now time.Time) ([]Queued, error)
	// Reads says who may see the record's texts; nil is an editor or a translator
	// of the record's unit. Who translates them is a translator of the locale.
	Reads func(staff, r *core.Record) bool
}

// Queued is a record that translators may have work in. Unit is whose it is,
// "" everybody's; Groups are the ids of those that read it, none where
// everybody does. Stamp changes with what is written in it. Needed is when its
// texts are needed, zero where nobody knows, and Published when parents got it,
// zero before. Changed is when somebody wrote in it last: translators are told
// by e-mail of what is new; of what has none they aren't.
type Queued struct {
	ID, Title, Unit, Stamp string
	Groups                 []string
	Needed, Published      time.Time
	Changed                time.Time
}

// DeskConfig is what the translators' desk needs from outside.
type DeskConfig struct {
	Locales *locale.Bundle
	Works   []Work
	// Tasks give what waits for the member of staff in her locales beside records,
	// such as the app's own messages.
	Tasks []func(app core.App, staff *core.Record, locales []string) ([]Task, error)
	// Elsewhere saves the texts of collections that are no works, by the
	// collection's name, as [Save] does: the app's own messages.
	Elsewhere map[string]func(tx core.App, staff *core.Record, s Sent) error
	// Origin is where the app is reached, such as https://folje.example.
	Origin string
	// Pace is shared by whatever writes texts; nil is one of its own.
	Pace *Pace
	Now  func() time.Time // nil is the system's clock
}

type desk struct {
	DeskConfig
	tally   *tally
	readers *readers
	memory  *memory
	turns   *turns // of looking up what is alike
}

func newDesk(cfg DeskConfig) *desk {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Pace == nil {
		cfg.Pace = NewPace()
	}
	d := &desk{DeskConfig: cfg, readers: newReaders(cfg.Now), memory: newMemory(cfg.Now), turns: newTurns(lookingUp(), waitingOfOne)}
	d.tally = newTally(d.targets())
	return d
}

// maxBody bounds the bodies of the desk's routes, in bytes.
const maxBody = 64 << 10

// RegisterDesk binds the routes that translators work through: the queue, the
// settling of readers' reports, and for each kind of work its places, their
// texts, their readiness and who has taken it.
func RegisterDesk(app core.App, cfg DeskConfig) {
	d := newDesk(cfg)
	bindSettings(app, cfg.Locales)
	bindTeller(app, &Teller{app: app, desk: d})
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljeDesk", Func: func(e *core.ServeEvent) error {
		g := e.Router.Group("/api/folje/v1/staff")
		g.Bind(apis.Gzip())
		g.GET("/queue", d.handle(d.queue))
		g.POST("/reports/resolve", d.handle(d.paced(d.resolve)))
		g.GET("/words/{month}", d.handle(d.words))
		g.PUT("/me", d.handle(d.paced(d.me)))
		for _, w := range d.Works {
			at := "/" + w.Collection + "/{id}"
			g.GET(at+"/readiness", d.handle(d.of(w, d.readiness)))
			g.GET(at+"/places/{locale}", d.handle(d.of(w, d.places)))
			g.GET(at+"/suggestions/{locale}", d.handle(d.of(w, d.suggest)))
			g.PUT(at+"/places/{locale}/{segment}", d.handle(d.paced(d.of(w, d.translate))))
			g.POST(at+"/places/{locale}/{segment}/confirm", d.handle(d.paced(d.of(w, d.confirm))))
			g.POST(at+"/claims/{locale}", d.handle(d.paced(d.of(w, d.claim))))
			g.DELETE(at+"/claims/{locale}", d.handle(d.paced(d.of(w, d.unclaim))))
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

// paced takes what the handler writes from the allowance of who asks.
func (d *desk) paced(h handler) handler {
	return func(e *core.RequestEvent) error {
		if err := d.Pace.Take(e.Auth, d.Now()); err != nil {
			return err
		}
		return h(e)
	}
}

// item is one record of a work, as the request names it.
type item struct {
	*core.Record
	work Work
}

// of finds the record of the path for those who may see its texts. Who may not know it gets the same answer as for one that isn't there.
func (d *desk) of(w Work, h func(*core.RequestEvent, item) error) handler {
	return func(e *core.RequestEvent) error {
		r, err := e.App.FindRecordById(w.Collection, e.Request.PathValue("id"))
		if err != nil {
			return err
		}
		if !w.reads(e.Auth, r) {
			return problem.NotFound()
		}
		return h(e, item{r, w})
	}
}

// reads reports whether staff may see the record's texts.
func (w Work) reads(staff, r *core.Record) bool {
	if w.Reads != nil {
		return w.Reads(staff, r)
	}
	reads := access.HasRole(staff, access.RoleEditor) || access.HasRole(staff, access.RoleTranslator)
	return reads && access.InUnit(staff, r.GetString("unit"))
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
	for _, tag := range d.Locales.Tags() {
		if tag != sourceLocale {
			tags = append(tags, tag)
		}
	}
	return tags
}
