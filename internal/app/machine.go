package app

import (
	"folje/internal/glossary"
	"folje/internal/letter"
	"folje/internal/machine"
	"folje/internal/meeting"

	"github.com/pocketbase/pocketbase/core"
)

// registerMachine binds the drafting of texts that nobody has translated, and
// what staff see of it.
func registerMachine(app core.App, cfg Config) {
	machine.Register(app, machine.Config{
		Engine: cfg.Engine, Locales: cfg.Locales, Now: cfg.Now,
		Works: []machine.Work{
			{Work: letter.Work(), Withheld: letter.Withheld}, {Work: meeting.Work()}, {Work: glossary.Work()},
		},
	})
}
