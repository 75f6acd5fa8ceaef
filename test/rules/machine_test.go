package rules_test

// failed makes what is noted of a sentence of the unit's that an engine failed to
// draft.
func (w *world) failed(p *place) {
	p.ids["failed"] = w.save("machine_jobs", map[string]any{
		"segment": p.id("untranslated"), "tries": 6, "due": noon,
		"locale": w.text(kFailed, p.letter), "fault": w.text(kFailed, p.letter),
	}).Id
}

// failedTarget is such a note. It is locked.
func failedTarget(p *place) target {
	return target{
		view: p.id("failed"), change: p.id("failed"), update: body{"fault": "new"},
		create: body{"segment": p.id("segment"), "locale": "fi", "tries": 1, "fault": "check"},
	}
}

// engineRows ask who translates a unit's texts, and how many of its sentences the
// engine was given up on.
func (w *world) engineRows() (rows []row) {
	for _, p := range w.inOrder() {
		rows = append(rows, ask("GET", "staff/engines", string(p.letter), "staff/engines?unit="+p.id("unit"), nil))
	}
	return append(rows, ask("GET", "staff/engines", "of no unit", "staff/engines", nil).refused("it is asked for a unit"))
}
