package rules_test

import (
	"encoding/base64"
	"slices"
	"strings"
)

// own is where the app's routes live.
const own = "/api/folje/v1/"

// ownRows are the requests to the app's own routes. Who adds a route adds rows
// here: one for each unit, and one for each way in which it can tell too much.
func (w *world) ownRows() (rows []row) {
	for _, part := range []struct {
		section string
		rows    []row
	}{
		{"phones", slices.Concat(w.deviceRows(), w.membershipRows(), w.ticketRows())},
		{"where phones are reached", w.subscriptionRows()},
		{"invites", w.inviteRows()},
		{"setting units up", w.importRows()},
		{"the municipality's logo", w.logoRows()},
		{"colleagues", w.colleagueRows()},
		{"shared tablets", w.tabletRows()},
		{"letters", w.letterRows()},
		{"translating", append(w.placeRows(), slices.Concat(w.wordRows(), w.phraseRows(), w.suggestionRows())...)},
		{"questions of the day", w.questionRows()},
		{"the guide", w.guideRows()},
		{"themes, plans and open activities", w.themeRows()},
		{"the app's own messages", w.messageRows()},
		{"the translators' desk", append(w.deskRows(), w.engineRows()...)},
		{"reading aloud", w.recordingRows()},
		{"pictures and files of letters", w.attachmentRows()},
		{"feeds", w.feedRows()},
		{"what phones send", w.operationRows()},
		{"confidential requests", w.confidentialRows()},
		{"wishes", w.wishRows()},
		{"meetings", w.meetingRows()},
		{"calendars", w.calendarRows()},
	} {
		for _, r := range part.rows {
			r.section = part.section
			r.name = strings.TrimSuffix(strings.Replace(r.route, own, "", 1)+": "+r.name, ": ")
			rows = append(rows, r)
		}
	}
	return rows
}

// ask is a row of an own route: the pattern, what the row is about, and the
// path with its body.
func ask(method, pattern, name, path string, b any) row {
	return row{
		name: name, route: method + " " + own + pattern,
		request: request{method: method, path: own + path, body: b},
	}
}

// refused is a row that nobody may get through.
func (r row) refused(why string) row { r.nobody = why; return r }

// few says that who gets through gets the best few of what is there.
func (r row) few() row { r.some = true; return r }

// entitled is a row whose own contents give a right to what they open.
func (r row) entitled(opens string) row { r.opens = opens; return r }

// secretOf is what the device of the name has as its secret.
func (w *world) secretOf(role string) string { return strings.TrimPrefix(w.tokens[role], "Bearer ") }

// newPhone is the body of a phone that is not known yet.
func newPhone(code string) body {
	secret := base64.RawURLEncoding.EncodeToString([]byte(strings.Repeat("n", 32)))
	b := body{"secret": secret, "locale": "sv"}
	if code != "" {
		b["code"] = code
	}
	return b
}

func (w *world) deviceRows() []row {
	const pattern, fresh = "devices/{id}", "devices/dddddddd-0000-4000-8000-000000000000"
	a := w.units['A']
	put := func(name, path string, b body) row { return ask("PUT", pattern, name, path, b) }
	return []row{
		put("a new phone", fresh, newPhone("")),
		put("a new phone with A's code", fresh, newPhone(a.codes["invite"])).entitled("A:ug"),
		put("a new phone with a handover of A", fresh, newPhone(a.codes["handover"])).entitled("A:ug"),
		put("a new phone with a wrong code", fresh, newPhone("00000-00000")).refused("the code is wrong"),
		put("A's phone again, with its secret", "devices/"+a.id("own device"),
			body{"secret": w.secretOf(phone), "locale": "sv"}).entitled("A:ugd"),
		put("A's phone with another secret", "devices/"+a.id("device"), newPhone("")).refused("the id is another phone's"),
		put("the shut out phone again", "devices/"+a.id("shut out"),
			body{"secret": w.secretOf(revoked), "locale": "sv"}).refused("it was shut out"),
	}
}

