package meeting

import (
	"net/http"
	"time"

	"folje/internal/access"
	"folje/internal/locale"
	"folje/internal/problem"
	"folje/internal/sync"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Config is what the feature needs from outside.
type Config struct {
	Locales *locale.Bundle
	// Authenticate finds the device that asks (access.Index.Authenticate).
	Authenticate func(*http.Request) (*access.Device, error)
	Now          func() time.Time
}

type feature struct{ Config }

// maxBody bounds the bodies of the feature's own routes, in bytes.
const maxBody = 16 << 10

// Register binds the meetings' hooks and routes, and gives the source from
// which feeds read published meetings; it belongs to the collection meetings.
func Register(app core.App, cfg Config) sync.Source {
	f := &feature{cfg}
	f.bindSave(app)
	Bind(app)
	f.bindLeft(app)
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljeMeetings", Func: func(e *core.ServeEvent) error {
		if err := indexEarlier(e.App); err != nil {
			return err
		}
		g := e.Router.Group("/api/folje/v1")
		g.Bind(apis.Gzip())
		g.POST("/staff/meetings/{id}/publish", problem.Handle(f.Locales, f.act(Publish)))
		g.POST("/staff/meetings/{id}/cancel", problem.Handle(f.Locales, f.act(Cancel)))
		g.GET("/staff/meetings/{id}/answers", problem.Handle(f.Locales, f.answers))
		g.PUT("/staff/meetings/{id}/interpreters", problem.Handle(f.Locales, f.book))
		g.GET("/staff/meetings/{id}/interpreters.csv", problem.Handle(f.Locales, f.export))
		g.GET("/devices/me/answers", problem.Handle(f.Locales, f.ownAnswers))
		return e.Next()
	}})
	app.Cron().MustAdd("foljeAnswersPrune", "27 2 * * *", func() {
		if err := Prune(app, f.Now()); err != nil {
			app.Logger().Error("run scheduled job", "job", "foljeAnswersPrune", "cause", err.Error())
		}
	})
	return f.source
}

// meeting finds the meeting of the path for an editor of its unit. Who may not
// know it gets the same answer as for one that isn't there.
func (f *feature) meeting(e *core.RequestEvent) (Meeting, error) {
	staff, err := access.Staff(e)
	if err != nil {
		return Meeting{}, err
	}
	m, err := Find(e.App, e.Request.PathValue("id"))
	if err != nil {
		return m, err
	}
	if !access.HasRole(staff, access.RoleEditor) || !access.InUnit(staff, m.Unit()) {
		return m, problem.NotFound()
	}
	return m, nil
}

// act answers POST …/publish and …/cancel {base} with the meeting.
func (f *feature) act(do func(app core.App, id, author string, base int, now time.Time) (Meeting, error)) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		m, err := f.meeting(e)
		if err != nil {
			return err
		}
		var in struct {
			Base *int `json:"base"`
		}
		if err := problem.Read(e, maxBody, &in); err != nil {
			return err
		}
		if in.Base == nil {
			return problem.Invalid(map[string]problem.Field{"base": {Code: "error.field_required"}})
		}
		if m, err = do(e.App, m.Id, e.Auth.Id, *in.Base, f.Now()); err != nil {
			return err
		}
		return e.JSON(http.StatusOK, m.PublicExport())
	}
}
