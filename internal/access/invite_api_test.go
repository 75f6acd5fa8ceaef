package access

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"folje/internal/apptest"
)

func apptestToken(w *world) string { return apptest.MustToken(w, w.admin) }

func TestInvitesRoleByRole(t *testing.T) {
	w := newWorld(t)
	id, _ := w.invite(w.blue)
	p := w.joined("")
	super := apptest.MustRecord(t, w.app, core.CollectionNameSuperusers,
		map[string]any{"email": "super@example.org", "password": apptest.Password})
	both := apptest.MustStaff(t, w.app, "both@example.org", []string{RoleTranslator, RoleEditor}, w.linden, w.granen)
	away := apptest.MustStaff(t, w.app, "away@example.org", []string{RoleEditor})
	callers := []struct {
		name          string
		authorization string
		status        int // 0: allowed
	}{
		{"guest", "", 401},
		{"phone", "Bearer " + p.secret, 401},
		{"superuser", apptest.MustToken(t, super), 401},
		{"editor without units", apptest.MustToken(t, away), 404},
		{"editor of another unit", apptest.MustToken(t, w.stranger), 404},
		{"translator of the unit", apptest.MustToken(t, w.translator), 403},
		{"coordinator of the unit", apptest.MustToken(t, w.coordinator), 403},
		{"editor of the unit", apptest.MustToken(t, w.editor), 0},
		{"editor of two units", apptest.MustToken(t, both), 0},
		{"administrator", apptest.MustToken(t, w.admin), 0},
	}
	routes := []struct {
		method, path string
		status       int
	}{
		{"GET", "staff/groups/" + w.blue.Id + "/invites", 200},
		{"GET", "staff/groups/" + w.blue.Id + "/poster", 200},
		{"POST", "staff/groups/" + w.blue.Id + "/invites", 200},
		{"POST", "staff/groups/" + w.blue.Id + "/invites/rotate", 200},
		{"DELETE", "staff/invites/" + id, 204},
		{"DELETE", "staff/groups/" + w.blue.Id + "/slips", 204},
	}
	for _, c := range callers {
		for _, route := range routes {
			want := c.status
			if want == 0 {
				want = route.status
			}
			before := w.count("invites")
			r := w.send(route.method, route.path, c.authorization, "", "")
			if r.status != want {
				t.Errorf("%s: %s %s: %d, want %d", c.name, route.method, route.path, r.status, want)
			}
			if c.status != 0 && (w.count("invites") != before || strings.Contains(r.raw, "join#") || strings.Contains(r.raw, "Blåsippan")) {
				t.Errorf("%s: %s %s changed or told something: %s", c.name, route.method, route.path, r.raw)
			}
		}
	}
}

func TestInviteIsShownWithItsCode(t *testing.T) {
	w := newWorld(t)
	path := "staff/groups/" + w.blue.Id + "/invites"
	r := w.staff(w.editor, http.MethodPost, path, `{"days":7}`)
	code, _ := r.body["code"].(string)
	if _, err := ParseCode(code); err != nil || r.body["url"] != "https://folje.example/join#"+code {
		t.Errorf("%d code of %d characters, url %v", r.status, len(code), r.body["url"])
	}
	if r.body["expires"] != "2026-11-27T12:00:00Z" || r.body["uses"] != nil {
		t.Errorf("expires %v, uses %v", r.body["expires"], r.body["uses"])
	}
	drawn, _ := r.body["qr"].(map[string]any)
	if drawn["size"] == nil || !strings.HasPrefix(fmt.Sprint(drawn["path"]), "M4 4h7") {
		t.Errorf("qr %v", drawn)
	}
	list := w.staff(w.editor, http.MethodGet, path, "")
	if !strings.Contains(list.raw, code) || list.body["devices"] != nil {
		t.Errorf("list: %d, devices %v, has the code: %v", list.status, list.body["devices"], strings.Contains(list.raw, code))
	}
}

func TestInviteLivesForTheDaysAsked(t *testing.T) {
	w := newWorld(t)
	path := "staff/groups/" + w.blue.Id + "/invites"
	for body, want := range map[string]int{
		``: 200, `{}`: 200, `{"days":1}`: 200, `{"days":400}`: 200,
		`{"days":0}`: 400, `{"days":401}`: 400, `{"days":-1}`: 400, `{"days":1.5}`: 400, `{"days":"7"}`: 400,
		`{"days":1e99}`: 400, `[]`: 400, `{`: 400,
	} {
		if r := w.staff(w.editor, http.MethodPost, path, body); r.status != want {
			t.Errorf("%s: %d, want %d", body, r.status, want)
		}
	}
	r := w.staff(w.editor, http.MethodPost, path, `{"days":0}`)
	if !strings.Contains(r.raw, "between 1 and 400 days") {
		t.Errorf("told %s", r.raw)
	}
	// A year and a month on, across both changes of clocks, it is still noon in Sweden (13:00).
	if r := w.staff(w.editor, http.MethodPost, path, `{}`); r.body["expires"] != "2027-05-19T11:00:00Z" {
		t.Errorf("180 days: %v", r.body["expires"])
	}
}

