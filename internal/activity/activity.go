package activity

import (
	"fmt"
	"net/http"
	"time"

	"folje/internal/access"
	"folje/internal/locale"
	"folje/internal/problem"
	"folje/internal/sync"
	"folje/internal/translation"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Config is what activities need from outside.
type Config struct {
	Locales *locale.Bundle
	Now     func() time.Time
}

type feature struct{ Config }

var notHidden = dbx.HashExp{"hidden": false}

// Register binds what saving and deleting an activity does, the preview of its
// times and the job that tells phones of more, and gives what the feed "public"
// gets of it.
func Register(app core.App, cfg Config) sync.Source {
	f := &feature{cfg}
	f.bindSave(app)
	Bind(app, cfg.Now)
	// Every night, so that a week is not lost with one: it tells phones on Mondays.
	app.Cron().MustAdd("foljeActivities", "17 0 * * *", func() {
		if err := Extend(app, cfg.Now()); err != nil {
			app.Logger().Error("run scheduled job", "job", "foljeActivities", "cause", err.Error())
		}
	})
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljeActivities", Func: func(e *core.ServeEvent) error {
		g := e.Router.Group("/api/folje/v1/staff")
		g.Bind(apis.Gzip())
		g.POST("/activities/times", problem.Handle(f.Locales, f.preview))
		return e.Next()
	}})
	return f.source
}

// Bind makes every way of storing an activity say which segments it uses, and
// tell the feed; a unit that changes is told with its activities. What stores
// activities before the features are bound calls it too. Calling it again
// changes nothing.
func Bind(app core.App, now func() time.Time) {
	translation.Bind(app, collection, ownerOf)
	note := func(e *core.RecordEvent) error {
		last, err := lastTime(Activity{e.Record}, now())
		if err != nil {
			return err
		}
		e.Record.Set("told", last)
		return e.Next()
	}
	app.OnRecordCreate(collection).Bind(&hook.Handler[*core.RecordEvent]{Id: "foljeActivityCreate", Func: note})
	app.OnRecordUpdate(collection).Bind(&hook.Handler[*core.RecordEvent]{Id: "foljeActivityUpdate", Func: note})
	app.OnRecordUpdate("units").Bind(&hook.Handler[*core.RecordEvent]{Id: "foljeUnitActivities", Func: tellUnit})
}

// tellUnit marks a unit's activities as changed: they say its name.
func tellUnit(e *core.RecordEvent) error {
	outer := e.App
	defer func() { e.App = outer }()
	return outer.RunInTransaction(func(tx core.App) error {
		e.App = tx
		if err := e.Next(); err != nil {
			return err
		}
		of, err := tx.FindAllRecords(collection, dbx.HashExp{"unit": e.Record.Id}, notHidden)
		if err != nil {
			return fmt.Errorf("list the unit's activities: %w", err)
		}
		for _, r := range of {
			if err := sync.Touch(tx, sync.Public, sync.Records, sync.Item(collection, r.Id)); err != nil {
				return err
			}
		}
		return nil
	})
}

// lastTime is the last time that phones know of, "" for none.
func lastTime(a Activity, now time.Time) (string, error) {
	s, err := a.Schedule()
	if err != nil {
		return "", err
	}
	times, err := s.Ahead(now)
	if err != nil || len(times.Open) == 0 {
		return "", err
	}
	return stamp(times.Open[len(times.Open)-1][0]), nil
}

// Extend tells phones of the activities that have later times by now than they
// know, and of those that are over. What has neither is left alone.
func Extend(app core.App, now time.Time) error {
	found, err := app.FindAllRecords(collection, notHidden)
	if err != nil {
		return fmt.Errorf("list activities: %w", err)
	}
	for _, r := range found {
		last, err := lastTime(Activity{r}, now)
		if err != nil {
			return err
		}
		if last == r.GetString("told") {
			continue
		}
		err = app.RunInTransaction(func(tx core.App) error {
			if _, err := tx.DB().Update(collection, dbx.Params{"told": last}, dbx.HashExp{"id": r.Id}).Execute(); err != nil {
				return fmt.Errorf("note what phones are told: %w", err)
			}
			return sync.Touch(tx, sync.Public, sync.Records, sync.Item(collection, r.Id))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// maxBody bounds the body of a preview, in bytes.
const maxBody = 32 << 10

// previewRequest is the body of POST staff/activities/times.
type previewRequest struct {
	Starts     string      `json:"starts"`
	Ends       string      `json:"ends"`
	Rule       string      `json:"rrule"`
	Exceptions []Exception `json:"exceptions"`
}

// preview answers POST staff/activities/times with {times, cancelled}: when an
// activity would be that is being written.
func (f *feature) preview(e *core.RequestEvent) error {
	if _, err := access.Staff(e); err != nil {
		return err
	}
	var in previewRequest
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	if len(in.Exceptions) > MaxExceptions {
		return problem.Invalid(map[string]problem.Field{"exceptions": {Code: "error.field_invalid"}})
	}
	s := Schedule(in)
	if field, code, params := faultOf(s, f.Now()); field != "" {
		return problem.Invalid(map[string]problem.Field{field: {Code: code, Params: params}})
	}
	times, err := s.Ahead(f.Now())
	if err != nil {
		return err
	}
	open, cancelled := [][2]string{}, []string{}
	for _, t := range times.Open {
		open = append(open, [2]string{stamp(t[0]), stamp(t[1])})
	}
	for _, t := range times.Cancelled {
		cancelled = append(cancelled, stamp(t))
	}
	return e.JSON(http.StatusOK, map[string]any{"times": open, "cancelled": cancelled})
}
