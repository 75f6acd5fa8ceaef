package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// glossary: school words with what they mean, in Swedish. Their other languages
// are translations of the segments that term and explanation consist of.
// `forms` are the word's inflected forms, by which it is found in a sentence.
// All staff read it, the coordinator and administrators write it.
func init() {
	create("1763971205_glossary.go", "glossary", func(core.App) (*core.Collection, error) {
		may := rule(`@request.auth.roles:each ?= "coordinator" || ` + isAdmin)
		reads := rule(`@request.auth.id != ""`)
		c := base("glossary", rules{list: reads, view: reads, create: may, update: may, delete: may},
			text("term", 120, true), text("explanation", 1000, true),
			&core.JSONField{Name: "forms", MaxSize: 4000})
		c.AddIndex("idx_glossary_term", true, "term", "")
		return c, nil
	})
}