func TestOneMessageForEveryCodeThatDoesNotLetIn(t *testing.T) {
	w := newWorld(t)
	expired, rotated, revoked := w.code(w.blue), w.code(w.red), ""
	revokedID, revoked := w.invite(w.other)
	w.staff(w.admin, http.MethodDelete, "staff/invites/"+revokedID, "")
	w.staff(w.editor, http.MethodPost, "staff/groups/"+w.red.Id+"/invites/rotate", `{"drop":false}`)
	used := w.handover(w.joined(w.code(w.other)))
	w.joined(used)
	p := w.joined("")
	w.now = w.now.AddDate(0, 0, DefaultInviteDays)

	answers := map[string]bool{}
	for name, code := range map[string]string{
		"expired": expired, "rotated": rotated, "revoked": revoked, "used": used, "wrong": "00000-00000",
		"short": "ABC", "empty": "", "long": strings.Repeat("A", 3000), "NUL": "\x00", "emoji": "🐿️",
	} {
		r := w.join(p, code)
		w.expect(r, http.StatusNotFound, "error.code_invalid")
		answers[r.raw] = true
		if name == "empty" {
			continue // PUT takes no code for no wish to join
		}
		r = w.register(newPhone(), code)
		w.expect(r, http.StatusNotFound, "error.code_invalid")
		answers[r.raw] = true
	}
	if len(answers) != 1 {
		t.Errorf("answers that tell codes apart: %v", answers)
	}
}

func TestRotatingKeepsJoinedPhones(t *testing.T) {
	w := newWorld(t)
	first, second := w.code(w.blue), w.code(w.blue)
	elsewhere := w.code(w.red)
	p := w.joined(first)
	r := w.staff(w.editor, http.MethodPost, "staff/groups/"+w.blue.Id+"/invites/rotate", `{"drop":false}`)
	fresh := r.body["code"].(string)
	for _, old := range []string{first, second} {
		w.expect(w.register(newPhone(), old), http.StatusNotFound, "error.code_invalid")
	}
	w.expectGroups(w.register(newPhone(), fresh), "Blåsippan")
	w.expectGroups(w.register(newPhone(), elsewhere), "Rödhaken")
	w.expectGroups(w.phone(p, http.MethodGet, "devices/me/groups", ""), "Blåsippan")
}

func TestRotatingWithDropLetsEverybodyJoinAnew(t *testing.T) {
	w := newWorld(t)
	old := w.code(w.blue)
	p, q := w.joined(old, w.code(w.red)), w.joined(old)
	waiting := w.handover(p)
	r := w.staff(w.editor, http.MethodPost, "staff/groups/"+w.blue.Id+"/invites/rotate", `{"drop":true}`)
	w.expectGroups(w.phone(p, http.MethodGet, "devices/me/groups", ""), "Rödhaken")
	if d, _ := w.index.Find(q.secret); d.In(w.blue.Id, w.now) {
		t.Error("the index still lets a dropped phone in")
	}
	w.expect(w.register(p, old), http.StatusNotFound, "error.code_invalid")
	w.expectGroups(w.register(newPhone(), waiting), "Rödhaken") // not Blåsippan
	w.expectGroups(w.register(p, r.body["code"].(string)), "Blåsippan Rödhaken")
}

func TestSeveralInvitesLiveAtOnceUpToALimit(t *testing.T) {
	w := newWorld(t)
	codes := map[string]bool{}
	for range maxLiveInvites {
		codes[w.code(w.blue)] = true
	}
	if len(codes) != maxLiveInvites {
		t.Errorf("%d codes", len(codes))
	}
	r := w.staff(w.editor, http.MethodPost, "staff/groups/"+w.blue.Id+"/invites", "")
	w.expect(r, http.StatusConflict, "error.too_many_invites")
	w.now = w.now.AddDate(1, 0, 0)
	w.code(w.blue)
}

