package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// terms: the autumn and spring terms of the municipality's schools, from day to
// day (2026-08-18), with the days that are free: holidays, study days. All staff
// read them, the coordinator and administrators write them.
func init() {
	create("1764057611_terms.go", "terms", func(core.App) (*core.Collection, error) {
		may, reads := rule(keepsGuide), rule(`@request.auth.id != ""`)
		c := base("terms", rules{list: reads, view: reads, create: may, update: may, delete: may},
			text("name", 60, true), text("starts", 10, true), text("ends", 10, true),
			&core.JSONField{Name: "free", MaxSize: 8000})
		c.AddIndex("idx_terms_starts", true, "starts", "")
		return c, nil
	})
}
