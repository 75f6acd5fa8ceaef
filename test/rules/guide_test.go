package rules_test

import (
	"folje/internal/text"
	"folje/internal/translation"
)

// guide makes entries of the guide: two for everybody, the second kept by the
// editor of A, one hidden and one for staff; two worries; and two support
// groups, the second hidden. What of a group isn't published is its leaders'.
func (w *world) guide() {
	for _, name := range []string{"entry", "own entry", "hidden entry", "staff's entry"} {
		k, audience := kGuide, "everyone"
		if name == "hidden entry" || name == "staff's entry" {
			k = kNote
		}
		if name == "staff's entry" {
			audience = "staff"
		}
		values := map[string]any{
			"key": w.text(k, neither), "name": w.text(k, neither), "title": w.text(k, neither), "also": []string{w.text(k, neither)},
			"type": "service", "audience": audience, "hidden": name == "hidden entry", "ageTo": 20, "base": 1, "reminded": "2026-08",
			"parts":    []body{{"id": "a", "part": "summary", "kind": "paragraph", "text": w.text(k, neither)}},
			"staff":    []body{{"part": "signs", "text": w.text(kNote, neither)}},
			"contacts": []body{{"kind": "visit", "value": w.text(k, neither)}},
			"place":    body{"name": w.text(k, neither), "address": w.text(k, neither)},
		}
		if name == "own entry" {
			values["owner"] = w.ids[editor]
		}
		w.ids[name] = w.save("guide_entries", values).Id
		w.ids["title of "+name] = text.SegmentID("sv", values["title"].(string))
	}
	for _, name := range []string{"worry", "other worry"} {
		r := w.save("worries", map[string]any{
			"key": w.text(kGuide, neither), "title": w.text(kGuide, neither), "synonyms": w.text(kGuide, neither), "guide": []string{w.ids["entry"]}, "base": 1,
		})
		w.ids[name], w.ids["title of "+name] = r.Id, text.SegmentID("sv", r.GetString("title"))
	}
	for _, name := range []string{"support group", "hidden support group"} {
		k := kGuide
		if name == "hidden support group" {
			k = kLeader
		}
		r := w.save("support_groups", map[string]any{
			"entry": w.ids["entry"], "title": w.text(k, neither), "information": w.text(k, neither), "period": w.text(k, neither),
			"ageTo": 8, "weekday": 3, "places": 2, "hidden": k == kLeader, "base": 1,
		})
		w.ids[name], w.ids["title of "+name] = r.Id, text.SegmentID("sv", r.GetString("title"))
	}
	for _, name := range []string{"entry", "worry", "support group"} {
		if err := translation.Put(w.app, w.ids["title of "+name], "ar", w.text(kGuide, neither), translation.Machine); err != nil {
			w.Fatal(err)
		}
	}
}

func (w *world) guideFixtures() map[string]fixture {
	entry := body{"key": "new", "title": "new", "type": "service", "audience": "everyone", "ageTo": 20}
	save := body{"title": "new", "base": 1}
	return map[string]fixture{
		"guide_entries": {[]target{
			{name: "an entry", view: w.ids["entry"], change: w.ids["entry"], update: save, create: entry},
			{name: "one that the editor of A keeps", view: w.ids["own entry"], change: w.ids["own entry"], update: save},
			{name: "a hidden one", view: w.ids["hidden entry"], change: w.ids["hidden entry"], update: save},
			{name: "staff's", view: w.ids["staff's entry"], change: w.ids["staff's entry"], update: save},
		}},
		"worries": {[]target{{
			view: w.ids["worry"], change: w.ids["other worry"], update: save, create: body{"key": "new", "title": "new"},
		}}},
		"support_groups": {[]target{
			{
				name: "a group", view: w.ids["support group"], change: w.ids["support group"], update: save,
				create: body{"entry": w.ids["entry"], "title": "new", "ageTo": 8},
			},
			{name: "a hidden one", view: w.ids["hidden support group"], change: w.ids["hidden support group"], update: save},
		}},
	}
}

// guideRows are the requests of those who keep the guide and translate it.
func (w *world) guideRows() (rows []row) {
	const check = "staff/guide/{id}/checked"
	rows = []row{
		ask("GET", "staff/guide/overdue", "", "staff/guide/overdue", nil).entitled("A:n"), // who keeps an entry
		ask("POST", check, "", "staff/guide/"+w.ids["entry"]+"/checked", nil),
		ask("POST", check, "one that the editor of A keeps", "staff/guide/"+w.ids["own entry"]+"/checked", nil),
		ask("POST", check, "one that isn't there", "staff/guide/nobody/checked", nil).refused("there is no such entry"),
	}
	for _, of := range []struct{ collection, name, hidden string }{
		{"guide_entries", "entry", "hidden entry"}, {"worries", "worry", ""}, {"support_groups", "support group", "hidden support group"},
	} {
		at, record := "staff/"+of.collection+"/{id}", "staff/"+of.collection+"/"+w.ids[of.name]
		segment := record + "/places/ar/" + w.ids["title of "+of.name]
		rows = append(rows,
			ask("GET", at+"/readiness", "", record+"/readiness", nil),
			ask("GET", at+"/places/{locale}", "", record+"/places/ar", nil),
			ask("GET", at+"/suggestions/{locale}", "", record+"/suggestions/ar", nil).few(),
			ask("PUT", at+"/places/{locale}/{segment}", "over a machine's", segment, body{"text": "new", "base": ""}),
			ask("POST", at+"/places/{locale}/{segment}/confirm", "", segment+"/confirm", body{}),
			ask("POST", at+"/claims/{locale}", "", record+"/claims/ar", body{}),
			ask("DELETE", at+"/claims/{locale}", "", record+"/claims/ar", nil))
		if of.hidden != "" {
			hidden := "staff/" + of.collection + "/" + w.ids[of.hidden]
			rows = append(rows, ask("GET", at+"/places/{locale}", "a hidden one", hidden+"/places/ar", nil))
		}
	}
	return rows
}
