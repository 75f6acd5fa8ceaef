package rules_test

import (
	"time"

	"folje/internal/access"
	"folje/internal/meeting"
	"folje/internal/text"
)

// invite makes a meeting that parents are invited to, one that is only planned
// yet, and the calendar's address of a phone.
func (w *world) invite(p *place) {
	p.ids["next"] = w.ahead(p, kInformation)
	p.ids["coming"] = w.ahead(p, kPublished)
	base := w.baseOf(p.id("coming"))
	m, err := meeting.Publish(w.app, p.id("coming"), p.id("colleague"), base, noon)
	if err != nil {
		w.Fatalf("publish a meeting: %v", err)
	}
	p.bases["coming"], p.bases["next"] = m.Base(), w.baseOf(p.id("next"))
	p.ids["segment of coming"] = text.SegmentID("sv", m.GetString("question"))
}

func (w *world) ahead(p *place, k kind) string {
	return w.save("meetings", map[string]any{
		"kind": "qpm", "unit": p.id("unit"), "groups": []string{p.id("group")}, "author": p.id("colleague"),
		"starts": noon.Add(72 * time.Hour), "ends": noon.Add(74 * time.Hour),
		"place": w.text(kPlace, p.letter), "contact": w.text(kPlace, p.letter),
		"information": w.text(k, p.letter), "question": w.text(k, p.letter),
	}).Id
}

func (w *world) baseOf(id string) int {
	m, err := meeting.Find(w.app, id)
	if err != nil {
		w.Fatal(err)
	}
	return m.Base()
}

// address gives the unit's device a calendar, and what its address ends with.
func (w *world) address(p *place) string {
	keys, err := access.OpenKeys(w.app)
	if err != nil {
		w.Fatal(err)
	}
	capability := "capability-of-" + string(p.letter)
	p.ids["calendar"] = w.save("calendars", map[string]any{
		"device": p.id("device"), "mark": keys.CalendarMark(capability),
	}).Id
	w.add(canary{text: keys.CalendarMark(capability), kind: kSecret, unit: p.letter})
	return capability + ".ics"
}

func (w *world) meetingRows() (rows []row) {
	const at = "staff/meetings/{id}"
	for _, p := range w.inOrder() {
		name, coming, next := string(p.letter), "staff/meetings/"+p.id("coming"), "staff/meetings/"+p.id("next")
		segment, book := "/places/ar/"+p.id("segment of coming"), body{"language": "so", "mode": "phone", "state": "booked"}
		rows = append(rows,
			ask("POST", at+"/publish", name, next+"/publish", body{"base": p.bases["next"]}),
			ask("POST", at+"/publish", name+", from an old base", next+"/publish", body{"base": p.bases["next"] - 1}).refused("it is a conflict"),
			ask("POST", at+"/publish", name+", held", next+"/publish", body{"base": p.bases["next"], "hold": noon.AddDate(0, 0, 1)}),
			ask("POST", at+"/publish", name+", held until it is over", next+"/publish", body{"base": p.bases["next"], "hold": noon.AddDate(0, 0, 4)}).
				refused("phones ring before the meeting"),
			ask("GET", at+"/ringing", name, coming+"/ringing", nil),
			ask("GET", at+"/ringing", name+", never published", next+"/ringing", nil),
			ask("POST", at+"/cancel", name, coming+"/cancel", body{"base": p.bases["coming"]}),
			ask("POST", at+"/cancel", name+", never published", next+"/cancel", body{"base": p.bases["next"]}).refused("nobody was invited"),
			ask("GET", at+"/answers", name, "staff/meetings/"+p.id("held")+"/answers", nil),
			ask("PUT", at+"/interpreters", name, coming+"/interpreters", book),
			ask("GET", at+"/interpreters.csv", name, "staff/meetings/"+p.id("held")+"/interpreters.csv", nil),
			ask("GET", at+"/readiness", name, coming+"/readiness", nil),
			ask("GET", at+"/places/{locale}", name, coming+"/places/ar", nil),
			ask("GET", at+"/places/{locale}", name+", never published", next+"/places/ar", nil),
			ask("PUT", at+"/places/{locale}/{segment}", name, coming+segment, body{"text": "new", "base": ""}),
			ask("POST", at+"/places/{locale}/{segment}/confirm", name+", without a text", coming+segment+"/confirm", body{}).
				refused("there is nothing to confirm"),
			ask("POST", "staff/reports/resolve", name, "staff/reports/resolve",
				body{"segment": p.id("segment of translation"), "locale": "ar"}),
			ask("POST", "staff/reports/resolve", name+", of the source", "staff/reports/resolve",
				body{"segment": p.id("segment of translation"), "locale": "sv"}))
	}
	return append(rows, ask("GET", "devices/me/answers", "", "devices/me/answers", nil))
}

func (w *world) calendarRows() (rows []row) {
	const mine, feed = "devices/me/calendar", "calendar/{file}"
	rows = append(rows,
		ask("POST", mine, "", mine, body{}),
		ask("DELETE", mine, "", mine, nil),
		ask("GET", feed, "no address", feed+".ics", nil).refused("there is no such address"))
	for _, p := range w.inOrder() {
		name := string(p.letter)
		rows = append(rows, ask("GET", feed, "with the address of "+name+"'s phone", "calendar/"+p.codes["calendar"], nil).
			entitled(name+":m"))
	}
	return rows
}
