package rules_test

import "strings"

// sent makes what phones of the unit's group sent, and what staff did about it.
func (w *world) sent(p *place) {
	device, meeting := p.id("device"), p.id("held")
	p.ids["answer"] = w.save("rsvps", map[string]any{
		"device": device, "meeting": meeting, "seq": 1, "status": "accepted", "count": 1,
		"language": w.text(kAnswer, p.letter), "mode": "phone", "note": w.text(kAnswer, p.letter),
	}).Id
	p.ids["booking"] = w.save("interpreter_bookings", map[string]any{
		"meeting": meeting, "author": p.id("colleague"), "mode": "phone", "state": "booked",
		"language": w.text(kBooking, p.letter), "contact": w.text(kBooking, p.letter),
	}).Id
	p.ids["wish"] = w.save("wishes", map[string]any{
		"group": p.id("group"), "text": w.text(kWish, p.letter), "day": "2026-11-20", "state": "open",
	}).Id
	p.ids["report"] = w.save("translation_reports", map[string]any{
		"segment": p.id("segment of translation"), "locale": "ar", "note": w.text(kReport, p.letter), "day": "2026-11-20",
	}).Id
	w.save("translation_reports", map[string]any{
		"segment": p.id("segment"), "locale": w.text(kReport, p.letter), "day": "2026-11-20",
	})
	p.ids["opens"] = w.save("letter_opens", map[string]any{"letter": p.id("published"), "locale": "ar", "phones": 1}).Id
	p.ids["operation"] = w.save("operations", map[string]any{
		"mark": w.text(kSecret, p.letter), "verdict": "rejected", "code": w.text(kLedger, p.letter),
	}).Id
	p.codes["calendar"] = w.address(p)
	if p.letter == 'A' {
		w.save("rsvps", map[string]any{
			"device": p.id("own device"), "meeting": p.id("coming"), "seq": 1, "status": "declined",
			"note": w.own(kAnswer, p.letter, phone),
		})
	}
}

// sentFixtures are those of what phones sent. All of it is locked.
func (w *world) sentFixtures() map[string]fixture {
	twin := strings.Repeat("0", 64)
	return map[string]fixture{
		"rsvps": w.both(func(p *place) target {
			return target{
				view: p.id("answer"), change: p.id("answer"), update: body{"note": "new"},
				create: body{"device": p.id("device"), "meeting": p.id("planned"), "seq": 1, "status": "declined"},
			}
		}),
		"interpreter_bookings": w.both(func(p *place) target {
			return target{
				view: p.id("booking"), change: p.id("booking"), update: body{"state": "cancelled"},
				create: body{"meeting": p.id("planned"), "language": "new", "mode": "video", "state": "booked"},
			}
		}),
		"wishes": w.both(func(p *place) target {
			return target{
				view: p.id("wish"), change: p.id("wish"), update: body{"state": "used"},
				create: body{"group": p.id("group"), "text": "new", "day": "2026-11-21", "state": "open"},
			}
		}),
		"translation_reports": w.both(func(p *place) target {
			return target{
				view: p.id("report"), change: p.id("report"), update: body{"resolved": true},
				create: body{"segment": p.id("segment"), "locale": "ar", "day": "2026-11-21"},
			}
		}),
		"letter_opens": w.both(func(p *place) target {
			return target{
				view: p.id("opens"), change: p.id("opens"), update: body{"phones": 7},
				create: body{"letter": p.id("published"), "locale": "so", "phones": 1},
			}
		}),
		"operations": w.both(func(p *place) target {
			t := target{view: p.id("operation"), change: p.id("operation"), update: body{"verdict": "applied"}}
			if p.letter == 'A' { // a new entry belongs to no unit
				t.create = body{"mark": twin, "verdict": "applied"}
			}
			return t
		}),
		"calendars": w.both(func(p *place) target {
			t := target{view: p.id("calendar"), change: p.id("calendar"), update: body{"mark": twin}}
			if p.letter == 'A' { // A's own phone has none yet
				t.create = body{"device": p.id("own device"), "mark": twin}
			}
			return t
		}),
	}
}

// operationRows are what phones want done, about their own unit and another.
func (w *world) operationRows() (rows []row) {
	send := func(name, kind string, b body) row {
		return ask("POST", "operations", name, "operations", body{"operations": []body{{
			"op": "cccccccc-0000-4000-8000-00000000000c", "seq": 9, "kind": kind, "v": 1, "body": b,
		}}})
	}
	for _, p := range w.inOrder() {
		name := string(p.letter)
		rows = append(rows,
			send("wish of "+name, "wish", body{"group": p.id("group"), "text": "new"}),
			send("report of a sentence of "+name, "report", body{"segment": p.id("segment of translation"), "locale": "ar"}),
			send("report of a draft of "+name, "report", body{"segment": p.id("untranslated"), "locale": "ar"}).
				refused("phones don't have it"),
			send("answer to "+name, "rsvp", body{"meeting": p.id("coming"), "status": "accepted", "count": 1}),
			send("answer to what nobody in "+name+" is invited to", "rsvp", body{"meeting": p.id("next"), "status": "declined"}).
				refused("parents are not invited"),
			send("leave "+name, "leave", body{"group": p.id("group")}),
			send("opened a letter of "+name, "opened", body{"letter": p.id("published"), "locale": "ar"}))
	}
	for i := range rows {
		for _, of := range []string{"wish of B", "sentence of B", "answer to B"} {
			if strings.Contains(rows[i].name, of) {
				rows[i] = rows[i].refused("no phone here follows it")
			}
		}
	}
	return append(rows,
		send("settings", "settings", body{"locales": []string{"ar"}, "quietHours": nil, "showTitles": true}),
		send("erase", "erase", body{}),
		send("what the server does not know", "sing", body{}).refused("it can't be done yet"),
		ask("POST", "operations", "nothing of the kind", "operations", body{"operations": []any{1, nil, "x"}}).
			refused("none of it is an operation"),
		ask("POST", "operations", "no operations", "operations", body{}).refused("nothing is asked"))
}

func (w *world) wishRows() (rows []row) {
	for _, p := range w.inOrder() {
		name := string(p.letter)
		rows = append(rows,
			ask("GET", "staff/groups/{id}/wishes", name, "staff/groups/"+p.id("group")+"/wishes", nil),
			ask("POST", "staff/wishes/{id}", name, "staff/wishes/"+p.id("wish"), body{"state": "used"}))
	}
	return rows
}
