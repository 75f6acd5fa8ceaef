package tablet_test

import (
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"
)

func TestATeacherWritesForTheTabletsUnitOnly(t *testing.T) {
	w := newWorld(t)
	token := w.enter()
	letter := body{"title": "Brev", "question": "Hur kan vi hjälpas åt?", "unit": w.granen.Id, "groups": []string{w.oak.Id}, "blocks": []any{body{"id": "aaaaaaaaaaaaaaa", "kind": "paragraph", "text": "Hej alla."}}}
	made := w.must(200, token, "POST", records+"letters/records", letter)
	if made.Get("author") != w.teacher.Id {
		t.Errorf("the author is %v", made.Get("author"))
	}
	path := records + "letters/records/" + made.Get("id").(string)
	made = w.must(200, token, "PATCH", path, body{"title": "Ett brev", "base": made.Get("base")})
	w.must(200, token, "POST", v1+"staff/letters/"+made.Get("id").(string)+"/publish", body{"base": made.Get("base")})
	w.must(200, token, "POST", records+"meetings/records", body{"kind": "qpm", "unit": w.granen.Id, "groups": []string{w.oak.Id},
		"starts": "2026-12-01 16:30:00.000Z", "ends": "2026-12-01 18:00:00.000Z", "place": "Stora rummet"})

	letter["unit"], letter["groups"] = w.tallen.Id, []string{w.pine.Id}
	w.must(400, token, "POST", records+"letters/records", letter)
	elsewhere := w.must(200, apptest.MustToken(t, w.teacher), "POST", records+"letters/records", letter).Get("id").(string)
	w.must(404, token, "GET", records+"letters/records/"+elsewhere, nil)
	w.must(404, token, "PATCH", records+"letters/records/"+elsewhere, body{"title": "x"})
	for _, what := range []string{"/readiness", "/places/ar", "/reach", "/attachments"} {
		if a := apptest.Ask(t, w.handler, token, "GET", v1+"staff/letters/"+elsewhere+what, nil); a.Status != 404 && a.Status != 403 {
			t.Errorf("another unit's %s: %d", what, a.Status)
		}
	}
	for _, name := range []string{"letters", "units", "groups"} {
		a := w.must(200, token, "GET", records+name+"/records?perPage=200", nil)
		if a.Get("totalItems") != 1.0 || strings.Contains(string(a.Body), "Tallen") || strings.Contains(string(a.Body), "Furan") {
			t.Errorf("%s: %s", name, a.Body)
		}
	}
	// The other unit of hers isn't found by asking what it would match either.
	a := w.must(200, token, "GET", records+`letters/records?filter=`+`unit.name%3D"Tallen"||title!=""`, nil)
	if a.Get("totalItems") != 1.0 {
		t.Errorf("a filter finds %v letters", a.Get("totalItems"))
	}
}

func TestASessionDoesNotWiden(t *testing.T) {
	w := newWorld(t)
	token := w.enter()
	own := records + "staff/"
	for _, ask := range [][2]string{
		{"POST", own + "auth-refresh"}, {"GET", own + "records"}, {"GET", own + "records/" + w.teacher.Id},
		{"POST", own + "impersonate/" + w.teacher.Id}, {"POST", "/api/files/token"}, {"POST", "/api/realtime"}, {"POST", "/api/batch"},
		{"GET", v1 + "staff/colleagues"}, {"GET", v1 + "staff/tablets"}, {"PUT", v1 + "staff/me/pin"}, {"POST", v1 + "staff/me/sign-out"},
		{"GET", v1 + "staff/channels"}, {"GET", v1 + "staff/queue"}, {"GET", v1 + "staff/groups/" + w.oak.Id + "/invites"},
		{"POST", v1 + "operations"}, {"GET", records + "settings/records"}, {"PATCH", records + "units/records/" + w.granen.Id},
	} {
		a := apptest.Ask(t, w.handler, token, ask[0], ask[1], nil)
		if a.Status != 403 && a.Status != 404 && a.Status != 405 || strings.Contains(string(a.Body), "token\"") {
			t.Errorf("%s %s: %d %s", ask[0], ask[1], a.Status, a.Body)
		}
	}
	w.coded(403, "error.tablet_only", "Bearer "+token, "GET", v1+"staff/colleagues", nil)
	w.coded(401, "error.tablet_session", token+"x", "GET", records+"letters/records", nil)
	w.must(401, w.secret, "POST", v1+"tablet/leave", nil) // the tablet's secret is no session
}

func TestASessionEnds(t *testing.T) {
	w := newWorld(t)
	const letters = records + "letters/records"
	over := func(token string) {
		t.Helper()
		w.coded(401, "error.tablet_session", token, "GET", letters, nil)
	}
	token := w.enter()
	for range 6 {
		w.pass(9*time.Minute + 50*time.Second)
		w.must(200, token, "GET", letters, nil)
	}
	w.pass(time.Minute) // an hour
	over(token)

	token = w.enter()
	w.pass(10 * time.Minute)
	over(token)

	token = w.enter()
	other := w.enter() // on one tablet at a time
	over(token)
	w.must(204, other, "POST", v1+"tablet/leave", nil)
	over(other)

	token = w.enter()
	w.must(204, apptest.MustToken(t, w.teacher), "POST", v1+"staff/me/sign-out", nil)
	over(token)
}

func TestWhoLosesTheUnitIsOut(t *testing.T) {
	w := newWorld(t)
	token := w.enter()
	teacher, err := w.app.FindRecordById("staff", w.teacher.Id)
	if err != nil {
		t.Fatal(err)
	}
	teacher.Set("units", []string{w.tallen.Id})
	if err := w.app.Save(teacher); err != nil {
		t.Fatal(err)
	}
	w.coded(401, "error.tablet_session", token, "GET", records+"letters/records", nil)
	w.coded(403, "error.pin_wrong", "Bearer "+w.secret, "POST", v1+"tablet/enter", body{"person": w.teacher.Id, "pin": pin})
	if a := w.must(200, "Bearer "+w.secret, "GET", v1+"tablet", nil); strings.Contains(string(a.Body), w.teacher.Id) {
		t.Errorf("her name is still there: %s", a.Body)
	}
}

func TestARevokedTabletLetsNobodyIn(t *testing.T) {
	w := newWorld(t)
	token := w.enter()
	w.must(204, apptest.MustToken(t, w.admin), "DELETE", v1+"staff/tablets/"+w.tablet, nil)
	w.coded(401, "error.tablet_session", token, "GET", records+"letters/records", nil)
	w.coded(401, "error.tablet_revoked", "Bearer "+w.secret, "GET", v1+"tablet", nil)
	w.coded(401, "error.tablet_revoked", "Bearer "+w.secret, "POST", v1+"tablet/enter", body{"person": w.teacher.Id, "pin": pin})
	if w.noted("add tablet") != 1 || w.noted("enrol tablet") != 1 || w.noted("revoke tablet") != 1 {
		t.Error("not all of it is in the audit log")
	}
}
