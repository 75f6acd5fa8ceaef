package colleague_test

import (
	"strings"
	"testing"
	"time"

	"folje/internal/colleague"

	"github.com/pocketbase/pocketbase/core"
)

// A colleague is invited by mail, chooses a password, and works with what she
// was given.
func TestACollegueIsInvited(t *testing.T) {
	w := newWorld(t)
	round, sent := w.mail()
	a := w.must(200, w.admin, "POST", "staff/colleagues", w.amina())
	if a.Get("again") != false || a.Get("invite", "state") != "waiting" || a.Get("invite", "name") != "Amina Warsame" || a.Get("link") != nil {
		t.Fatalf("%s", a.Body)
	}
	if _, ok := w.signsIn("amina@example.org", fresh); ok {
		t.Fatal("there is an account before she answers")
	}
	round()
	round()
	texts := sent("amina@example.org")
	if len(texts) != 1 || !strings.Contains(texts[0], "Amina Warsame") {
		t.Fatalf("%q", texts)
	}
	r, err := w.app.FindFirstRecordByData("staff_invites", "email", "amina@example.org")
	if err != nil || r.GetString("sealed") != "" || r.GetString("sent") == "" {
		t.Fatalf("%v: %q %q", err, r.GetString("sealed"), r.GetString("sent"))
	}
	secret := w.secretIn(texts[0])
	seen := w.must(200, nil, "POST", "welcome/look", body{"secret": secret})
	if seen.Get("email") != "amina@example.org" || !strings.Contains(string(seen.Body), `"units":["Granen"]`) {
		t.Fatalf("%s", seen.Body)
	}
	for password, code := range map[string]string{
		"kort": "error.password_short", "xxxxxxxxxxxxxxxx": "error.password_easy", "jag heter amina": "error.password_easy",
		strings.Repeat("lång ", 20): "error.password_long",
	} {
		wrong := w.must(400, nil, "POST", "welcome/accept", body{"secret": secret, "password": password})
		if wrong.Get("fields", "password", "code") != code {
			t.Errorf("%q: %s", password, wrong.Body)
		}
	}
	w.must(200, nil, "POST", "welcome/accept", body{"secret": secret, "password": fresh})
	if _, ok := w.signsIn("amina@example.org", fresh); !ok {
		t.Fatal("she can't sign in")
	}
	account, err := w.app.FindAuthRecordByEmail("staff", "amina@example.org")
	if err != nil || !account.Verified() || account.GetStringSlice("units")[0] != w.granen.Id || len(account.GetStringSlice("roles")) != 1 {
		t.Errorf("%v %v", err, account)
	}
	w.must(410, nil, "POST", "welcome/accept", body{"secret": secret, "password": fresh})
}

// Whoever has no right link learns nothing, and always the same.
func TestAWrongLinkTellsNothing(t *testing.T) {
	w := newWorld(t)
	round, sent := w.mail()
	w.must(200, w.admin, "POST", "staff/colleagues", w.amina())
	round()
	first := w.secretIn(sent("amina@example.org")[0])
	again := w.must(200, w.admin, "POST", "staff/colleagues", body{
		"name": "Amina", "email": "AMINA@example.org", "roles": []string{"translator"}, "units": []string{w.tallen.Id}, "locales": []string{"so"}})
	if again.Get("again") != true {
		t.Errorf("%s", again.Body)
	}
	round()
	second := w.secretIn(sent("AMINA@example.org")[0])
	wrong := []string{"", "x", first, strings.Repeat("A", 43)}
	answer := ""
	for _, path := range []string{"welcome/look", "welcome/accept"} {
		for _, secret := range wrong {
			a := w.must(410, nil, "POST", path, body{"secret": secret, "password": fresh})
			if answer == "" {
				answer = string(a.Body)
			}
			if string(a.Body) != answer {
				t.Errorf("%s %q: %s, not %s", path, secret, a.Body, answer)
			}
		}
	}
	w.pass(14 * 24 * time.Hour)
	w.must(410, nil, "POST", "welcome/look", body{"secret": second})
	if l := w.must(200, w.admin, "GET", "staff/colleagues", nil); !strings.Contains(string(l.Body), `"state":"over"`) || strings.Contains(string(l.Body), second) {
		t.Errorf("%s", l.Body)
	}
	w.pass(31 * 24 * time.Hour)
	if err := colleague.Sweep(w.app, w.clock()); err != nil {
		t.Fatal(err)
	}
	if n, _ := w.app.CountRecords("staff_invites"); n != 0 {
		t.Errorf("%d are left", n)
	}
}