func (w *world) membershipRows() []row {
	const mine = "devices/me/groups"
	a, b := w.units['A'], w.units['B']
	return []row{
		ask("GET", mine, "", mine, nil),
		ask("POST", mine, "with B's code", mine, body{"code": b.codes["invite"]}).entitled("B:ug"),
		ask("POST", mine, "with a handover of B", mine, body{"code": b.codes["handover"]}).entitled("B:ug"),
		ask("POST", mine, "with a wrong code", mine, body{"code": "00000-00000"}).refused("the code is wrong"),
		ask("DELETE", mine+"/{id}", "A", mine+"/"+a.id("group"), nil),
		ask("DELETE", mine+"/{id}", "B", mine+"/"+b.id("group"), nil),
		ask("POST", mine+"/{id}/year", "A, staying", mine+"/"+a.id("group")+"/year", body{"to": a.id("group")}),
		ask("POST", mine+"/{id}/year", "A, going on", mine+"/"+a.id("group")+"/year", body{"to": a.id("other group")}),
		ask("POST", mine+"/{id}/year", "A, going where A doesn't", mine+"/"+a.id("group")+"/year", body{"to": b.id("group")}).refused("A doesn't go on there"),
		ask("POST", "devices/me/handover", "", "devices/me/handover", body{}),
	}
}

func (w *world) inviteRows() (rows []row) {
	for _, p := range w.inOrder() {
		name, group := string(p.letter), "staff/groups/"+p.id("group")
		rows = append(rows,
			ask("GET", "staff/groups/{id}/invites", name, group+"/invites", nil),
			ask("POST", "staff/groups/{id}/invites", name, group+"/invites", body{"days": 10}),
			ask("POST", "staff/groups/{id}/invites/rotate", name, group+"/invites/rotate", body{"drop": true}),
			ask("GET", "staff/groups/{id}/poster", name, group+"/poster", nil),
			ask("GET", "staff/groups/{id}/poster", name+", by an invite's id", group+"/poster?invite="+p.id("second invite"), nil),
			ask("POST", "staff/groups/{id}/slips", name, group+"/slips", body{"count": 2}),
			ask("POST", "staff/groups/{id}/slips", name+", none", group+"/slips", body{"count": 0}).refused("there are none"),
			ask("DELETE", "staff/groups/{id}/slips", name, group+"/slips", nil),
			ask("DELETE", "staff/invites/{id}", name, "staff/invites/"+p.id("invite"), nil),
			ask("DELETE", "staff/invites/{id}", name+"'s handover", "staff/invites/"+p.id("handover"), nil).
				refused("a handover is a parent's"),
		)
	}
	return rows
}

func (w *world) letterRows() []row {
	rows := []row{ask("GET", "staff/queue", "", "staff/queue", nil)}
	for _, p := range w.inOrder() {
		name, published, draft := string(p.letter), "staff/letters/"+p.id("published"), "staff/letters/"+p.id("draft")
		const at = "staff/letters/{id}"
		waiting := "staff/letters/" + p.id("waiting")
		rows = append(rows,
			ask("POST", at+"/publish", name, draft+"/publish", body{"base": p.bases["draft"]}),
			ask("POST", at+"/publish", name+", a correction", published+"/publish", body{"base": p.bases["published"]}),
			ask("POST", at+"/publish", name+", from an old base", draft+"/publish", body{"base": 0}).refused("it is a conflict"),
			ask("POST", at+"/publish", name+", held", draft+"/publish", body{"base": p.bases["draft"], "hold": noon.AddDate(0, 0, 14)}),
			ask("POST", at+"/publish", name+", held too long", draft+"/publish", body{"base": p.bases["draft"], "hold": noon.AddDate(0, 0, 15)}).
				refused("phones ring within a fortnight"),
			ask("POST", at+"/withdraw", name, published+"/withdraw", body{}),
			ask("POST", at+"/undo", name, waiting+"/undo", body{"number": 1}),
			ask("POST", at+"/undo", name+", which is out", published+"/undo", body{}).refused("parents have it"),
			ask("GET", at+"/ringing", name, published+"/ringing", nil),
			ask("GET", at+"/reach", name, published+"/reach", nil),
			ask("GET", at+"/reach", name+", never published", draft+"/reach", nil),
			ask("POST", at+"/ring", name+", waiting", waiting+"/ring", nil),
			ask("POST", at+"/publish", name+", held for a language", draft+"/publish",
				body{"base": p.bases["draft"], "hold": noon.AddDate(0, 0, 14), "awaits": []string{"ar"}}),
			ask("GET", at+"/ringing", name+", waiting", waiting+"/ringing", nil),
			ask("GET", at+"/readiness", name, published+"/readiness", nil),
		)
	}
	return rows
}

