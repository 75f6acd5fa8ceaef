package meeting

import (
	"net/http"
	"time"

	"folje/internal/access"
	"folje/internal/locale"
	"folje/internal/outbox"
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
	// Undo is for how long staff may think better of it before phones ring.
	Undo time.Duration
}

type feature struct{ Config }

// longestHold is for how many days phones can be kept from ringing.
const longestHold = 14

// maxBody bounds the bodies of the feature's own routes, in bytes.
const maxBody = 16 << 10

// Register binds the meetings' hooks and routes, and gives the source from
// which feeds read published meetings; it belongs to the collection meetings.
func Register(app core.App, cfg Config) sync.Source {
	f := &feature{cfg}
	f.bindSave(app)
	f.bindNotes(app)
	Bind(app)
	f.bindRing(app)
	f.bindLeft(app)
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljeMeetings", Func: func(e *core.ServeEvent) error {
		if err := indexEarlier(e.App); err != nil {
			return err
		}
		if err := f.remindEarlier(e.App); err != nil {
			return err
		}
		g := e.Router.Group("/api/folje/v1")
		g.Bind(apis.Gzip())
		g.POST("/staff/meetings/{id}/publish", problem.Handle(f.Locales, f.act(f.invite)))
		g.POST("/staff/meetings/{id}/cancel", problem.Handle(f.Locales, f.act(f.callOff)))
		g.GET("/staff/meetings/{id}/answers", problem.Handle(f.Locales, f.answers))
		g.GET("/staff/meetings/{id}/ringing", problem.Handle(f.Locales, f.ringing))
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

// request is the body of POST …/publish and …/cancel. Only an invitation is
// held.
type request struct {
	Base *int   `json:"base"`
	Hold string `json:"hold"`
}

// act answers POST …/publish {base, hold?} and …/cancel {base} with the meeting.
func (f *feature) act(do func(e *core.RequestEvent, m Meeting, in request) (Meeting, error)) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		m, err := f.meeting(e)
		if err != nil {
			return err
		}
		var in request
		if err := problem.Read(e, maxBody, &in); err != nil {
			return err
		}
		if in.Base == nil {
			return problem.Invalid(map[string]problem.Field{"base": {Code: "error.field_required"}})
		}
		if m, err = do(e, m, in); err != nil {
			return err
		}
		return e.JSON(http.StatusOK, m.PublicExport())
	}
}

// invite publishes the meeting; phones ring after the undo window, or from hold
// on, where that is later.
func (f *feature) invite(e *core.RequestEvent, m Meeting, in request) (Meeting, error) {
	now := f.Now()
	hold, err := holdOf(in.Hold, m.Starts(), now)
	if err != nil {
		return m, err
	}
	return publish(e.App, m.Id, e.Auth.Id, *in.Base, now, func(tx core.App, m Meeting) error {
		return f.ringInvitation(tx, m, outbox.Row{Author: e.Auth.Id, Hold: hold}, now)
	})
}

// callOff cancels the meeting; phones that may have heard of it ring after the
// undo window.
func (f *feature) callOff(e *core.RequestEvent, m Meeting, in request) (Meeting, error) {
	now := f.Now()
	return cancel(e.App, m.Id, e.Auth.Id, *in.Base, now, func(tx core.App, m Meeting) error {
		return f.ringCancellation(tx, m, e.Auth.Id, now)
	})
}

// holdOf reads until when phones are not to ring; zero where nobody said, or
// where it has been. At most [longestHold] days ahead, and before the meeting.
func holdOf(said string, starts, now time.Time) (time.Time, error) {
	if said == "" {
		return time.Time{}, nil
	}
	hold, err := time.Parse(time.RFC3339, said)
	wrong := problem.Field{Code: "error.field_invalid"}
	switch {
	case err != nil:
	case !hold.After(now):
		return time.Time{}, nil
	case hold.After(now.AddDate(0, 0, longestHold)):
		wrong = problem.Field{Code: "error.hold_too_far", Params: map[string]any{"Max": longestHold}}
	case !hold.Before(starts):
		wrong = problem.Field{Code: "error.hold_after_meeting"}
	default:
		return hold, nil
	}
	return time.Time{}, problem.Invalid(map[string]problem.Field{"hold": wrong})
}
