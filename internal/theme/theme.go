package theme

import (
	"time"

	"folje/internal/locale"
	"folje/internal/problem"
	"folje/internal/sync"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Config is what themes and plans need from outside.
type Config struct {
	Locales *locale.Bundle
	Now     func() time.Time
}

type feature struct{ Config }

// maxBody bounds the bodies of the feature's own routes, in bytes.
const maxBody = 16 << 10

// Register binds what saving and deleting does, the routes under staff/units and
// staff/plans, and gives what the feed "public" gets of themes and of plans, by
// collection.
func Register(app core.App, cfg Config) map[string]sync.Source {
	f := &feature{cfg}
	f.bindSave(app)
	Bind(app)
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljeThemes", Func: func(e *core.ServeEvent) error {
		g := e.Router.Group("/api/folje/v1/staff")
		g.Bind(apis.Gzip())
		g.POST("/units/{id}/plan/copy", problem.Handle(f.Locales, f.copy))
		g.GET("/plans/{id}/meetings", problem.Handle(f.Locales, f.offer))
		g.POST("/plans/{id}/meetings", problem.Handle(f.Locales, f.make))
		return e.Next()
	}})
	return map[string]sync.Source{themes: themeSource, plans: f.planSource}
}
