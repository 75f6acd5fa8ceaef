package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// PocketBase's own settings: a name, no addresses in the activity log, short
// logs, no batch route, and a limit on signing in (a member of staff who
// mistypes needs a few tries, a school behind one address some more, a guessing
// machine needs thousands).
func init() {
	migrations.Register(func(app core.App) error {
		s := app.Settings()
		s.Meta.AppName = "Följe"
		s.Meta.SenderName = "Följe"
		s.Logs.LogIP = false
		s.Logs.LogAuthId = false
		s.Logs.MaxDays = 3
		s.Logs.MinLevel = 4 // warnings and errors: no row for each request
		s.Batch.Enabled = false
		s.RateLimits.Enabled = true
		s.RateLimits.Rules = []core.RateLimitRule{
			{Label: "*:auth", MaxRequests: 60, Duration: 60},
		}
		return app.Save(s)
	}, func(core.App) error { return nil }, "1763712002_app_settings.go")
}
