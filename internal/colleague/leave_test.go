package colleague_test

import (
	"strings"
	"testing"

	"folje/internal/apptest"

	"github.com/pocketbase/dbx"
)

// What a colleague may do changes with her next request, and only an
// administrator changes it.
func TestAColleagueIsChanged(t *testing.T) {
	w := newWorld(t)
	path := "staff/colleagues/" + w.editor.Id
	in := body{"name": "Elsa", "email": "not@changed.example", "roles": []string{"coordinator", "editor"}, "units": []string{w.tallen.Id}}
	w.must(403, w.editor, "PUT", path, in)
	a := w.must(200, w.admin, "PUT", path, in)
	if a.Get("name") != "Elsa" || a.Get("email") != "editor@example.org" || !strings.Contains(string(a.Body), `"roles":["coordinator","editor"]`) {
		t.Errorf("%s", a.Body)
	}
	w.must(400, w.admin, "PUT", path, body{"name": "Elsa", "roles": []string{}})
	w.must(404, w.admin, "PUT", "staff/colleagues/abcdefghijklmno", in)
}

// Somebody stays who can let people in.
func TestTheLastAdministratorStays(t *testing.T) {
	w := newWorld(t)
	path := "staff/colleagues/" + w.admin.Id
	in := body{"name": "A", "roles": []string{"coordinator"}}
	for _, a := range []apptest.Answer{w.must(409, w.admin, "PUT", path, in), w.must(409, w.admin, "POST", path+"/leave", nil)} {
		if a.Get("code") != "error.last_admin" {
			t.Errorf("%s", a.Body)
		}
	}
	if err := w.app.Delete(w.admin); err == nil {
		t.Error("the account is gone")
	}
	apptest.MustStaff(t, w.app, "other@example.org", []string{"admin"})
	w.must(200, w.admin, "PUT", path, in)
}

// Who leaves is out at once, everywhere; what she wrote stays, under her name.
func TestAColleagueLeaves(t *testing.T) {
	w := newWorld(t)
	token, _ := w.signsIn("editor@example.org", apptest.Password)
	group := apptest.MustGroup(t, w.app, w.granen, "Blåsippan")
	letter := apptest.MustRecord(t, w.app, "letters", map[string]any{
		"unit": w.granen.Id, "groups": []string{group.Id}, "title": "Utkast", "author": w.editor.Id})
	path := "staff/colleagues/" + w.editor.Id
	w.must(403, w.editor, "POST", path+"/leave", nil)
	w.must(204, w.admin, "POST", path+"/leave", nil)
	w.must(204, w.admin, "POST", path+"/leave", nil)

	if a := apptest.Ask(t, w.handler, token, "POST", "/api/collections/staff/auth-refresh", nil); a.Status != 401 && a.Status != 404 {
		t.Errorf("her session goes on: %d", a.Status)
	}
	if a := apptest.Ask(t, w.handler, token, "GET", "/api/collections/letters/records/"+letter.Id, nil); a.Status == 200 {
		t.Error("she reads drafts")
	}
	if _, ok := w.signsIn("editor@example.org", apptest.Password); ok {
		t.Error("she signs in")
	}
	left, err := w.app.FindRecordById("staff", w.editor.Id)
	if err != nil || left.GetString("name") == "" || strings.Contains(left.Email(), "example.org") || len(left.GetStringSlice("roles")) != 0 {
		t.Errorf("%v %v", err, left)
	}
	if _, err := w.app.FindRecordById("letters", letter.Id); err != nil {
		t.Errorf("her draft: %v", err)
	}
	if a := w.must(200, w.admin, "GET", "staff/colleagues", nil); strings.Contains(string(a.Body), w.editor.Id) {
		t.Errorf("%s", a.Body)
	}
	w.must(404, w.admin, "PUT", path, body{"name": "E", "roles": []string{"admin"}})
	again := body{"name": "Elsa", "email": "editor@example.org", "roles": []string{"editor"}, "units": []string{w.granen.Id}}
	w.must(200, w.admin, "POST", "staff/colleagues", again)
}

// Nobody gets round the routes by the record API, also no administrator.
func TestTheRecordAPIChangesNoAccount(t *testing.T) {
	w := newWorld(t)
	token := apptest.MustToken(t, w.admin)
	records := "/api/collections/staff/records"
	for _, c := range []struct{ method, path string }{
		{"POST", records}, {"PATCH", records + "/" + w.editor.Id}, {"DELETE", records + "/" + w.editor.Id},
		{"PATCH", records + "/" + w.admin.Id},
	} {
		a := apptest.Ask(t, w.handler, token, c.method, c.path, body{
			"name": "x", "email": "x@example.org", "password": fresh, "passwordConfirm": fresh, "roles": []string{"admin"}})
		if a.Status != 403 {
			t.Errorf("%s %s: %d %s", c.method, c.path, a.Status, a.Body)
		}
	}
}

// Who is no administrator any more can't come back by a link that she made:
// neither an invitation of hers nor somebody's new password.
func TestTheLinksOfAFormerAdministratorEnd(t *testing.T) {
	for name, end := range map[string]func(w *world, id string){
		"another role": func(w *world, id string) {
			w.must(200, w.admin, "PUT", "staff/colleagues/"+id, body{"name": "F", "roles": []string{"coordinator"}})
		},
		"she leaves": func(w *world, id string) { w.must(204, w.admin, "POST", "staff/colleagues/"+id+"/leave", nil) },
	} {
		w := newWorld(t)
		former := apptest.MustStaff(t, w.app, "former@example.org", []string{"admin"})
		herself := body{"name": "Nina", "email": "home@example.org", "roles": []string{"admin"}}
		invited := w.secretIn(w.must(200, former, "POST", "staff/colleagues", herself).Get("link").(string))
		password := w.secretIn(w.must(200, former, "POST", "staff/colleagues/"+w.editor.Id+"/password", nil).Get("link").(string))
		others := w.secretIn(w.must(200, w.admin, "POST", "staff/colleagues", w.amina()).Get("link").(string))
		end(w, former.Id)
		for _, secret := range []string{invited, password} {
			w.must(410, nil, "POST", "welcome/accept", body{"secret": secret, "password": fresh})
		}
		w.must(200, nil, "POST", "welcome/accept", body{"secret": others, "password": fresh})
		if a := w.must(200, w.admin, "GET", "staff/colleagues", nil); !strings.Contains(string(a.Body), `"state":"over"`) {
			t.Errorf("%s: the others don't see that it is over: %s", name, a.Body)
		}
	}
}

// Nothing is left of the address of who left, also where she was about to
// choose another password.
func TestTheAddressOfWhoLeftIsForgotten(t *testing.T) {
	w := newWorld(t)
	w.must(200, w.admin, "POST", "staff/colleagues/"+w.editor.Id+"/password", nil)
	w.must(204, w.admin, "POST", "staff/colleagues/"+w.editor.Id+"/leave", nil)
	for _, table := range []string{"staff", "staff_invites"} {
		if n, err := w.app.CountRecords(table, dbx.HashExp{"email": "editor@example.org"}); err != nil || n != 0 {
			t.Errorf("%d rows of %s have it, %v", n, table, err)
		}
	}
}