func TestStaffNeverSeeSmallCounts(t *testing.T) {
	w := newWorld(t)
	code := w.code(w.blue)
	for phones := 1; phones <= 6; phones++ {
		w.joined(code)
		r := w.staff(w.editor, http.MethodGet, "staff/groups/"+w.blue.Id+"/invites", "")
		uses := r.body["invites"].([]any)[0].(map[string]any)["uses"]
		if small := phones < 5; small != (r.body["devices"] == nil) || small != (uses == nil) {
			t.Errorf("%d phones: devices %v, uses %v", phones, r.body["devices"], uses)
		}
		if phones == 6 && (r.body["devices"] != 5.0 || uses != 5.0) {
			t.Errorf("the sixth phone can be counted: devices %v, uses %v", r.body["devices"], uses)
		}
	}
}

func TestDeletingAnInvite(t *testing.T) {
	w := newWorld(t)
	id, code := w.invite(w.blue)
	p := w.joined(code)
	for range 2 {
		if r := w.staff(w.editor, http.MethodDelete, "staff/invites/"+id, ""); r.status != http.StatusNoContent || r.raw != "" {
			t.Errorf("%d %s", r.status, r.raw)
		}
	}
	w.expectGroups(w.phone(p, http.MethodGet, "devices/me/groups", ""), "Blåsippan")
	w.handover(p)
	handover, err := w.app.FindFirstRecordByData("invites", "kind", kindHandover)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{handover.Id, "nothing", "%00", "a'%20OR%201=1"} {
		w.expect(w.staff(w.admin, http.MethodDelete, "staff/invites/"+id, ""), http.StatusNotFound, "error.not_found")
	}
}

func TestStaffActionsOnInvitesAreNoted(t *testing.T) {
	w := newWorld(t)
	id, _ := w.invite(w.blue)
	w.staff(w.editor, http.MethodDelete, "staff/invites/"+id, "")
	w.staff(w.editor, http.MethodPost, "staff/groups/"+w.blue.Id+"/invites/rotate", `{"drop":true}`)
	w.staff(w.stranger, http.MethodPost, "staff/groups/"+w.blue.Id+"/invites/rotate", `{"drop":true}`)
	var rows []*core.Record
	if err := w.app.RecordQuery("audit_log").OrderBy("rowid").All(&rows); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rows {
		got = append(got, r.GetString("actor")+" "+r.GetString("action")+" "+r.GetString("subject"))
	}
	want := []string{
		w.admin.Id + " make invite " + id,
		w.editor.Id + " revoke invite " + id,
		w.editor.Id + " rotate invites and drop devices " + w.blue.Id,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestPosterSpeaksEveryLanguage(t *testing.T) {
	w := newWorld(t)
	path := "staff/groups/" + w.blue.Id + "/poster"
	w.expect(w.staff(w.editor, http.MethodGet, path, ""), http.StatusNotFound, "error.no_invite")
	older, _ := w.invite(w.blue)
	w.now = w.now.Add(time.Second)
	code := w.code(w.blue)
	setMunicipality(t, w.app, `{"name":"Mårbacka kommun","address":"folje.se"}`)
	r := w.staff(w.editor, http.MethodGet, path, "")
	for field, want := range map[string]any{
		"municipality": "Mårbacka kommun", "address": "folje.se", "unit": "Granen", "group": "Blåsippan",
		"code": code, "url": "https://folje.example/join#" + code,
	} {
		if r.body[field] != want {
			t.Errorf("%s: %v, want %v", field, r.body[field], want)
		}
	}
	lines, _ := r.body["lines"].([]any)
	if len(lines) != len(apptest.Locales(t).Locales()) {
		t.Fatalf("%d lines", len(lines))
	}
	for _, l := range lines {
		line := l.(map[string]any)
		if !strings.Contains(line["text"].(string), "Blåsippan") || !strings.Contains(line["typed"].(string), "folje.se") {
			t.Errorf("%v", line)
		}
		if line["locale"] == "ar" && line["dir"] != "rtl" {
			t.Errorf("%v", line)
		}
	}
	chosen := w.staff(w.editor, http.MethodGet, path+"?invite="+older, "")
	if chosen.status != http.StatusOK || chosen.body["code"] == code {
		t.Errorf("chosen: %d", chosen.status)
	}
	w.expect(w.staff(w.editor, http.MethodGet, path+"?invite=x", ""), http.StatusNotFound, "error.no_invite")
	setMunicipality(t, w.app, `{"name":"","address":""}`)
	if r := w.staff(w.editor, http.MethodGet, path, ""); r.body["address"] != "folje.example" {
		t.Errorf("address %v", r.body["address"])
	}
}

func setMunicipality(t *testing.T, app core.App, value string) {
	t.Helper()
	r, err := app.FindFirstRecordByData("settings", "name", "municipality")
	if err != nil {
		t.Fatal(err)
	}
	r.Set("value", value)
	if err := app.Save(r); err != nil {
		t.Fatal(err)
	}
}
