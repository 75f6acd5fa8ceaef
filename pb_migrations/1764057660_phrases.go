package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// phrases: the bank of questions for meetings and of sentences for letters, in
// Swedish. Their other languages are translations of the segments they consist
// of. `from` says whether a question came from the bank's keepers or from a
// parents' wish; whose wish nobody knows. All staff read it; editors add to it,
// and change what they added; the coordinator and administrators change all.
func init() {
	create("1764057660_phrases.go", "phrases", func(app core.App) (*core.Collection, error) {
		author, err := relation(app, "author", "staff", 1, false, false)
		if err != nil {
			return nil, err
		}
		const keeps = `@request.auth.roles:each ?= "coordinator" || ` + isAdmin
		adds := rule(isEditor + ` || ` + keeps)
		changes := rule(keeps + ` || (` + isEditor + ` && author = @request.auth.id)`)
		reads := rule(`@request.auth.id != ""`)
		until := 20.0
		c := base("phrases", rules{list: reads, view: reads, create: adds, update: changes, delete: changes},
			&core.SelectField{Name: "kind", Values: []string{"question", "phrase"}, MaxSelect: 1, Required: true},
			text("topic", 60, false),
			&core.NumberField{Name: "ageFrom", OnlyInt: true, Max: &until},
			&core.NumberField{Name: "ageTo", OnlyInt: true, Max: &until},
			text("text", 600, true),
			&core.SelectField{Name: "from", Values: []string{"bank", "wish"}, MaxSelect: 1, Required: true},
			number("order"), &core.BoolField{Name: "hidden"}, author)
		c.AddIndex("idx_phrases_text", true, "kind, text", "")
		return c, nil
	})
}
