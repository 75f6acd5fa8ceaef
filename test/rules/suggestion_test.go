package rules_test

// suggestionRows ask for what translators are offered: sentences of their own
// units, and school words.
func (w *world) suggestionRows() (rows []row) {
	for _, p := range w.inOrder() {
		name := string(p.letter)
		rows = append(rows,
			ask("GET", "staff/letters/{id}/suggestions/{locale}", name, "staff/letters/"+p.id("draft")+"/suggestions/ar", nil).few(),
			ask("GET", "staff/letters/{id}/suggestions/{locale}", name+", into the source", "staff/letters/"+p.id("draft")+"/suggestions/sv", nil).
				refused("nobody translates into the source"),
			ask("GET", "staff/meetings/{id}/suggestions/{locale}", name, "staff/meetings/"+p.id("held")+"/suggestions/ar", nil).few(),
		)
	}
	return append(rows,
		ask("GET", "staff/glossary/{id}/suggestions/{locale}", "", "staff/glossary/"+w.ids["other word"]+"/suggestions/ar", nil).few())
}
