package rules_test

// packItem makes a piece that a content pack brought; only the command line
// knows of it.
func (w *world) packItem() {
	w.ids["pack item"] = w.save("pack_items", map[string]any{
		"kind": w.text(kPack, neither), "key": w.text(kPack, neither), "pack": w.text(kPack, neither), "hash": w.text(kPack, neither),
	}).Id
}

func (w *world) packTargets() fixture {
	return fixture{[]target{{
		view: w.ids["pack item"], change: w.ids["pack item"], update: body{"hash": "new"},
		create: body{"kind": "theme", "key": "new", "pack": "new", "hash": "new"},
	}}}
}
