package app

import (
	"folje/internal/message"
	"folje/internal/translation"
	"folje/internal/web"

	"github.com/pocketbase/pocketbase/core"
)

// registerDesk binds what translators work with; what they write of the app's
// own messages becomes the site's.
func registerDesk(app core.App, cfg Config, site *web.Site) error {
	messages, err := message.Register(app, message.Config{
		Locales: cfg.Locales, Settle: cfg.Settle, Now: cfg.Now,
		Changed: func() { site.Reword(projections(cfg.Locales.Frozen())) },
	})
	if err != nil {
		return err
	}
	translation.RegisterDesk(app, translation.DeskConfig{
		Locales: cfg.Locales, Works: works(),
		Tasks: []func(core.App, *core.Record, []string) ([]translation.Task, error){messages.Tasks}, Origin: cfg.Origin, Now: cfg.Now,
	})
	return nil
}
