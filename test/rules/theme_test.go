package rules_test

import (
	"folje/internal/text"
	"folje/internal/translation"
)

// themes makes what everybody reads of thematic meetings and of what is open to
// all: a theme, a term, a school's plan and its activity. Unit A has a row of the
// plan in a term of long ago and an activity that is hidden: only staff read
// those. Another theme and term are named by nothing.
func (w *world) themes() {
	theme := func(name string) {
		r := w.save("themes", map[string]any{
			"key": w.text(kTheme, neither), "title": w.text(kTheme, neither), "also": []string{w.text(kTheme, neither)},
			"information": w.text(kTheme, neither), "discussion": w.text(kTheme, neither), "think": w.text(kTheme, neither),
		})
		w.ids[name], w.ids["title of "+name] = r.Id, text.SegmentID("sv", r.GetString("title"))
	}
	theme("theme")
	theme("other theme")
	for name, days := range map[string][2]string{
		"term": {"2026-08-18", "2026-12-18"}, "old term": {"2019-08-18", "2019-12-18"}, "other term": {"2030-08-18", "2030-12-18"},
	} {
		w.ids[name] = w.save("terms", map[string]any{"name": w.text(kTheme, neither), "starts": days[0], "ends": days[1],
			"free": []body{{"from": days[0], "to": days[0], "name": w.text(kTheme, neither)}}}).Id
	}
	school := w.save("units", map[string]any{"name": w.text(kTheme, neither), "kind": "school"}).Id
	a := w.units['A'].id("unit")
	day := noon.AddDate(0, 0, 14).Format("2006-01-02")
	row := func(name, unit, term, day string) {
		w.ids[name] = w.save("term_plans", map[string]any{
			"unit": unit, "term": w.ids[term], "theme": w.ids["theme"], "yearFrom": 1, "yearTo": 3, "day": day, "note": w.text(kRow, neither),
		}).Id
	}
	row("plan", school, "term", "2026-12-02")
	row("A's plan", a, "old term", day)
	class, err := w.app.FindRecordById("groups", w.units['A'].id("other group"))
	if err != nil {
		w.Fatal(err)
	}
	class.Set("yearFrom", "2")
	if err := w.app.Save(class); err != nil {
		w.Fatal(err)
	}
	asked, err := w.app.FindRecordById("groups", w.units['A'].id("group"))
	if err != nil {
		w.Fatal(err)
	}
	asked.Set("moves", body{"from": "2026-11-01", "until": "2026-12-31", "to": []string{class.Id}})
	if err := w.app.Save(asked); err != nil {
		w.Fatal(err)
	}
	activity := func(name, unit string, k kind) {
		r := w.save("activities", map[string]any{
			"unit": unit, "title": w.text(k, neither), "information": w.text(k, neither), "place": w.text(k, neither), "ageTo": 5,
			"starts": "2026-08-18T09:00", "ends": "2026-08-18T11:30", "rrule": "FREQ=WEEKLY", "hidden": k == kRow, "base": 1,
		})
		w.ids[name], w.ids["title of "+name] = r.Id, text.SegmentID("sv", r.GetString("title"))
	}
	activity("activity", school, kTheme)
	activity("A's activity", a, kRow)
	for _, name := range []string{"theme", "activity"} {
		if err := translation.Put(w.app, w.ids["title of "+name], "ar", w.text(kTheme, neither), translation.Machine); err != nil {
			w.Fatal(err)
		}
	}
}