func TestLinksAreTriedSoOftenOnly(t *testing.T) {
	w := newWorld(t)
	for range 300 {
		w.must(410, nil, "POST", "welcome/look", body{"secret": "x"})
	}
	w.must(429, nil, "POST", "welcome/accept", body{"secret": "x", "password": fresh})
	w.pass(time.Minute)
	w.must(410, nil, "POST", "welcome/look", body{"secret": "x"})
}

// Each fault is told at its field, and only an administrator invites.
func TestWhatAnInviteNeeds(t *testing.T) {
	w := newWorld(t)
	for field, in := range map[string]body{
		"name": {"name": " "}, "email": {"email": "Amina <amina@example.org>"}, "roles": {"roles": []string{}},
		"units": {"units": []string{}}, "locales": {"roles": []string{"translator"}},
	} {
		all := w.amina()
		for k, v := range in {
			all[k] = v
		}
		a := w.must(400, w.admin, "POST", "staff/colleagues", all)
		if a.Get("fields", field, "code") == nil {
			t.Errorf("%s: %s", field, a.Body)
		}
	}
	for _, in := range []body{{"roles": []string{"superuser"}}, {"units": []string{"abcdefghijklmno"}}, {"email": "EDITOR@example.org"}} {
		all := w.amina()
		for k, v := range in {
			all[k] = v
		}
		w.must(400, w.admin, "POST", "staff/colleagues", all)
	}
	w.must(403, w.editor, "POST", "staff/colleagues", w.amina())
	w.must(403, w.editor, "GET", "staff/colleagues", nil)
	w.must(401, nil, "POST", "staff/colleagues", w.amina())
	if n, _ := w.app.CountRecords("staff_invites"); n != 0 {
		t.Errorf("%d invites", n)
	}
}

// Invited twice, the second invitation stands in place of the first, and it is
// told so; who has an account is told at her address. Neither loses anything.
func TestAColleagueInvitedTwice(t *testing.T) {
	w := newWorld(t)
	w.must(200, w.admin, "POST", "staff/colleagues", w.amina())
	again := w.amina()
	again["email"], again["units"] = "AMINA@example.org", []string{w.tallen.Id}
	if a := w.must(200, w.admin, "POST", "staff/colleagues", again); a.Get("again") != true {
		t.Errorf("%s", a.Body)
	}
	if n, err := w.app.CountRecords("staff_invites"); n != 1 || err != nil {
		t.Errorf("%d invitations, %v", n, err)
	}
	again["email"] = "EDITOR@example.org"
	a := w.must(400, w.admin, "POST", "staff/colleagues", again)
	if a.Get("fields", "email", "code") != "error.colleague_known" || a.Get("fields", "email", "message") == "" {
		t.Errorf("%s", a.Body)
	}
	editor, err := w.app.FindRecordById("staff", w.editor.Id)
	if err != nil || len(editor.GetStringSlice("units")) != 1 || editor.GetStringSlice("roles")[0] != "editor" {
		t.Errorf("her account became %v, %v", editor, err)
	}
}

// Without e-mail the administrator hands the link over, and can take it back.
func TestALinkIsHandedOverWhereThereIsNoMail(t *testing.T) {
	w := newWorld(t)
	a := w.must(200, w.admin, "POST", "staff/colleagues", w.amina())
	secret := w.secretIn(a.Get("link").(string))
	w.must(200, nil, "POST", "welcome/look", body{"secret": secret})
	path := "staff/colleagues/invites/" + a.Get("invite", "id").(string)
	w.must(403, w.editor, "DELETE", path, nil)
	w.must(204, w.admin, "DELETE", path, nil)
	w.must(204, w.admin, "DELETE", path, nil)
	w.must(410, nil, "POST", "welcome/accept", body{"secret": secret, "password": fresh})
}

// The import's way: who is known keeps what she is and gets the unit.
func TestInviteInATransaction(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		email, unit string
		fresh       bool
	}{
		{"amina@example.org", w.granen.Id, true}, {"Amina@example.org", w.tallen.Id, false}, {"editor@example.org", w.tallen.Id, false},
	} {
		err := w.app.RunInTransaction(func(tx core.App) error {
			fresh, err := w.feature.Invite(tx, w.admin, "Amina", c.email, []string{"editor"}, nil, c.unit)
			if err == nil && fresh != c.fresh {
				t.Errorf("%s: new is %t", c.email, fresh)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	r, err := w.app.FindFirstRecordByData("staff_invites", "email", "amina@example.org")
	if err != nil || len(r.GetStringSlice("units")) != 2 {
		t.Errorf("%v", err)
	}
	editor, err := w.app.FindRecordById("staff", w.editor.Id)
	if err != nil || len(editor.GetStringSlice("units")) != 2 {
		t.Errorf("%v", err)
	}
}
