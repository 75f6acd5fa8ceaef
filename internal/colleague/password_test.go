package colleague_test

import (
	"strings"
	"testing"

	"folje/internal/apptest"
)

// Who forgot her password chooses another by a link; an administrator never
// chooses it for her, and the old one holds until then.
func TestAForgottenPassword(t *testing.T) {
	w := newWorld(t)
	round, sent := w.mail()
	path := "staff/colleagues/" + w.editor.Id + "/password"
	w.must(403, w.editor, "POST", path, nil)
	if a := w.must(200, w.admin, "POST", path, nil); a.Get("link") != nil {
		t.Errorf("the administrator has the link: %s", a.Body)
	}
	round()
	secret := w.secretIn(sent("editor@example.org")[0])
	if a := w.must(200, nil, "POST", "welcome/look", body{"secret": secret}); a.Get("known") != true {
		t.Errorf("%s", a.Body)
	}
	if l := w.must(200, w.admin, "GET", "staff/colleagues", nil); !strings.Contains(string(l.Body), `"invites":[]`) {
		t.Errorf("she is listed as invited: %s", l.Body)
	}
	old, ok := w.signsIn("editor@example.org", apptest.Password)
	if !ok {
		t.Fatal("her password is no good before she chose another")
	}
	w.must(400, nil, "POST", "welcome/accept", body{"secret": secret, "password": "kort"})
	w.must(200, nil, "POST", "welcome/accept", body{"secret": secret, "password": fresh})
	w.must(410, nil, "POST", "welcome/accept", body{"secret": secret, "password": "något helt annat"})
	if _, ok := w.signsIn("editor@example.org", apptest.Password); ok {
		t.Error("the old password is still good")
	}
	if _, ok := w.signsIn("editor@example.org", fresh); !ok {
		t.Error("the new password is no good")
	}
	if a := apptest.Ask(t, w.handler, old, "POST", auth+"auth-refresh", nil); a.Status == 200 {
		t.Error("a session from before goes on")
	}
}

// A link to a colleague who left lets nobody in.
func TestNoPasswordForWhoLeft(t *testing.T) {
	w := newWorld(t)
	a := w.must(200, w.admin, "POST", "staff/colleagues/"+w.editor.Id+"/password", nil)
	secret := w.secretIn(a.Get("link").(string))
	w.must(204, w.admin, "POST", "staff/colleagues/"+w.editor.Id+"/leave", nil)
	for _, path := range []string{"welcome/look", "welcome/accept"} {
		w.must(410, nil, "POST", path, body{"secret": secret, "password": fresh})
	}
	w.must(404, w.admin, "POST", "staff/colleagues/"+w.editor.Id+"/password", nil)
}