func (w *world) themeFixtures() map[string]fixture {
	a := w.units['A'].id("unit")
	return map[string]fixture{
		"themes": {[]target{{
			view: w.ids["theme"], change: w.ids["other theme"], update: body{"think": "new", "base": 0}, create: body{"title": "new"},
		}}},
		"terms": {[]target{{
			view: w.ids["term"], change: w.ids["other term"], update: body{"name": "new"},
			create: body{"name": "new", "starts": "2031-01-08", "ends": "2031-06-08"},
		}}},
		"term_plans": {[]target{
			{name: "a school's", view: w.ids["plan"], change: w.ids["plan"], update: body{"note": "new"}},
			{
				name: "A's", view: w.ids["A's plan"], change: w.ids["A's plan"], update: body{"day": "", "note": "new"},
				create: body{"unit": a, "term": w.ids["other term"], "theme": w.ids["theme"], "yearFrom": 4, "yearTo": 6},
			},
		}},
		"activities": {[]target{
			{name: "a school's", view: w.ids["activity"], change: w.ids["activity"], update: body{"place": "new", "base": 1}},
			{
				name: "A's hidden", view: w.ids["A's activity"], change: w.ids["A's activity"], update: body{"place": "new", "base": 1},
				create: body{"unit": a, "title": "new", "starts": "2026-12-01T09:00", "ends": "2026-12-01T10:00", "ageTo": 5},
			},
		}},
	}
}

// themeRows are the requests about plans and activities, and of those who
// translate themes and activities.
func (w *world) themeRows() []row {
	const copies, plans = "staff/units/{id}/plan/copy", "staff/plans/{id}/meetings"
	a, b := w.units['A'], w.units['B']
	at := "staff/units/" + a.id("unit") + "/plan/copy"
	meetings := "staff/plans/" + w.ids["A's plan"] + "/meetings"
	class := body{"from": "18:00", "to": "19:00", "place": "new", "groups": []string{a.id("other group")}}
	times := body{"starts": "2026-12-01T09:00", "ends": "2026-12-01T10:00"}
	rows := []row{
		ask("POST", copies, "A, only looked at", at, body{"from": 2019, "to": 2026}),
		ask("POST", copies, "A", at, body{"from": 2019, "to": 2026, "apply": true}),
		ask("POST", copies, "B, which has none", "staff/units/"+b.id("unit")+"/plan/copy", body{"from": 2019, "to": 2026}).refused("there is no plan"),
		ask("GET", plans, "A", meetings, nil),
		ask("POST", plans, "A", meetings, class),
		ask("POST", plans, "A, for a class of other years", meetings, body{"from": "18:00", "groups": []string{a.id("group")}}).
			refused("the class has other years"),
		ask("GET", plans, "another school's", "staff/plans/"+w.ids["plan"]+"/meetings", nil),
		ask("POST", "staff/activities/times", "", "staff/activities/times", times),
		ask("POST", "staff/activities/times", "by a rule that is none", "staff/activities/times",
			body{"starts": times["starts"], "ends": times["ends"], "rrule": "FREQ=SECONDLY"}).refused("it is no rule"),
	}
	for _, of := range []struct{ collection, name, untranslated string }{
		{"themes", "theme", "other theme"}, {"activities", "activity", "A's activity"},
	} {
		at, record := "staff/"+of.collection+"/{id}", "staff/"+of.collection+"/"+w.ids[of.name]
		segment := record + "/places/ar/" + w.ids["title of "+of.name]
		rows = append(rows,
			ask("GET", at+"/readiness", "", record+"/readiness", nil),
			ask("GET", at+"/places/{locale}", "", record+"/places/ar", nil),
			ask("GET", at+"/suggestions/{locale}", "", record+"/suggestions/ar", nil).few(),
			ask("PUT", at+"/places/{locale}/{segment}", "", "staff/"+of.collection+"/"+w.ids[of.untranslated]+"/places/ar/"+w.ids["title of "+of.untranslated],
				body{"text": "new", "base": ""}),
			ask("POST", at+"/places/{locale}/{segment}/confirm", "", segment+"/confirm", body{}),
			ask("POST", at+"/claims/{locale}", "", record+"/claims/ar", body{}),
			ask("DELETE", at+"/claims/{locale}", "", record+"/claims/ar", nil))
	}
	return rows
}
