package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// recordings: a letter read aloud in a locale. `marks` says at which millisecond
// each sentence begins, `version` what was read, so that a corrected letter's
// recording is known to be old. The file is the author's own voice: protected.
// Locked.
func init() {
	create("1763971208_recordings.go", "recordings", func(app core.App) (*core.Collection, error) {
		links, err := relations(app,
			link{name: "letter", to: "letters", required: true, cascade: true},
			link{name: "author", to: "staff"})
		if err != nil {
			return nil, err
		}
		c := base("recordings", rules{}, append(links,
			text("locale", 16, true), text("version", 40, true),
			number("milliseconds"), number("bytes"), text("type", 60, true),
			&core.JSONField{Name: "marks", MaxSize: 40_000},
			&core.FileField{Name: "audio", MaxSelect: 1, MaxSize: 20 << 20, Protected: true, Required: true},
		)...)
		c.AddIndex("idx_recordings_letter", true, "letter, locale", "")
		return c, nil
	})
}
