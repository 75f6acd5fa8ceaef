package app

import (
	"folje/internal/message"
	"folje/internal/operation"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// registerDesk binds what translators work with; reword is told when they have
// changed the app's own messages. It gives what they may have done on a page
// without a network.
func registerDesk(app core.App, cfg Config, reword func()) (translate operation.Kind, err error) {
	pace := translation.NewPace()
	messages, err := message.Register(app, message.Config{
		Locales: cfg.Locales, Settle: cfg.Settle, Pace: pace, Now: cfg.Now,
		Changed: reword,
	})
	if err != nil {
		return operation.Kind{}, err
	}
	desk := translation.DeskConfig{
		Locales: cfg.Locales, Works: works(), Origin: cfg.Origin, Pace: pace, Now: cfg.Now,
		Tasks:     []func(core.App, *core.Record, []string) ([]translation.Task, error){messages.Tasks},
		Elsewhere: map[string]func(core.App, *core.Record, translation.Sent) error{message.Collection: messages.Save},
	}
	translation.RegisterDesk(app, desk)
	return translation.Translate(desk), nil
}
