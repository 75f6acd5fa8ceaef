// Package question keeps what a good question of the day is, as data: the
// program's own rules, what the municipality changed about them, and what its
// policy in pb_hooks/ adds. The browser applies them (public/js/staff/question),
// also without a network; the server stores no question for them and refuses
// none.
package question

import (
	"sync/atomic"

	"folje/internal/locale"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Config is what the feature needs from outside.
type Config struct {
	Locales *locale.Bundle
}

// Helper is the feature of one app.
type Helper struct {
	Config
	policy  []Rule
	serving atomic.Bool
}

// Register binds staff's routes and keeps the stored changes readable. The site's
// policy may add rules to what it gives until the app serves.
func Register(app core.App, cfg Config) *Helper {
	h := &Helper{Config: cfg}
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljeQuestion", Func: func(e *core.ServeEvent) error {
		h.serving.Store(true)
		g := e.Router.Group("/api/folje/v1/staff")
		g.GET("/question", problem.Handle(cfg.Locales, h.read))
		g.PUT("/question", problem.Handle(cfg.Locales, h.write))
		return e.Next()
	}})
	app.OnRecordUpdateRequest("settings").BindFunc(func(e *core.RecordRequestEvent) error {
		if e.Record.Original().GetString("name") == setting {
			// It has a route of its own, which counts the saves.
			return problem.API(e.RequestEvent, cfg.Locales, problem.Forbidden())
		}
		return e.Next()
	})
	return h
}
