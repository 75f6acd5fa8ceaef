package rules_test

// desk makes what is noted of the unit's translators: who did what, and who has
// taken a text upon herself.
func (w *world) desk(p *place) {
	p.ids["deed"] = w.save("translation_history", map[string]any{
		"author": p.id("colleague"), "action": "saved", "words": 3, "at": noon,
		"key": w.text(kHistory, p.letter), "locale": w.text(kHistory, p.letter), "context": w.text(kHistory, p.letter),
		"collection": w.text(kHistory, p.letter), "record": w.text(kHistory, p.letter), "text": w.text(kHistory, p.letter),
	}).Id
	p.ids["claim"] = w.save("translation_claims", map[string]any{
		"translator": p.id("colleague"), "until": noon.AddDate(0, 0, 7),
		"collection": w.text(kClaim, p.letter), "record": w.text(kClaim, p.letter), "locale": w.text(kClaim, p.letter),
	}).Id
	w.save("translation_claims", map[string]any{
		"translator": p.id("colleague"), "until": noon.AddDate(0, 0, 7),
		"collection": "letters", "record": p.id("published"), "locale": "ar",
	})
}

// deskFixtures are those of what is noted of translators. All of it is locked.
func (w *world) deskFixtures() map[string]fixture {
	return map[string]fixture{
		"translation_history": w.both(func(p *place) target {
			return target{
				view: p.id("deed"), change: p.id("deed"), update: body{"text": "new"},
				create: body{"author": p.id("colleague"), "action": "saved", "locale": "ar", "at": noon},
			}
		}),
		"translation_claims": w.both(func(p *place) target {
			return target{
				view: p.id("claim"), change: p.id("claim"), update: body{"locale": "en"},
				create: body{"translator": p.id("colleague"), "collection": "letters", "record": p.id("draft"), "locale": "ar", "until": noon},
			}
		}),
	}
}

// deskRows are what translators do beside writing a text: taking it upon
// themselves, sending it later, and seeing what they did.
func (w *world) deskRows() (rows []row) {
	const claims = "staff/letters/{id}/claims/{locale}"
	send := func(name string, p *place, locale, segment string) row {
		return ask("POST", "operations", name, "operations", body{"operations": []body{{
			"op": "cccccccc-0000-4000-8000-00000000000d", "seq": 9, "kind": "translate", "v": 1, "body": body{
				"collection": "letters", "record": p.id("draft"), "locale": locale, "segment": segment, "text": "new", "draft": true,
			},
		}}})
	}
	for _, p := range w.inOrder() {
		name, published, draft := string(p.letter), "staff/letters/"+p.id("published"), "staff/letters/"+p.id("draft")
		rows = append(rows,
			ask("POST", claims, name, draft+"/claims/ar", body{}),
			ask("POST", claims, name+", which a colleague has", published+"/claims/ar", body{}).refused("it is a conflict"),
			ask("POST", claims, name+", of the source", draft+"/claims/sv", body{}).refused("nobody translates into the source"),
			ask("DELETE", claims, name, published+"/claims/ar", nil),
			ask("POST", "staff/meetings/{id}/claims/{locale}", name, "staff/meetings/"+p.id("coming")+"/claims/ar", body{}),
			ask("DELETE", "staff/meetings/{id}/claims/{locale}", name, "staff/meetings/"+p.id("coming")+"/claims/ar", nil),
			send("a text of "+name, p, "ar", p.id("untranslated")),
			send("a text of "+name+" in the source", p, "sv", p.id("untranslated")).refused("the source is written in the letter"),
			send("a text for another letter's sentence, "+name, p, "ar", p.id("segment")).refused("the segment is not the letter's"))
	}
	return append(rows,
		ask("GET", "staff/words/{month}", "", "staff/words/2026-11", nil),
		ask("GET", "staff/words/{month}", "no month", "staff/words/2026-13", nil).refused("there is no such month"),
		ask("PUT", "staff/me", "", "staff/me", body{"noMail": true, "roles": []string{"admin"}}),
		ask("PUT", "staff/me", "without a wish", "staff/me", body{}).refused("it says nothing"))
}
