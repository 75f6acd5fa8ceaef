package rules_test

// jot makes what the unit's staff noted at the meeting that was held.
func (w *world) jot(p *place) {
	w.save("meeting_notes", map[string]any{
		"id": p.id("held"), "meeting": p.id("held"), "base": 1,
		"emotional": w.text(kJotting, p.letter), "meaning": w.text(kJotting, p.letter), "regulating": w.text(kJotting, p.letter),
	})
}

func notesTarget(p *place) target {
	return target{
		view: p.id("held"), change: p.id("held"), update: body{"emotional": "new", "base": 1},
		create: body{"meeting": p.id("planned"), "emotional": "new"},
	}
}