func (w *world) placeRows() (rows []row) {
	for _, p := range w.inOrder() {
		name, published, planned := string(p.letter), "staff/letters/"+p.id("published"), "staff/letters/"+p.id("draft")
		const at = "staff/letters/{id}/places/{locale}"
		segment := "/places/ar/" + p.id("segment of translation")
		rows = append(rows,
			ask("GET", at, name+", the draft", published+"/places/ar?of=draft", nil),
			ask("GET", at, name+", published", published+"/places/ar?of=published", nil),
			ask("GET", at, name+", never published", planned+"/places/ar", nil),
			ask("GET", at, name+", withdrawn", "staff/letters/"+p.id("withdrawn")+"/places/ar", nil),
			ask("GET", at, name+", the source", published+"/places/sv", nil),
			ask("PUT", at+"/{segment}", name+", from an old base", published+segment, body{"text": "new", "base": ""}).refused("it is a conflict"),
			ask("PUT", at+"/{segment}", name, planned+"/places/en/"+p.id("segment of planned translation"), body{"text": "new", "base": ""}),
			ask("PUT", at+"/{segment}", name+", into Arabic", p.retranslated(), body{"text": "new", "base": ""}),
			ask("PUT", at+"/{segment}", name+", into plain Swedish", planned+"/places/sv-simple/"+p.id("segment of planned translation"),
				body{"text": "new", "base": ""}),
			ask("PUT", at+"/{segment}", name+", into the source", published+"/places/sv/"+p.id("segment of translation"),
				body{"text": "new", "base": ""}).refused("the source is written in the letter"),
			ask("PUT", at+"/{segment}", name+", another's segment", published+"/places/ar/"+p.id("segment"),
				body{"text": "new", "base": ""}).refused("the segment is not the letter's"),
			ask("POST", at+"/{segment}/confirm", name, published+segment+"/confirm", body{}),
		)
	}
	return rows
}

// retranslated is a place of the unit's draft that has no Arabic yet.
func (p *place) retranslated() string {
	return "staff/letters/" + p.id("draft") + "/places/ar/" + p.id("untranslated")
}

func (w *world) feedRows() []row {
	a, b := w.units['A'], w.units['B']
	const records, texts = "feeds/{scope}", "feeds/{scope}/texts/{locale}"
	rows := []row{ask("GET", "hello", "", "hello", nil)}
	for _, scope := range []struct{ name, id string }{
		{"public", "public"}, {"A", a.id("group")}, {"A's other group", a.id("other group")}, {"B", b.id("group")},
	} {
		rows = append(rows,
			ask("GET", records, scope.name, "feeds/"+scope.id, nil),
			ask("GET", texts, scope.name, "feeds/"+scope.id+"/texts/ar", nil))
		if scope.name == "A's other group" || scope.name == "B" {
			for i := len(rows) - 2; i < len(rows); i++ {
				rows[i] = rows[i].refused("no phone here follows it")
			}
		}
	}
	return append(rows,
		ask("GET", records, "a unit is no scope", "feeds/"+a.id("unit"), nil).refused("phones follow groups"),
		ask("GET", texts, "a locale there is not", "feeds/"+a.id("group")+"/texts/xx", nil).refused("there is no such locale"))
}
