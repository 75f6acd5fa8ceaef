package app

import (
	"folje/internal/glossary"
	"folje/internal/guide"
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
		Works: drafted(),
	})
}

// drafted are the kinds of records that an engine drafts texts for.
func drafted() []machine.Work {
	drafts := []machine.Work{
		{Work: letter.Work(), Withheld: letter.Withheld}, {Work: meeting.Work()}, {Work: glossary.Work()},
	}
	for _, w := range guide.Works() {
		drafts = append(drafts, machine.Work{Work: w})
	}
	return drafts
}
