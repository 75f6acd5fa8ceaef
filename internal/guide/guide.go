// Package guide keeps Familjeguiden: an entry for each service and each piece of
// knowledge, the worries by which parents find them, and the terms' support
// groups. Titles and texts are segments, translated like everything else; the
// feed "public" brings what is for everybody to every phone. What only staff may
// know never becomes a segment and never reaches a feed.
//
// Texts name services and places by placeholders ({{.steget}},
// {{.steget_place}}, {{.municipality}}), so that translations survive a change
// of name; see [Names].
package guide

import (
	"time"

	"folje/internal/locale"
	"folje/internal/sync"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// The collections.
const (
	entries       = "guide_entries"
	worries       = "worries"
	supportGroups = "support_groups"
)

// Config is what the guide needs from outside.
type Config struct {
	Locales *locale.Bundle
	// Origin is where the app is reached, such as https://folje.example.
	Origin string
	Now    func() time.Time
}

type feature struct{ Config }

// Register binds what saving and deleting does, staff's routes and the
// reminders to look an entry through, and gives what the feed "public" gets, by
// collection.
func Register(app core.App, cfg Config) map[string]sync.Source {
	f := &feature{cfg}
	f.bindSave(app)
	Bind(app)
	f.bindAPI(app)
	f.bindReminders(app)
	return map[string]sync.Source{entries: entrySource, worries: worrySource, supportGroups: groupSource}
}

// Works say how entries, worries and support groups are translated.
func Works() []translation.Work {
	return []translation.Work{entryWork(), worryWork(), groupWork()}
}
