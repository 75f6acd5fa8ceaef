package pb_migrations

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Every rule begins with staff's own collection, so that a session on a shared
// tablet passes none of them. These are opened to it: what is written and
// published there in whole, and what that needs to read.
func init() {
	const onTablet = `(` + isStaff + ` || @request.auth.collectionName = "tablet_sessions")`
	written := []string{"letters", "meetings", "meeting_notes"}
	read := []string{"units", "groups", "letter_revisions", "phrases", "themes", "terms", "term_plans", "glossary"}
	change := func(app core.App, from, to string) error {
		for _, name := range append(read, written...) {
			c, err := app.FindCollectionByNameOrId(name)
			if err != nil {
				return fmt.Errorf("find collection %s: %w", name, err)
			}
			open := []**string{&c.ListRule, &c.ViewRule}
			if slices.Contains(written, name) {
				open = append(open, &c.CreateRule, &c.UpdateRule, &c.DeleteRule)
			}
			for _, rule := range open {
				if *rule != nil {
					*rule = types.Pointer(strings.ReplaceAll(**rule, from, to))
				}
			}
			if err := app.Save(c); err != nil {
				return fmt.Errorf("save the rules of %s: %w", name, err)
			}
		}
		return nil
	}
	migrations.Register(func(app core.App) error { return change(app, isStaff, onTablet) },
		func(app core.App) error { return change(app, onTablet, isStaff) }, "1764057743_tablet_rules.go")
}
