package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// hashPattern is a segment's id: 32 characters of lower-case base32.
const hashPattern = `^[a-z2-7]{32}$`

// segments: sentences, their id being the hash of source locale and text.
// Locked, as segment_uses and translations are: staff and translators read
// them letter by letter through the app's own routes, which know places. Two
// units may use the same sentence, and a rule on the sentence can't tell what
// of it is whose.
func init() {
	create("1763712010_segments.go", "segments", func(core.App) (*core.Collection, error) {
		c := base("segments", rules{}, text("locale", 16, true), text("text", 4000, true))
		setID(c, hashPattern, 32)
		return c, nil
	})
}
