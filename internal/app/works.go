package app

import (
	"folje/internal/glossary"
	"folje/internal/letter"
	"folje/internal/meeting"
	"folje/internal/operation"
	"folje/internal/translation"
)

// works are the kinds of records that are translated.
func works() []translation.Work {
	return []translation.Work{letter.Work(), meeting.Work(), glossary.Work()}
}

// translating is what translators may have done on a page without a network.
func translating(cfg Config) operation.Kind {
	return translation.Translate(translation.DeskConfig{Locales: cfg.Locales, Works: works(), Now: cfg.Now})
}
