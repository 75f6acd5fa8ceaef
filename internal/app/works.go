package app

import (
	"slices"

	"folje/internal/activity"
	"folje/internal/glossary"
	"folje/internal/guide"
	"folje/internal/letter"
	"folje/internal/meeting"
	"folje/internal/phrase"
	"folje/internal/theme"
	"folje/internal/translation"
)

// works are the kinds of records that are translated.
func works() []translation.Work {
	return slices.Concat([]translation.Work{letter.Work(), meeting.Work(), glossary.Work(), phrase.Work(), theme.Work(), activity.Work()}, guide.Works())
}
